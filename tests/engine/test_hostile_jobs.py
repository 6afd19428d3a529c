"""Operations, timers and databases that misbehave: the worker goes on, and a person sees what is wrong."""

import threading
from datetime import timedelta

import pytest

from engine import Extension, Store, deployments, instances, jobs, tasks, worker
from engine.errors import EngineError, InvalidDiagram
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, service, start, timer, user
from tests.kit.databases import sharing_statements
from tests.kit.times import wait_until

CALLING = (start(), service("chiama", "conta"), user("guarda"), end(), path("start", "chiama", "guarda", "end"))


class Killed(BaseException):
    """Ends a worker as a signal does, past every handler."""


@pytest.fixture
def calling(migrated_url, tmp_path, now):
    """A case that waits for an operation, the operation given by the test."""
    opened = []

    def begin(operation):
        store = sharing_statements(Store(migrated_url, extensions=(Extension(operations={"conta": operation}),)))
        opened.append(store)
        with store.unit_of_work(now) as uow:
            deployments.deploy(uow, folder(tmp_path, "chiamata", *CALLING))
            return store, instances.start(uow, "chiamata", ADA, scope="001030").id

    yield begin
    for store in opened:
        store.close()


def incidents(store):
    with store.snapshot() as uow:
        return [incident.problem for incident in jobs.incidents(uow)]


def open_tasks(store):
    with store.snapshot() as uow:
        return [task.element_id for task in tasks.queue(uow, ADA).items]


def test_an_operation_that_kills_every_worker_ends_as_an_incident(calling, now):
    tries = []

    def deadly(_store, call):
        tries.append(call.job_id)
        raise Killed

    store, _case = calling(deadly)
    for _ in range(jobs.ATTEMPTS):
        with pytest.raises(Killed):
            jobs.run_due(store, now=now)
        now += jobs.LEASE
    jobs.run_due(store, now=now)

    assert len(tries) == jobs.ATTEMPTS
    assert [problem.split(":")[0] for problem in incidents(store)] == ["NeverReturned"]
    assert jobs.run_due(store, now=now + timedelta(days=1)) == 0


def test_an_operation_that_outlives_its_lease_counts_once(calling, now):
    def slow(_store, call):
        if not again:
            again.append(call.job_id)
            jobs.run_due(store, now=now + jobs.LEASE)
        return {"volte": len(again)}

    again = []
    store, case = calling(slow)
    jobs.run_due(store, now=now)

    assert (open_tasks(store), incidents(store)) == (["guarda"], [])
    with store.snapshot() as uow:
        done = [event for event in instances.history(uow, case) if event.type == "operation_completed"]
    assert len(done) == 1


@pytest.mark.parametrize("outcome", [{}, RuntimeError("tardi")], ids=["ends", "fails"])
def test_an_operation_whose_case_is_canceled_meanwhile_is_no_incident(calling, now, outcome):
    def overtaken(_store, call):
        with store.unit_of_work(now) as uow:
            instances.cancel(uow, case, ADA, "non serve più")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    store, case = calling(overtaken)
    for day in range(5):
        jobs.run_due(store, now=now + timedelta(days=day))

    assert incidents(store) == []
    with store.snapshot() as uow:
        assert instances.history(uow, case)[-1].type == "instance_canceled"


def test_a_failure_in_words_that_no_database_keeps_is_an_incident_all_the_same(calling, now):
    def odd(_store, call):
        raise ValueError("rotto\0qui" + "!" * 1_000_000)

    store, _case = calling(odd)
    for day in range(jobs.ATTEMPTS):
        jobs.run_due(store, now=now + timedelta(days=day))

    (problem,) = incidents(store)
    assert problem.startswith("ValueError: rotto qui!")


@pytest.mark.parametrize("text", ["R/PT0S", "R3/P0D", "R/2026-01-01T00:00:00Z/PT0H"])
def test_a_repetition_without_time_between_is_refused_at_deployment(store, tmp_path, text):
    endless = (start(), user("a"), timer("t", "a", text, interrupting=False, kind="timeCycle"), user("b"), end())
    made = folder(tmp_path, "senza_fine", *endless, end("fine"), path("start", "a", "end"), path("t", "b", "fine"))

    with pytest.raises(InvalidDiagram, match="non si può leggere"), store.unit_of_work() as uow:
        deployments.deploy(uow, made)


@pytest.mark.parametrize("priority", ["99999999999", "=10**30", "=10**12"])
def test_a_priority_beyond_an_integer_changes_nothing(each_store, tmp_path, now, priority):
    urgent = (start(), user("a", attributes=f'camunda:priority="{priority}"'), end(), path("start", "a", "end"))

    with pytest.raises(EngineError), each_store.unit_of_work(now) as uow:
        deployments.deploy(uow, folder(tmp_path, "urgente", *urgent))
        instances.start(uow, "urgente", ADA)


def test_the_worker_outlives_a_folder_it_may_not_write_in(store, tmp_path, now, monkeypatch):
    monkeypatch.setattr(worker, "RECOVERY", 0.05)
    ran, stop = [], threading.Event()

    def work(_store, call):
        ran.append(call.job_id)

    looking = Store(store.engine.url, extensions=(Extension(operations={"conta": work}),))
    lock = tmp_path / "desk.db.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    thread = threading.Thread(target=worker.run, args=(looking, stop))
    thread.start()
    try:
        stop.wait(0.2)
        lock.rmdir()
        with store.unit_of_work() as uow:
            deployments.deploy(uow, folder(tmp_path, "chiamata", *CALLING))
            instances.start(uow, "chiamata", ADA)
        wait_until(lambda: ran)
    finally:
        stop.set()
        thread.join()
        looking.close()
