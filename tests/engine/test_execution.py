"""A transition writes little, once, and its rows are what its state says."""

import pytest
from sqlalchemy import event, select

from engine import Extension, Store, deployments, execution, instances, tasks
from engine.model import job, message_subscription, process_instance, user_task
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, gateway, path, start, timer, user
from tests.engine.spiff.given import each_of
from tests.kit.databases import sharing_statements

BUSY = (
    start(),
    gateway("parallel", "insieme"),
    user("uno", attributes='camunda:dueDate="P3D"'),
    timer("ricorda", "uno", "R3/PT24H", interrupting=False, kind="timeCycle"),
    user("promemoria"),
    user("due"),
    gateway("eventBased", "attesa"),
    '<bpmn:intermediateCatchEvent id="risposta" name="Risposta"><bpmn:messageEventDefinition messageRef="m" />'
    "</bpmn:intermediateCatchEvent>",
    '<bpmn:intermediateCatchEvent id="silenzio" name="Silenzio"><bpmn:timerEventDefinition>'
    "<bpmn:timeDuration>P5D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>",
    gateway("parallel", "fatto"),
    end(),
    end("dopo"),
    path("start", "insieme", "uno", "fatto", "end"),
    path("insieme", "due", "fatto"),
    path("insieme", "attesa", "risposta", "fatto"),
    path("attesa", "silenzio", "dopo"),
    path("ricorda", "promemoria", "dopo"),
)
MESSAGE = '<bpmn:message id="m" name="risposta" />'


def watch(store, name):
    seen = []
    event.listen(store.engine, name, lambda *args: seen.append(args[2] if len(args) > 2 else name))
    return seen


@pytest.fixture
def case(each_store, tmp_path):
    made = folder(tmp_path, "molto", *BUSY, outside=MESSAGE)
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, made)
        return instances.start(uow, "molto", ADA, scope="001030")


def the_task(store, element):
    with store.snapshot() as uow:
        return next(task for task in tasks.queue(uow, ADA).items if task.element_id == element)


def test_a_completion_is_at_most_five_statements_and_one_commit(each_store, case):
    task = the_task(each_store, "uno")
    statements, commits = watch(each_store, "before_cursor_execute"), watch(each_store, "commit")

    with each_store.unit_of_work() as uow:
        tasks.complete(uow, task.id, ADA, {"x": 1})

    written = [one for one in statements if one.split()[0] in ("SELECT", "UPDATE", "INSERT", "DELETE")]
    assert len(written) <= 5, written
    assert len(commits) == 1


def rows(uow, table, *columns, **equal):
    conditions = [table.c[name] == value for name, value in equal.items()]
    return set(uow.connection.execute(select(*(table.c[name] for name in columns)).where(*conditions)).all())


def assert_rows_equal_state(store, case_id):
    """Rebuild what the rows should be from the token state and compare."""
    with store.snapshot() as uow:
        row = uow.connection.execute(
            select(process_instance, process_instance.c.id.label("instance_id")).where(process_instance.c.id == case_id)
        ).one()
        waits = list(execution.load(uow, row).before.items()) if row.state == "active" else []
        stored = {
            "user": {one.id for one in rows(uow, user_task, "id", instance_id=case_id, state="created")},
            "timer": {one.id for one in rows(uow, job, "id", instance_id=case_id, state="due", kind="timer")},
            "message": {one.id for one in rows(uow, message_subscription, "id", instance_id=case_id)},
        }
    for kind, ids in stored.items():
        assert ids == {key for key, wait in waits if wait.kind == kind}, kind


def test_rows_rebuilt_from_the_state_equal_the_rows_stored(each_store, case):
    assert_rows_equal_state(each_store, case.id)

    for element in ("uno", "due"):
        with each_store.unit_of_work() as uow:
            tasks.complete(uow, the_task(each_store, element).id, ADA, {})
        assert_rows_equal_state(each_store, case.id)


def test_a_diagram_shows_what_is_done_and_where_the_case_stands(each_store, case):
    with each_store.unit_of_work() as uow:
        tasks.complete(uow, the_task(each_store, "due").id, ADA, {})

    with each_store.snapshot() as uow:
        drawn = instances.diagram(uow, case.id)
    assert {"start", "insieme", "due"} <= drawn.done
    assert drawn.here == {"uno", "risposta", "silenzio"}
    assert "insieme_due" in drawn.flows


def test_an_observer_evaluates_in_the_scope_of_what_the_case_waits_for(migrated_url, tmp_path):
    def observe(_uow, transition):
        seen.extend(transition.evaluate_for(wait, "voce") for wait in transition.waits)
        seen.append(transition.evaluate("voce"))

    seen = []
    store = sharing_statements(Store(migrated_url, extensions=(Extension(observe=observe),)))
    task = user("uno", body=each_of("voci", "voce"))
    with store.unit_of_work() as uow:
        deployments.deploy(uow, folder(tmp_path, "giri", start(), task, end(), path("start", "uno", "end")))
        instances.start(uow, "giri", ADA, variables={"voci": ["a", "b"], "voce": "di fuori"})
    store.close()

    assert seen == ["a", "b", "di fuori"]
