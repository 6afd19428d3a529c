"""Send mail: to a mail server, or in the demonstration nowhere but the page that shows messages."""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

PATIENCE = 10.0
"""Seconds within which a server must answer: the worker has timers to fire meanwhile."""
LONGEST = 120.0
"""Seconds within which all of it must be done, whatever the server says meanwhile; less than the lease of a message."""
READY = 220
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PERMANENT = 500
"""From here on a server's answer means never, below it later (RFC 5321 §4.2.1)."""
TOO_LARGE = 552
"""The server's answer to the size of a message, said before it is sent (RFC 1870 §6.1)."""
OURS = (421, 530)
"""A server about to close, and one that wants us to sign in first: nothing to do with this message."""
LONGEST_PROBLEM = 300
PORTS = {"smtp": 587, "smtps": 465}


class Unreachable(Exception):
    """No message goes now, whichever: the server is not there, or refuses us."""


class Deferred(Exception):
    """Not now for this message; another might go."""


class Rejected(Exception):
    """The server will not have this message, now or later; ``unknown_recipient`` when it is the address it refuses."""

    def __init__(self, problem: str, *, unknown_recipient: bool = False) -> None:
        super().__init__(problem)
        self.unknown_recipient = unknown_recipient


class Transport(Protocol):
    """Takes a whole message to where it is read; ``send`` raises Unreachable, Deferred or Rejected."""

    @property
    def sender(self) -> str:
        """The address messages come from."""

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Take a message to its recipient; returning means that it was accepted."""


@dataclass(frozen=True)
class ShownHere:
    """The demonstration's: a message counts as delivered at once, and the page of the demonstration shows it."""

    sender: str = "sportello@dimostrazione.example"

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Do nothing: the outbox keeps what the page shows."""


@dataclass(frozen=True)
class Smtp:
    """A mail server, over TLS wherever it is not this very machine; the password is in no message and no log."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    #: TLS from the first byte (``smtps://``) instead of STARTTLS.
    implicit_tls: bool = False
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False, compare=False)

    @classmethod
    def of(cls, url: str, sender: str) -> Smtp:
        """Read ``smtp://user:password@host:587``, or ``smtps://…:465``; user and password are percent-encoded.

        Raises:
            ValueError: it is no such address.

        """
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.path not in ("", "/") or parts.query:
            raise ValueError("it must be smtp://user:password@host:587")
        port = parts.port or PORTS[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, sender, user, password, parts.scheme == "smtps")

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Take a message to the server.

        Raises:
            Unreachable, Deferred, Rejected: it did not accept it.

        """
        with _failures_told(recipient):
            server = self._client()
            limit = Timer(LONGEST, _cut, [server])
            limit.start()
            try:
                self._greet(server)
                server.send_message(message, self.sender, [recipient])
            finally:
                _leave(server)
                limit.cancel()

    def _client(self) -> smtplib.SMTP:
        """Make a client that has not called yet: from its first word on, the server has ``LONGEST``."""
        implicit = self.implicit_tls
        client = (
            smtplib.SMTP_SSL(timeout=PATIENCE, context=self.context) if implicit else smtplib.SMTP(timeout=PATIENCE)
        )
        client._host = self.host  # type: ignore[attr-defined]  # noqa: SLF001  # the name that TLS proves; only calling at once sets it
        return client

    def _greet(self, server: smtplib.SMTP) -> None:
        try:
            self._sign_in(server)
        except ValueError as failure:  # words that no server says: nothing to do with this message
            raise smtplib.SMTPException(str(failure)) from failure

    def _sign_in(self, server: smtplib.SMTP) -> None:
        code, said = server.connect(self.host, self.port)
        if code != READY:
            raise smtplib.SMTPConnectError(code, said)
        if not self.implicit_tls and self.host not in LOOPBACK:
            server.starttls(context=self.context)
        if self.user:
            server.login(self.user, self.password)


def _cut(server: smtplib.SMTP) -> None:
    """Close the connection to a server that keeps talking and never comes to an end."""
    if server.sock is not None:
        with suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)


def _leave(server: smtplib.SMTP) -> None:
    """End the conversation (QUIT); whatever comes of it, the message was accepted or refused before."""
    with suppress(OSError):
        server.quit()
    server.close()


@contextmanager
def _failures_told(recipient: str) -> Iterator[None]:
    """Tell apart what ails the server, the message and the address."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refusal:
        raise _told(*next(iter(refusal.recipients.values())), recipient, unknown_recipient=True) from refusal
    except smtplib.SMTPSenderRefused as refusal:
        if refusal.smtp_code != TOO_LARGE:  # whoever sends, sends all the others too
            raise Unreachable(_words(f"{type(refusal).__name__}: {refusal}", recipient)) from refusal
        raise _told(refusal.smtp_code, refusal.smtp_error, recipient) from refusal
    except smtplib.SMTPDataError as refusal:
        raise _told(refusal.smtp_code, refusal.smtp_error, recipient) from refusal
    except OSError as failure:  # smtplib's own are OSErrors too
        raise Unreachable(_words(f"{type(failure).__name__}: {failure}", recipient)) from failure
    except ValueError as failure:  # a header or an address that cannot be written
        raise Rejected(_words(f"{type(failure).__name__}: {failure}", recipient)) from failure


def _told(code: int, said: bytes | str, recipient: str, *, unknown_recipient: bool = False) -> Exception:
    """Make the failure that a server's answer means."""
    words = _words(f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}", recipient)
    if code in OURS:
        return Unreachable(words)
    return Rejected(words, unknown_recipient=unknown_recipient) if code >= PERMANENT else Deferred(words)


def _words(text: str, recipient: str) -> str:
    """Keep a server's words short, and without the address they are about."""
    return " ".join(text.replace("\0", " ").replace(recipient, "‹indirizzo›").split())[:LONGEST_PROBLEM]
