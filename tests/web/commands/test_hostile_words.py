"""Whatever is written where a command takes a word, it ends by itself, in Italian, on both databases."""

import shutil

import click
import pytest

from desk import EXTENSION, comuni, people
from desk.access import Role
from desk.comuni import istat
from engine.store import Store
from tests.kit.databases import database_of
from tests.kit.pages import ADMINISTRATOR, BUROLO, PASSWORD
from tests.web.commands.conftest import ENDLESS, LEAVES, VALID, said_in_italian

WORDS = [
    "",
    " ",
    "-",
    "--",
    "-1",
    "0",
    "9" * 30,
    "²",
    "boh",
    "a" * 5000,
    "*",
    "%",
    "../../etc/passwd",
    "/dev/null",
    "'; DROP TABLE desk_user; --",
    "{place}",
    "«☃»\u202e",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "mar 9:00-12:30-15:00",
    "Referente=Analista=001042",
    "\t",
    "\n",
    "\x1b[31m",
    "x\udcff",
    "a\0b",
]
STATUSES = {0, 1, 2}


def variants(path):
    """Give the valid words of a command, each in turn changed for a hostile one."""
    command, words = LEAVES[path], VALID[path]
    options = {name for each in command.params if isinstance(each, click.Option) for name in each.opts}
    places = [place for place, word in enumerate(words) if word not in options]
    yield from ([*words[:place], hostile, *words[place + 1 :]] for place in places for hostile in WORDS)


@pytest.fixture(scope="module")
def desks(tmp_path_factory, postgres, furnished, quick_hashes):
    """Give a desk on either database, the same for every command."""
    file = shutil.copy(furnished, tmp_path_factory.mktemp("hostile") / "desk.db")
    with database_of(postgres) as url:
        store = Store(url, extensions=(EXTENSION,))
        store.migrate()
        with store.unit_of_work() as uow:
            istat.import_list(uow)
            comuni.join(uow, BUROLO, comuni.Office(), ADMINISTRATOR)
            roles = {Role.REFERENTE: [BUROLO]}
            people.create(uow, people.NewUser("marta", "m@b.example", "Marta Prova", PASSWORD, roles), ADMINISTRATOR)
        store.close()
        yield {"sqlite": f"sqlite:///{file}", "postgresql": url}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("path", sorted(path for path in LEAVES if VALID[path] and path not in ENDLESS))
def test_no_word_brings_a_command_down(run, desks, path, database):
    for words in variants(path):
        done = run(*path.split(), *words, SPORTELLO_DATABASE_URL=desks[database])

        assert done.exit_code in STATUSES, words
        assert said_in_italian(done), (words, done.output, done.exception)


def test_every_command_that_takes_words_is_tried():
    assert {path for path in LEAVES if LEAVES[path].params and not VALID[path]} <= ENDLESS | {"verify"}
