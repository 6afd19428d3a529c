"""Many transactions that are parts of one: all of them stay, or none, and two programs take turns."""

import threading
import time

import pytest
from sqlalchemy import func, select

from engine import deployments, instances
from engine.model.tables import process_instance
from engine.store import Store
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, start, user


@pytest.fixture
def desk(each_store, tmp_path):
    made = folder(tmp_path, "poco", start(), user("uno"), end(), path("start", "uno", "end"))
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, made)
    return each_store


def open_one(store):
    with store.unit_of_work() as uow:
        instances.start(uow, "poco", ADA, scope="001030")


def cases(store):
    with store.snapshot() as uow:
        return uow.connection.scalar(select(func.count()).select_from(process_instance))


def test_what_raises_at_the_end_undoes_every_transaction_before(desk):
    with pytest.raises(ZeroDivisionError), desk.all_or_nothing() as whole:
        open_one(whole)
        open_one(whole)
        assert cases(whole) == 2
        raise ZeroDivisionError

    assert cases(desk) == 0


def test_one_transaction_that_fails_undoes_itself_alone(desk):
    with desk.all_or_nothing() as whole:
        open_one(whole)
        with pytest.raises(ZeroDivisionError), whole.unit_of_work() as uow:
            instances.start(uow, "poco", ADA, scope="001030")
            raise ZeroDivisionError

    assert cases(desk) == 1


def test_what_a_transaction_wrote_through_the_session_is_there_for_the_next(desk):
    with desk.all_or_nothing() as whole:
        with whole.unit_of_work() as uow:
            uow.session.execute(select(1))
            instances.start(uow, "poco", ADA, scope="001030")
        assert cases(whole) == 1

    assert cases(desk) == 1


def test_whoever_comes_meanwhile_waits_and_finds_the_work_done(desk):
    found = []

    def come_second():
        other = Store(desk.engine.url)
        with other.all_or_nothing() as whole:
            found.append(cases(whole))
        other.close()

    with desk.all_or_nothing() as whole:
        second = threading.Thread(target=come_second)
        second.start()
        open_one(whole)
        time.sleep(0.3)
        assert found == []
    second.join(30)

    assert found == [1]


def test_what_was_parsed_inside_is_forgotten_with_it(each_store, tmp_path):
    made = folder(tmp_path, "poco", start(), user("uno"), end(), path("start", "uno", "end"))

    with pytest.raises(ZeroDivisionError), each_store.all_or_nothing() as whole:
        with whole.unit_of_work() as uow:
            deployments.deploy(uow, made)
        open_one(whole)
        raise ZeroDivisionError

    assert each_store.parsed == {}
