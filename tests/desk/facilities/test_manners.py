"""Mail servers without manners: none of them keeps the worker, and none of them costs a message."""

import socket
import threading
from contextlib import suppress
from email.message import EmailMessage

import pytest

from desk.facilities import transport
from desk.facilities.transport import Smtp, Unreachable
from tests.kit.mail_server import SENDER


def drips(line):
    """Send a byte now and then, so that no wait for the next one is ever too long."""
    while True:
        line.sendall(b"2")
        threading.Event().wait(0.1)


def never_ends(line):
    while True:
        line.sendall(b"220-ancora\r\n")
        threading.Event().wait(0.01)


def asks_nonsense(line):
    """Offer to sign in, and ask for it in words that nobody can read."""
    said = line.makefile("rb")
    line.sendall(b"220 eccomi\r\n")
    for answer in (b"250-eccomi\r\n250 AUTH CRAM-MD5\r\n", b"334 !!!a\r\n"):
        said.readline()
        line.sendall(answer)


@pytest.mark.parametrize("manners", [drips, never_ends, asks_nonsense])
def test_a_server_without_manners_is_one_that_is_not_there(manners, monkeypatch):
    monkeypatch.setattr(transport, "LONGEST", 0.5)
    message = EmailMessage()
    message["From"], message["To"] = SENDER, "ada@esempio.example"

    def serve():
        line, _ = listening.accept()
        with line, suppress(OSError):
            manners(line)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        server = Smtp("127.0.0.1", listening.getsockname()[1], SENDER, "sportello", "parola")
        with pytest.raises(Unreachable):
            server.send(message, "ada@esempio.example")
        thread.join()
