from datetime import timedelta

import pytest
from click.testing import CliRunner

from engine import Extension, Store, deployments, instances, jobs
from engine.identity import Actor
from tests.engine.diagrams import end, folder, path, service, start
from web.commands import Wiring, sportello

ADA = Actor("ada", {"Referente"}, {"*"})


@pytest.fixture
def answers():
    """What the operation does, one call after the other: raise, or give its results."""
    return [RuntimeError("il server non risponde")] * jobs.ATTEMPTS + [{}]


@pytest.fixture
def stuck(tmp_path, now, answers):
    """A store where the only case waits for an operation that failed as often as it may."""

    def operation(_store, _call):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    later = now + timedelta(days=1)
    store = Store(
        f"sqlite:///{tmp_path}/desk.db",
        extensions=(Extension(operations={"send-message": operation}),),
        clock=lambda: later,
    )
    store.migrate()
    with store.unit_of_work(now) as uow:
        steps = (start(), service("scrivi", "send-message"), end(), path("start", "scrivi", "end"))
        deployments.deploy(uow, folder(tmp_path, "chiamata", *steps))
        instances.start(uow, "chiamata", ADA)
    for hour in range(jobs.ATTEMPTS):
        jobs.run_due(store, now=now + timedelta(hours=hour))
    yield store
    store.close()


@pytest.fixture
def run(stuck):
    return lambda *words: CliRunner().invoke(sportello, words, obj=Wiring(dict, lambda _settings: stuck, ""))


def test_a_job_that_failed_as_often_as_it_may_is_listed_with_its_reason(run):
    number, _, element, problem = run("job", "list").output.strip().split("\t")

    assert number
    assert (element, problem) == ("scrivi", "RuntimeError: il server non risponde")


def test_a_failed_job_that_is_retried_lets_its_case_go_on(run, stuck):
    number = run("job", "list").output.split("\t")[0]

    done = run("job", "retry", number)
    jobs.run_due(stuck)

    assert done.exit_code == 0
    assert run("job", "list").stdout == ""


def test_a_job_that_has_not_failed_cannot_be_retried(run):
    refused = run("job", "retry", "nessuno")

    assert refused.exit_code == 1
    assert "Nessun lavoro fermo ha il numero nessuno" in refused.output
