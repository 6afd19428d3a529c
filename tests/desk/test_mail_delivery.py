"""Delivery to a real SMTP server in this process, on both databases."""

import os
import signal
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from multiprocessing import get_context

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from desk import EXTENSION, cases
from desk.mail import Attachment, Mail, enqueue, outbox
from desk.mail.composing import compose
from desk.mail.delivery import ATTEMPTS, LEASE, back_off, deliver_due
from desk.mail.transport import ShownHere, Smtp, Unreachable
from desk.model import Mail as Row
from engine import history
from engine.store import Store
from tests.conftest import wait_until
from tests.desk.conftest import ADMINISTRATOR, BUROLO, MARTA, furnish
from tests.desk.test_mail import mail

SENDER = "sportello@novain.example"
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


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
def store(database_url, clock):
    store = Store(database_url, extensions=(EXTENSION,), clock=clock)
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def case(store):
    furnish(store)
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
        return outbox.troubles(uow, ADMINISTRATOR)


def free_port(address="127.0.0.1"):
    with socket.socket() as free:
        free.bind((address, 0))
        return free.getsockname()[1]


def nowhere():
    """Give a server that is not there: a port that was free a moment ago."""
    return Smtp("127.0.0.1", free_port(), SENDER)


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
    names = [f"p{number}" for number in range(25)]
    write(store, *names)

    for _ in range(24 * 12):  # a look at the outbox every five minutes
        before = troubles(store)
        deliver_due(store, nowhere())
        clock.now += timedelta(minutes=5)
    assert len(before) == 25
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
    store, clock, inbox, server, database_url
):
    write(store, "ada")
    store.engine.dispose()

    def send_and_hang():
        child = Store(database_url, extensions=(EXTENSION,), clock=clock)

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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Make a certificate of 127.0.0.2, which is no loopback name to the transport."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "posta.example")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    builder = builder.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(
        datetime(2100, 1, 1, tzinfo=UTC)
    )
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.2"))]), critical=False
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(private)
    return folder


class Door:
    """Accept one user with one password, and remember who tried."""

    def __init__(self):
        self.tried = []

    def __call__(self, _server, _session, _envelope, _mechanism, data):
        self.tried.append((data.login, data.password))
        return AuthResult(success=data == (b"novain", b"p@ss/word"), handled=False)


@pytest.fixture
def guarded(inbox, certificate):
    """Start a server that wants TLS and a password, or one that offers no TLS."""
    started, door = [], Door()

    def start(*, tls):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        told = {"tls_context": context, "require_starttls": True} if tls else {"auth_require_tls": False}
        controller = Controller(
            inbox, hostname="127.0.0.2", port=free_port("127.0.0.2"), authenticator=door, auth_required=tls, **told
        )
        controller.start()
        started.append(controller)
        return controller.port

    yield start, door
    for controller in started:
        controller.stop()


def message():
    row = Row(
        id="1" * 32,
        recipient="ada@esempio.example",
        subject="S",
        text="T",
        html="<p>T</p>",
        created_at=datetime.now(UTC),
    )
    return compose(row, (), SENDER)


def reaching(port, certificate, password="p%40ss%2Fword"):
    context = ssl.create_default_context(cafile=certificate / "cert.pem")
    read = Smtp.of(f"smtp://novain:{password}@127.0.0.2:{port}", SENDER)
    return Smtp(read.host, read.port, SENDER, read.user, read.password, context=context)


def test_another_machine_is_spoken_to_over_tls_with_the_password(guarded, certificate, inbox):
    start, door = guarded

    reaching(start(tls=True), certificate).send(message(), "ada@esempio.example")

    assert inbox.recipients == ["ada@esempio.example"]
    assert door.tried == [(b"novain", b"p@ss/word")]


def test_a_password_is_never_said_without_tls(guarded, certificate):
    start, door = guarded

    with pytest.raises(Unreachable, match="STARTTLS"):
        reaching(start(tls=False), certificate).send(message(), "ada@esempio.example")
    assert door.tried == []


def test_a_server_nobody_vouches_for_is_not_spoken_to(guarded):
    start, door = guarded
    port = start(tls=True)

    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
        Smtp("127.0.0.2", port, SENDER, "novain", "p").send(message(), "ada@esempio.example")
    assert door.tried == []


def test_a_wrong_password_holds_everything_back(guarded, certificate):
    start, _ = guarded

    with pytest.raises(Unreachable, match="535"):
        reaching(start(tls=True), certificate, "altra").send(message(), "ada@esempio.example")


@pytest.mark.parametrize(
    "url", ["", "posta.example", "http://posta.example", "smtp://", "smtp://a:b@c/d", "smtp://c:x"]
)
def test_an_address_that_is_no_mail_server_is_refused(url):
    with pytest.raises(ValueError):
        Smtp.of(url, SENDER)


def test_the_usual_ports_are_known_and_no_password_is_shown():
    read = Smtp.of("smtps://u:segreto@posta.example", SENDER)

    assert (Smtp.of("smtp://posta.example", SENDER).port, read.port, read.implicit_tls) == (587, 465, True)
    assert "segreto" not in repr(read)


def test_what_cannot_be_a_header_is_an_incident_and_is_not_sent(store, server, inbox):
    with store.unit_of_work() as uow:
        enqueue(uow, "a", Mail("ada@esempio.example", "Ciao\nBcc: altri@male.example", "T", "<p>T</p>", "prova"))

    deliver_due(store, server)

    assert [each.state for each in troubles(store)] == ["incident"]
    assert inbox.seen == []
