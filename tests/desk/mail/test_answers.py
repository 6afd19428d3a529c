"""What becomes of a message by what the server answers."""

from datetime import timedelta

from sqlalchemy import select

from desk.facilities.transport import Smtp
from desk.mail import Attachment, NewMail, enqueue, outbox
from desk.mail.delivery import ATTEMPTS, back_off, deliver_due
from desk.model import Mail as Row
from engine import erasure, history, instances
from tests.kit.mail_server import case, clock, inbox, nowhere, server, states, store, troubles, write  # noqa: F401  # fixtures are asked for by name
from tests.kit.small_desk import ADMINISTRATOR, MARTA


def test_an_unknown_address_is_noted_in_the_case(store, case, server, inbox):
    write(store, "ada", "bea", case_id=case.id)
    inbox.to_recipient = {"ada@esempio.example": "550 5.1.1 <ada@esempio.example> no such user"}

    assert deliver_due(store, server) == 2

    assert states(store) == {"ada": "bounced", "bea": "sent"}
    (trouble,) = troubles(store)
    assert (trouble.number, trouble.problem) == (case.number, "550 5.1.1 <‹indirizzo›> no such user")
    with store.snapshot() as uow:
        noted = [event.facts for event in history.read(uow, case.id) if event.type == "noted"]
        assert list(history.verify(uow, case.id)) == []
    assert noted == [{"note": "avviso_respinto", "messaggio": "ricezione"}]


def test_the_requester_whose_address_returned_the_last_message_is_unreachable(store, case, server, inbox):
    def told():
        with store.unit_of_work() as uow:
            uow.connection.exec_driver_sql("UPDATE pratica SET email = 'ada@esempio.example'")
        with store.snapshot() as uow:
            return outbox.is_unreachable(uow, case.id)

    assert not told()
    inbox.to_recipient = {"ada@esempio.example": "550 no", "marta@esempio.example": "550 no"}
    write(store, "marta", case_id=case.id)
    deliver_due(store, server)
    assert not told()
    write(store, "ada", case_id=case.id)
    deliver_due(store, server)
    assert told()


def test_a_message_the_server_will_never_have_is_an_incident(store, case, server, inbox):
    write(store, "ada", case_id=case.id)
    inbox.to_data = ["554 5.7.1 spam"]

    deliver_due(store, server)

    assert [(each.state, each.problem) for each in troubles(store)] == [("incident", "554 5.7.1 spam")]
    with store.snapshot() as uow:
        assert [event.facts["note"] for event in history.read(uow, case.id) if event.type == "noted"] == [
            "avviso_fermo"
        ]


def test_a_message_put_off_waits_alone_and_longer_each_time(store, clock, server, inbox):
    write(store, "ada")
    write(store, "bea")
    inbox.to_recipient = {"ada@esempio.example": "451 greylisted"}

    assert deliver_due(store, server) == 2
    assert states(store) == {"ada": "due", "bea": "sent"}
    assert deliver_due(store, server) == 0
    clock.now += back_off(1)
    assert deliver_due(store, server) == 1
    clock.now += back_off(1)
    assert deliver_due(store, server) == 0
    inbox.to_recipient = {}
    clock.now += back_off(1)
    assert deliver_due(store, server) == 1
    assert states(store)["ada"] == "sent"


def test_the_wait_doubles_up_to_an_hour_and_three_days_are_waited():
    waits = [back_off(number) for number in range(1, ATTEMPTS)]

    assert waits[:4] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert max(waits) == timedelta(hours=1)
    assert timedelta(days=2, hours=23) < sum(waits, timedelta()) < timedelta(days=3, hours=2)


def test_after_the_last_attempt_a_person_retries(store, clock, server, inbox):
    write(store, "ada")
    with store.unit_of_work() as uow:
        uow.session.scalars(select(Row)).one().attempts = ATTEMPTS - 1
    deliver_due(store, nowhere())
    (trouble,) = troubles(store)
    assert trouble.state == "incident"
    clock.now += timedelta(days=30)
    assert deliver_due(store, server) == 0

    with store.unit_of_work() as uow:
        outbox.retry(uow, trouble.id, ADMINISTRATOR)

    assert deliver_due(store, server) == 1
    assert inbox.recipients == ["ada@esempio.example"]


def test_a_message_taken_back_is_never_sent(store, server, inbox):
    write(store, "ada")
    with store.unit_of_work() as uow:
        outbox.withdraw(uow, uow.session.scalars(select(Row.id)).one(), ADMINISTRATOR)

    assert deliver_due(store, server) == 0
    assert states(store) == {"ada": "withdrawn"}


def test_what_cannot_be_a_header_is_an_incident_and_is_not_sent(store, server, inbox):
    with store.unit_of_work() as uow:
        enqueue(uow, "a", NewMail("ada@esempio.example", "Ciao\nBcc: altri@male.example", "T", "<p>T</p>", "prova"))

    deliver_due(store, server)

    assert [each.state for each in troubles(store)] == ["incident"]
    assert inbox.seen == []


def test_a_message_too_large_for_the_server_is_an_incident_and_keeps_no_other_back(store, server, inbox):
    """The server says how much it takes, smtplib says how long the message is: it is refused before it is sent."""
    big = (Attachment("allegato-1.pdf", "application/pdf", b"x" * 40_000_000),)
    write(store, "ada", attachments=big)
    write(store, "bea")

    assert deliver_due(store, server) == 2

    assert states(store) == {"ada": "incident", "bea": "sent"}
    assert inbox.recipients == ["bea@esempio.example"]


def test_a_message_whose_case_is_erased_while_the_server_refuses_it_leaves_no_trace(store, case, server, inbox):
    class Erasing(Smtp):
        def send(self, message, recipient):
            with store.unit_of_work() as uow:
                uow.connection.exec_driver_sql("DELETE FROM mail")
                instances.cancel(uow, case.id, MARTA, "prova")
                uow.connection.exec_driver_sql("DELETE FROM pratica")
                erasure.erase(uow, case.id)
            super().send(message, recipient)

    inbox.to_recipient = {"ada@esempio.example": "550 no"}
    write(store, "ada", case_id=case.id)

    assert deliver_due(store, Erasing(server.host, server.port, server.sender)) == 1
    assert states(store) == {}
