"""Delivery to a real SMTP server, on both databases: whatever happens meanwhile, each message arrives."""

import os
import signal
import threading
from datetime import timedelta
from multiprocessing import get_context

from sqlalchemy import select

from desk import EXTENSION
from desk.facilities.transport import ShownHere, Smtp
from desk.mail import Attachment
from desk.mail.delivery import ATTEMPTS, LEASE, deliver_due
from desk.model import Mail as Row
from engine.store import Store
from tests.kit.mail_server import SENDER, clock, inbox, nowhere, server, states, store, troubles, write  # noqa: F401  # fixtures are asked for by name
from tests.kit.times import wait_until

CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def test_a_message_arrives_whole(store, server, inbox):
    files = (
        Attachment("convocazione-1.ics", "text/calendar; method=REQUEST", CALENDAR),
        Attachment("lettera-1.pdf", "application/pdf", b"%PDF-1.7"),
    )
    write(store, "ada", reply_to="sportello@burolo.example", attachments=files)

    assert deliver_due(store, server) == 1

    ((sender, recipients, message),) = inbox.accepted
    assert (sender, recipients) == (SENDER, ["ada@esempio.example"])
    assert message["Subject"] == "Sportello – richiesta 1"
    assert message["Reply-To"] == "sportello@burolo.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == f"Sportello per l’innovazione <{SENDER}>"
    assert message.get_body(("plain",)).get_content() == "Ciao\r\n"
    assert "<p>Ciao</p>" in message.get_body(("html",)).get_content()
    (calendar,) = [
        part for part in message.walk() if part.get_content_type() == "text/calendar" and not part.get_filename()
    ]
    assert calendar.get_param("method") == "REQUEST"
    attached = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    assert attached == {"convocazione-1.ics": CALENDAR, "lettera-1.pdf": b"%PDF-1.7"}
    assert states(store) == {"ada": "sent"}
    assert deliver_due(store, server) == 0


def test_without_a_server_everything_waits(store):
    write(store, "ada")

    assert deliver_due(store, None) == 0
    assert states(store) == {"ada": "due"}


def test_the_demonstration_counts_a_message_as_delivered(store):
    write(store, "ada")

    assert deliver_due(store, ShownHere()) == 1
    assert states(store) == {"ada": "sent"}


def test_a_day_without_a_server_loses_nothing_and_is_seen_meanwhile(store, clock, inbox, server):
    names = [f"p{number}" for number in range(12)]
    write(store, *names)

    for _ in range(24 * 3):  # a look at the outbox every twenty minutes
        deliver_due(store, nowhere())
        clock.now += timedelta(minutes=20)
    before = troubles(store)
    assert len(before) == 12
    assert {each.state for each in before} == {"due"}
    assert "ConnectionRefusedError" in before[0].problem
    with store.snapshot() as uow:  # the outage was asked about once for all of them, about every hour
        assert max(row.attempts for row in uow.session.scalars(select(Row))) < 40

    clock.now += timedelta(hours=1)
    while deliver_due(store, server):
        pass

    assert sorted(inbox.recipients) == sorted(f"{name}@esempio.example" for name in names)
    assert troubles(store) == []


def test_a_worker_killed_while_it_sends_is_replaced_and_the_message_is_the_same(
    store, clock, inbox, server, furnished_url
):
    write(store, "ada")
    store.engine.dispose()

    def send_and_hang():
        child = Store(furnished_url, extensions=(EXTENSION,), clock=clock)

        class Hanging(Smtp):
            def send(self, message, recipient):
                super().send(message, recipient)
                threading.Event().wait()

        deliver_due(child, Hanging(server.host, server.port, SENDER))

    worker = get_context("fork").Process(target=send_and_hang)
    worker.start()
    wait_until(lambda: inbox.accepted)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()

    assert deliver_due(store, server) == 0
    clock.now += LEASE
    assert deliver_due(store, server) == 1
    first, second = (message["Message-ID"] for *_, message in inbox.accepted)
    assert first == second
    assert inbox.accepted[0][2]["Date"] == inbox.accepted[1][2]["Date"]
    assert states(store) == {"ada": "sent"}


def test_a_worker_that_never_comes_back_is_given_up(store, clock, server, inbox):
    write(store, "ada")
    with store.unit_of_work() as uow:
        uow.session.scalars(select(Row)).one().attempts = ATTEMPTS

    deliver_due(store, server)

    assert inbox.accepted == []
    assert [each.state for each in troubles(store)] == ["incident"]


def test_workers_share_the_outbox_and_send_each_message_once(store, server, inbox):
    names = [f"p{number}" for number in range(40)]
    write(store, *names)

    def work():
        while deliver_due(store, server):
            pass

    workers = [threading.Thread(target=work) for _ in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(inbox.recipients) == sorted(f"{name}@esempio.example" for name in names)


def test_a_round_ends_so_that_timers_are_looked_at(store, server):
    write(store, *(f"p{number}" for number in range(12)))

    assert deliver_due(store, server) == 10
    assert deliver_due(store, server) == 2
