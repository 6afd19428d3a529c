from datetime import timedelta

import pytest
from sqlalchemy import event

from engine import Actor, deployments, instances, tasks
from tests.engine.conftest import ADA, SARA
from tests.engine.diagrams import line


@pytest.fixture
def full(store, tmp_path, now):
    """Thirty tasks in Borgofranco, five in Burolo, due one day after another."""
    with store.unit_of_work() as uow:
        deployments.deploy(uow, line(tmp_path, attributes='camunda:dueDate="P3D"'))
    for number in range(35):
        with store.unit_of_work(now + timedelta(days=number)) as uow:
            instances.start(uow, "riga", ADA, scope="001030" if number < 30 else "001042")
    return store


def test_pages_follow_one_another_without_gap_or_repetition(full):
    seen, after = [], None
    with full.snapshot() as uow:
        while True:
            page = tasks.queue(uow, ADA, after=after, size=7)
            seen += [task.id for task in page.items]
            after = page.next
            if after is None:
                break

    assert len(seen) == len(set(seen)) == 30


def test_the_nearest_due_date_comes_first(full):
    with full.snapshot() as uow:
        due = [task.due_at for task in tasks.queue(uow, ADA, size=30).items]

    assert due == sorted(due)


def test_a_referente_counts_only_their_own_comuni(full):
    both = Actor("ida", {"Referente"}, {"001030", "001042"})

    with full.snapshot() as uow:
        assert tasks.queue(uow, ADA).count == 30
        assert tasks.queue(uow, both).count == 35
        assert tasks.queue(uow, both, scope="001042").count == 5
        assert tasks.queue(uow, SARA).count == 0


def test_a_list_can_be_narrowed_by_step_process_and_due_date(full, now):
    with full.snapshot() as uow:
        assert tasks.queue(uow, ADA, element="t1").count == 30
        assert tasks.queue(uow, ADA, element="t9").count == 0
        assert tasks.queue(uow, ADA, process="riga").count == 30
        assert tasks.queue(uow, ADA, due_before=now + timedelta(days=5)).count == 2


def test_a_mangled_page_key_shows_the_first_page(full):
    with full.snapshot() as uow:
        first = tasks.queue(uow, ADA, size=5)
        assert tasks.queue(uow, ADA, size=5, after="che cos’è?").items == first.items


def test_the_queue_walks_its_index(full):
    with full.snapshot() as uow:
        plan = uow.connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM user_task WHERE state = 'created' AND assignee IS NULL"
            " AND candidates IN (SELECT candidates FROM candidate WHERE member IN ('Referente'))"
            " AND scope = '001030' ORDER BY sort_at, id LIMIT 26"
        ).fetchall()

    assert any("ix_user_task_queue" in row[3] for row in plan)


def test_the_done_list_shows_the_latest_first(full):
    with full.unit_of_work() as uow:
        for task in tasks.queue(uow, ADA, size=3).items:
            tasks.complete(uow, task.id, ADA, {})

    with full.snapshot() as uow:
        page = tasks.done(uow, ADA, size=2)
        rest = tasks.done(uow, ADA, size=2, after=page.next)

    assert (page.count, len(page.items), len(rest.items)) == (3, 2, 1)


PAOLO = Actor("paolo", {"Coordinatore"}, {"*"})
ASSIGNED = (
    "<bpmn:extensionElements><camunda:properties>"
    '<camunda:property name="assegnabile-da" value="Referente, Coordinatore"/>'
    "</camunda:properties></bpmn:extensionElements>"
)


@pytest.fixture
def overseen(store, tmp_path):
    """A task held by Ada and a free one that a coordinator may assign, and one of a version that says nothing of it."""
    for body, scopes in (("", ["001030"]), (ASSIGNED, ["001030", "001042"])):
        with store.unit_of_work() as uow:
            deployments.deploy(uow, line(tmp_path, body=body))
            for scope in scopes:
                instances.start(uow, "riga", ADA, scope=scope, business_key=body and scope)
    with store.unit_of_work() as uow:
        for task in tasks.queue(uow, ADA).items:
            tasks.claim(uow, task.id, ADA)
    return store


def test_a_coordinator_finds_what_their_diagrams_let_them_assign_whoever_holds_it(overseen):
    with overseen.snapshot() as uow:
        found = tasks.assignable(uow, PAOLO)

    assert {(task.business_key, task.assignee) for task in found.items} == {("001030", "ada"), ("001042", None)}
    assert found.count == 2


def test_tasks_to_assign_stay_within_reach_and_within_the_groups_named(overseen):
    near = Actor("paolo", {"Coordinatore"}, {"001042"})

    with overseen.snapshot() as uow:
        assert [task.scope for task in tasks.assignable(uow, near).items] == ["001042"]
        assert tasks.assignable(uow, PAOLO, scope="001030").count == 1
        assert tasks.assignable(uow, SARA).count == 0


def test_whatever_is_listed_can_be_assigned(overseen):
    with overseen.unit_of_work() as uow:
        for task in tasks.assignable(uow, PAOLO).items:
            tasks.assign(uow, task.id, PAOLO, "bruno")

        assert {task.assignee for task in tasks.assignable(uow, PAOLO).items} == {"bruno"}


def test_the_list_to_assign_costs_two_statements_and_walks_the_index_of_open_tasks(overseen):
    with overseen.snapshot() as uow:
        tasks.assignable(uow, PAOLO)
    seen = []
    event.listen(overseen.engine, "before_cursor_execute", lambda *args: seen.append(args[2:4]))

    with overseen.snapshot() as uow:
        tasks.assignable(uow, PAOLO)
        selects = [one for one in seen if one[0].startswith(("SELECT", "WITH"))]
        plan = uow.connection.exec_driver_sql("EXPLAIN QUERY PLAN " + selects[1][0], selects[1][1]).fetchall()

    assert len(selects) == 2
    assert any("ix_user_task_open" in row[3] for row in plan)
