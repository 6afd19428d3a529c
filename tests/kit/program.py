"""Start the program as its command does, and a mail server that keeps what it gets."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import urllib.request
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.controller import Controller

from desk.envelope import new_key
from tests.kit.places import ROOT
from tests.kit.times import wait_until
from tests.started import free_port


class Inbox:
    """A mail server that keeps what it accepts, as whoever reads it would find it."""

    def __init__(self):
        self.letters = []
        self.server = Controller(self, hostname="127.0.0.1", port=free_port())
        self.server.start()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # as aiosmtpd calls it
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def sent_to(self, address):
        return [letter for letter in self.letters if address in letter["To"]]


class Server:
    """``sportello start``, in demonstration mode unless told otherwise, on a database of its own."""

    def __init__(self, folder, mode="demo", **settings):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = f"sqlite:///{folder}/desk.db"
        self.log = folder / "log"
        self.process = None
        self.cookies = {}
        self.environment = os.environ | {
            "SPORTELLO_MODE": mode,
            "SPORTELLO_SECRET_KEY": "k" * 40,
            "SPORTELLO_DATABASE_URL": self.database,
            "SPORTELLO_ENVELOPE_KEYS": new_key("prova"),
            "SPORTELLO_FOLDER": str(folder),
            "SPORTELLO_PUBLIC_URL": self.address,
            **{f"SPORTELLO_{name.upper()}": value for name, value in settings.items()},
        }

    def start(self):
        words = [Path(sys.executable).parent / "sportello", "start", "--port", str(self.port)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                words, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        try:
            wait_until(self.answers, 90)
        except BaseException:  # a test that fails leaves no server behind
            self.kill()
            raise
        return self

    def answers(self):
        assert self.process.poll() is None, self.log.read_text()
        try:
            with urllib.request.urlopen(f"{self.address}/salute", timeout=5) as answer:
                return answer.status == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self):
        """Kill every process of it at once, as a power cut does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
