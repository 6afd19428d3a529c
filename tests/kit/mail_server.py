"""Run a real SMTP server in the test's own process, and make stores with a clock that is told."""

import threading
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from desk import EXTENSION, cases
from desk.facilities.transport import Smtp
from desk.mail import enqueue, outbox
from desk.model import Mail as Row
from engine.store import Store
from tests.kit.mails import mail
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, MARTA
from tests.started import free_port

SENDER = "sportello@novain.example"


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class Inbox:
    """What the server does with what it gets: accept it, unless it is told an answer for the recipient or the data."""

    def __init__(self):
        self.accepted, self.seen, self.to_recipient, self.to_data = [], [], {}, []
        self.stuck = threading.Event()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.to_recipient:
            return self.to_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.seen.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.to_data:
            return self.to_data.pop(0)
        self.accepted.append((envelope.mail_from, envelope.rcpt_tos, self.seen[-1]))
        return "250 OK"

    @property
    def recipients(self):
        return [to for _, (to,), _ in self.accepted]


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def server(inbox):
    """Start the server on a free port; give the transport that reaches it."""
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield Smtp("127.0.0.1", controller.port, SENDER)
    controller.stop()


@pytest.fixture
def clock(now):
    return Clock(now)


@pytest.fixture
def store(furnished_url, clock):
    store = Store(furnished_url, extensions=(EXTENSION,), clock=clock)
    yield store
    store.close()


@pytest.fixture
def case(store):
    with store.unit_of_work() as uow:
        return cases.open_request(uow, MARTA, BUROLO)


def write(store, *keys, **more):
    case_id = more.pop("case_id", None)
    with store.unit_of_work() as uow:
        for key in keys:
            enqueue(uow, key, mail(f"{key}@esempio.example", **more), case_id)


def states(store):
    with store.snapshot() as uow:
        return {row.recipient.partition("@")[0]: row.state for row in uow.session.scalars(select(Row))}


def troubles(store):
    with store.snapshot() as uow:
        return list(outbox.troubles(uow, ADMINISTRATOR).items)


def nowhere():
    """Give a server that is not there: a port that was free a moment ago."""
    return Smtp("127.0.0.1", free_port(), SENDER)
