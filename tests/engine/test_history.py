"""A case's history is a chain: whoever touches a row of it is found out."""

import pytest
from sqlalchemy import delete, insert, select, update

from engine import deployments, history, instances, tasks
from engine.history import EventType
from engine.model import history_event, process_instance
from engine.store import Event
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, start, user

STEPS = (start(), user("leggi"), user("scrivi"), end(), path("start", "leggi", "scrivi", "end"))


@pytest.fixture
def case(each_store, tmp_path, now):
    """A case in which a few things happened, and its store."""
    store = each_store
    with store.unit_of_work(now) as uow:
        deployments.deploy(uow, folder(tmp_path, "prova", *STEPS))
        begun = instances.start(uow, "prova", ADA).id
        other = instances.start(uow, "prova", ADA).id
    with store.unit_of_work(now) as uow:
        (task,) = tasks.of_case(uow, begun)
        tasks.complete(uow, task.id, ADA, {"prezzo": 1.5, "nome": "Più è"})
        history.write(uow, begun, [Event(uow.now, EventType.NOTED, None, None, "ada", {"note": "prova"})])
    return store, begun, other


def breaks(store):
    with store.snapshot() as uow:
        return list(history.verify(uow))


def ids(store, case_id):
    with store.snapshot() as uow:
        rows = select(history_event.c.id).where(history_event.c.instance_id == case_id).order_by(history_event.c.id)
        return uow.connection.execute(rows).scalars().all()


def touch(store, statement):
    with store.unit_of_work() as uow:
        uow.connection.execute(statement)


def test_a_history_as_it_was_written_holds(case):
    store, begun, _ = case

    assert len(ids(store, begun)) >= 3
    assert breaks(store) == []


@pytest.mark.parametrize("column", [{"actor": "altri"}, {"name": "Altro"}, {"facts": {}}, {"type": "noted"}])
def test_a_changed_event_is_found(case, column):
    store, begun, _ = case
    second = ids(store, begun)[1]
    touch(store, update(history_event).where(history_event.c.id == second).values(column))

    assert breaks(store) == [history.Break(begun, second)]


def test_a_removed_event_is_found_by_the_one_after_it(case):
    store, begun, _ = case
    first, second, *_ = ids(store, begun)
    touch(store, delete(history_event).where(history_event.c.id == first))

    assert breaks(store) == [history.Break(begun, second)]


def test_a_missing_end_is_found(case):
    store, begun, _ = case
    touch(store, delete(history_event).where(history_event.c.id == ids(store, begun)[-1]))

    assert breaks(store) == [history.Break(begun, None)]


def test_an_inserted_event_is_found_even_with_a_digest_of_its_own(case, now):
    store, begun, _ = case
    forged = history.linked(begun, None, [Event(now, EventType.NOTED, None, None, "ada", {})])[0]
    row = {"instance_id": begun, "at": now, "type": "noted", "actor": "ada", "facts": {}, "digest": forged.digest}
    touch(store, insert(history_event).values(row))

    assert breaks(store) == [history.Break(begun, ids(store, begun)[-1])]


def test_an_event_moved_to_another_case_breaks_both(case):
    store, begun, other = case
    touch(store, update(history_event).where(history_event.c.id == ids(store, begun)[0]).values(instance_id=other))

    assert {each.instance_id for each in breaks(store)} == {begun, other}


def test_a_case_without_any_history_left_is_found(case):
    store, begun, _ = case
    touch(store, delete(history_event).where(history_event.c.instance_id == begun))

    assert breaks(store) == [history.Break(begun, None)]
    with store.snapshot() as uow:
        head = select(process_instance.c.history_head).where(process_instance.c.id == begun)
        assert uow.connection.execute(head).scalar_one()
