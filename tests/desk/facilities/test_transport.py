"""How a mail server on another machine is spoken to."""

import ssl
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from desk.facilities.transport import Smtp, Unreachable
from desk.mail.composing import compose
from desk.model import Mail as Row
from tests.kit.mail_server import SENDER, inbox  # noqa: F401  # fixtures are asked for by name
from tests.started import free_port


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
