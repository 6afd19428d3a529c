"""The program itself, started as its command starts it, and people in front of Chromium."""

from __future__ import annotations

import pytest

from tests.kit.browser import WIDE, Person
from tests.kit.program import Inbox, Server


@pytest.fixture(scope="session")
def inbox():
    opened = Inbox()
    yield opened
    opened.server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory, inbox):
    """The demonstration, whose messages a real mail server takes."""
    mail = {"smtp_url": f"smtp://127.0.0.1:{inbox.server.port}", "mail_from": "sportello@burolo.example"}
    started = Server(tmp_path_factory.mktemp("server"), **mail).start()
    yield started
    started.kill()


@pytest.fixture
def person(chromium, server):
    """Give people their windows; at the end none may have met a script error."""
    met = []

    def come(width=WIDE):
        met.append(Person(chromium, server, width))
        return met[-1]

    yield come
    faults = [fault for each in met for fault in each.faults]
    for each in met:
        each.context.close()
    assert faults == []
