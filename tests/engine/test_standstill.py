"""A case that waits for nothing that can come, and has not ended, is an incident at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import deployments, instances, jobs, messages, tasks
from engine.model import job
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, flow, folder, gateway, path, start, user
from tests.engine.spiff.given import Case, begins, catch, condition, diagram, event_subprocess, message, subprocess

LOSING = (
    start(), gateway("parallel", "insieme"), user("uno"), gateway("exclusive", "serve", 'default="serve_basta"'),
    user("due"), gateway("parallel", "tutti"), user("dopo"), end(), end("basta"),
    path("start", "insieme", "uno", "tutti", "dopo", "end"), path("insieme", "serve"), path("due", "tutti"),
    flow("serve", "due", "serve_due"), flow("serve", "basta"),
)  # fmt: skip
"""Where ``serve_due`` is false, the join waits for a path that nobody took."""
WITHDRAWN = event_subprocess(
    "ritiro", begins("ritirata", message("M")), user("saluta"), end("ritirato"), path("ritirata", "saluta", "ritirato")
)
MESSAGE = '<bpmn:message id="M" name="ritiro" />'


def begin(store, made, key, now, **variables):
    with store.unit_of_work(now) as uow:
        deployments.deploy(uow, made)
        return instances.start(uow, key, ADA, variables=variables, scope="001030").id


def stopped(store):
    with store.snapshot() as uow:
        return [(each.element_id, each.problem) for each in jobs.incidents(uow)]


def complete(store, element, now):
    with store.unit_of_work(now) as uow:
        task = next(task for task in tasks.queue(uow, ADA).items if task.element_id == element)
        tasks.complete(uow, task.id, ADA, {})


@pytest.fixture
def losing(each_store, tmp_path, now):
    """Give a store and a case that stands still in it."""
    made = folder(tmp_path, "persa", *LOSING, WITHDRAWN, outside=MESSAGE)
    case = begin(each_store, made, "persa", now, serve_due=False)
    assert stopped(each_store) == []
    complete(each_store, "uno", now)
    return each_store, case


def test_a_case_whose_join_waits_for_a_path_that_nobody_took_is_an_incident_at_the_join(losing):
    store, case = losing

    ((element, problem),) = stopped(store)

    assert element == "tutti"
    assert problem.startswith("StandsStill: qui la pratica aspetta")
    with store.snapshot() as uow:
        assert instances.get(uow, case).state == "active"
        assert [event.type for event in instances.history(uow, case)][-1] == "incident_opened"
        assert instances.diagram(uow, case).here == {"tutti"}


def test_to_try_again_a_case_that_stands_still_leaves_it_where_it_was(losing, now):
    store, _ = losing
    before = stopped(store)

    with store.unit_of_work(now) as uow:
        assert jobs.retry_all(uow) == 1
    jobs.run_due(store, now=now)

    assert stopped(store) == before
    assert jobs.run_due(store, now=now + timedelta(days=9)) == 0


def test_a_message_that_takes_the_case_elsewhere_settles_the_incident(losing, now):
    store, case = losing

    with store.unit_of_work(now) as uow:
        messages.correlate(uow, messages.waiting(uow, case)[0].id, ADA, {})

    assert stopped(store) == []
    with store.snapshot() as uow:
        states = uow.connection.execute(select(job.c.state).where(job.c.kind == "stuck")).scalars().all()
    assert states == ["canceled"]


def test_a_case_that_is_closed_takes_its_incident_along(losing, now):
    store, case = losing

    with store.unit_of_work(now) as uow:
        instances.cancel(uow, case, ADA, "il disegno era sbagliato")

    assert stopped(store) == []


def test_a_case_may_stand_still_from_its_start(store, tmp_path, now):
    parts = [part.replace("userTask", "task").replace('camunda:candidateGroups="Referente"', "") for part in LOSING]

    begin(store, folder(tmp_path, "persa", *parts), "persa", now, serve_due=False)

    assert [element for element, _ in stopped(store)] == ["tutti"]


def test_a_case_that_can_go_on_is_none(store, tmp_path, now):
    begin(store, folder(tmp_path, "sana", *LOSING), "sana", now, serve_due=True)

    for task in ("uno", "due", "dopo"):
        complete(store, task, now)
        assert stopped(store) == []


def still(*parts, variables=None, outside=""):
    case = Case(diagram(*parts, outside=outside), variables)
    return [wait.element for wait in case._load().stuck()]


def test_a_condition_that_nothing_else_can_make_true_is_a_standstill():
    waiting = (start(), catch("k", condition("pronto")), end(), path("start", "k", "end"))

    assert still(*waiting, variables={"pronto": False}) == ["k"]
    assert still(*waiting, WITHDRAWN, variables={"pronto": False}, outside=MESSAGE) == []


def test_an_activity_that_takes_more_tokens_than_come_is_a_standstill():
    assert still(start(), user("a", attributes='startQuantity="2"'), end(), path("start", "a", "end")) == ["a"]


def test_a_standstill_inside_a_subprocess_is_told_at_the_join_that_waits():
    inner = (
        start("s"), gateway("exclusive", "x", 'default="x_j"'), gateway("parallel", "j"), '<bpmn:task id="t" />',
        path("s", "x", "j"), flow("x", "t", "false"), path("t", "j"),
    )  # fmt: skip

    assert still(start(), subprocess("sub", *inner), end(), path("start", "sub", "end")) == ["j"]
