"""Commands as they are run: the whole program over a database of the test's own, without a terminal."""

from __future__ import annotations

import contextlib
import re
import shutil

import click
import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

import app
from tests.started import free_port
from web.commands import Wiring, sportello
from web.commands.italian import CATALOGUES, DOMAIN
from web.settings import Settings

PROCESS = "processes/richiesta"
USAGE, REFUSED, DONE = 2, 1, 0
VALID = {
    "start": ["--port", str(free_port())],
    "worker": [],
    "migrate": [],
    "check": [PROCESS],
    "deploy": [PROCESS],
    "proprieta": [],
    "scenari": [PROCESS],
    "avvia": ["richiesta", "--comune", "001042", "--come", "marta"],
    "comune find": ["Burolo"],
    "comune import": [],
    "comune join": [
        "001042",
        "--address",
        "Via Esempio 1",
        "--room",
        "Sala",
        "--phone",
        "0125",
        "--email",
        "a@b.example",
        "--pec",
        "a@pec.example",
    ],
    "comune list": [],
    "comune hours": ["001042", "mar 9:00-12:30"],
    "comune close": ["001042", "2026-12-24", "2026-12-31", "ferie"],
    "comune open": ["001042", "2026-12-12", "9:00-12:00", "mercato"],
    "comune patron": ["001042", "06-29", "Santi Pietro e Paolo"],
    "user add": [
        "ada",
        "--name",
        "Ada Esempio",
        "--email",
        "ada@b.example",
        "--role",
        "Referente",
        "--comune",
        "001042",
        "--password-file",
        "-",
    ],
    "user list": [],
    "user roles": ["marta", "Referente=001042"],
    "user mandate": [
        "marta",
        "001042",
        "--qualification",
        "volontario",
        "--from",
        "2029-01-07",
        "--to",
        "2030-01-07",
        "--trained-on",
        "2025-12-10",
        "--trained-by",
        "Novain",
        "--agreement-on",
        "2025-12-10",
    ],
    "user password": ["marta", "--password-file", "-"],
    "user close": ["marta"],
    "user reopen": ["marta"],
    "job list": [],
    "job retry": ["1"],
    "mail list": [],
    "mail retry": ["1"],
    "mail withdraw": ["1"],
    "envelope key": ["2027-gennaio"],
    "envelope rotate": [],
    "envelope status": [],
    "files sweep": [],
    "retention preview": [],
    "retention erase": ["--yes"],
    "retention figures": [],
    "verify": ["SI-2026-B279-0001"],
    "verify-receipt": ["README.md"],
}
"""For every command words that it takes, whatever comes of them."""
ENDLESS = {"start", "worker"}
"""Commands that run until they are stopped."""
WITHOUT_DATABASE = {"check", "proprieta", "scenari", "envelope key"}
OF_CLICK = ("Traceback", "Error:", "[OPTIONS]", "[ARGS]", "TEXT", "INTEGER", "[y/N]", "FILENAME")
"""Words that click or Python say in English, beside those of its catalogue."""


def leaves(command=sportello, path=()):
    """Find every command that does something, by the words that name it."""
    if not isinstance(command, click.Group):
        return {" ".join(path): command}
    below = command.commands.items()
    return {name: leaf for word, each in below for name, leaf in leaves(each, (*path, word)).items()}


LEAVES = leaves()


def english_of_click():
    """Give the pieces of click's English sentences that no Italian one has."""
    with (CATALOGUES / "it" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        catalogue = read_po(file)
    ids = [text for each in catalogue if each.id for text in (each.id if isinstance(each.id, tuple) else [each.id])]
    pieces = {piece.strip(" .:()'") for text in ids for piece in re.split(r"\{[^}]*\}|%\(\w+\)s", text)}
    return {piece for piece in pieces if len(piece) > 7} | set(OF_CLICK)


ENGLISH = english_of_click()


def said_in_italian(result):
    """Say whether a command ended by itself, and no word of it was click's English or a trace of Python's."""
    told = [word for word in ENGLISH if word in result.output]
    return (told, result.exception if not isinstance(result.exception, SystemExit) else None) == ([], None)


@pytest.fixture(autouse=True)
def _quick(quick_hashes):
    """Passwords cost little here."""


@pytest.fixture
def environment(tmp_path):
    return {
        "SPORTELLO_MODE": "test",
        "SPORTELLO_FOLDER": str(tmp_path / "var"),
        "SPORTELLO_DATABASE_URL": f"sqlite:///{tmp_path}/desk.db",
    }


@pytest.fixture
def run(environment):
    """Run a command of the whole program; what is not said of its settings is this test's environment."""
    with contextlib.ExitStack() as opened:

        def run(*words, given="parola lunga abbastanza\n", **settings):
            wiring = Wiring(lambda: Settings.from_environment(environment | settings), app.open_store, "app:create_app")
            done = CliRunner().invoke(sportello, words, obj=wiring, input=given)
            if wiring.opened:
                opened.callback(wiring.opened.close)
            return done

        yield run


@pytest.fixture
def furnished_desk(furnished, tmp_path):
    """Put the furnished desk where the environment says that the database is."""
    return shutil.copy(furnished, tmp_path / "desk.db")
