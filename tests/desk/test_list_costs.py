"""What the lists of those who look after the desk cost: few statements whatever their length, each by its index."""

import pytest
from sqlalchemy import event

from desk import cases, retention
from desk.mail import Mail, enqueue, outbox
from tests.desk.conftest import ADMINISTRATOR, BUROLO, MARTA


@pytest.fixture
def asked(store):
    """Collect what the database is asked, with what it is asked about."""
    sent = []
    event.listen(store.engine, "before_cursor_execute", lambda _c, _r, words, given, *_: sent.append((words, given)))
    return sent


def ways(store, asked):
    """Say how the database would find what was asked last."""
    words, given = asked[-1]
    with store.snapshot() as uow:
        return str(uow.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given).all())


@pytest.mark.parametrize("number", [1, 5])
def test_messages_that_do_not_go_are_found_in_one_statement_by_their_index(store, asked, number):
    with store.unit_of_work() as uow:
        case = cases.open_request(uow, MARTA, BUROLO)
        for each in range(number):
            enqueue(uow, str(each), Mail("ada@esempio.example", "Oggetto", "testo", "<p>testo</p>", "prova"), case.id)
        uow.connection.exec_driver_sql("UPDATE mail SET state = 'incident'")
    asked.clear()

    with store.snapshot() as uow:
        assert len(outbox.troubles(uow, ADMINISTRATOR)) == number

    assert len([words for words, _ in asked if words.startswith(("SELECT", "WITH"))]) == 1
    assert "ix_mail_state_created_at" in ways(store, asked)


def test_what_has_expired_is_found_in_two_statements_by_its_index(store, asked):
    with store.snapshot() as uow:
        asked.clear()
        retention.expired(uow, ADMINISTRATOR)

    assert len([words for words, _ in asked if words.startswith(("SELECT", "WITH"))]) == 2
    assert "ix_pratica_state_closed_at" in ways(store, asked)
