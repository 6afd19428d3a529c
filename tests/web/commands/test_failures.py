"""What may go wrong under any command ends in an Italian sentence and status 1, never in a trace."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.started import free_port
from tests.web.commands.conftest import DONE, ENDLESS, LEAVES, REFUSED, VALID, WITHOUT_DATABASE, said_in_italian

SETTINGS = [
    ({"SPORTELLO_MODE": "demmo"}, "SPORTELLO_MODE è «demmo»"),
    ({"SPORTELLO_MODE": "production"}, "SPORTELLO_ENVELOPE_KEYS manca"),
    ({"SPORTELLO_IDLE_MINUTES": "9" * 30}, "SPORTELLO_IDLE_MINUTES"),
    ({"SPORTELLO_SMTP_URL": "boh"}, "SPORTELLO_SMTP_URL non va bene"),
    ({"SPORTELLO_CLAMD": "boh"}, "SPORTELLO_CLAMD è «boh»"),
    ({"SPORTELLO_ENVELOPE_KEYS": "a:b"}, "SPORTELLO_ENVELOPE_KEYS non va bene"),
    ({"SPORTELLO_FOLDER": "/dev/null/var"}, "«/dev/null/var» non si può usare"),
]
ADDRESSES = ["boh", "mysql://utente:segreta@server/nome", "postgresql+psycopg://u:segreta@h:porta/n", "oracle://h/n"]
DATABASES = {
    "down": ("postgresql+psycopg://u:segreta@127.0.0.1:{port}/nome", "non risponde"),
    "unknown server": ("postgresql+psycopg://u:segreta@nessuno.invalid/nome", "non risponde"),
    "unknown option": ("postgresql+psycopg://u:segreta@127.0.0.1/nome?boh=1", "SPORTELLO_DATABASE_URL"),
    "no folder": ("sqlite:///{folder}/niente/desk.db", "«sportello migrate»"),
    "not made": ("sqlite:///{folder}/vuota.db", "«sportello migrate»"),
    "a folder": ("sqlite:///{folder}", "non si apre"),
    "no database": ("sqlite:///{folder}/testo.db", "non è una base di dati"),
    "older": ("sqlite:///{folder}/vecchia.db", "versione precedente"),
    "newer": ("sqlite:///{folder}/nuova.db", "più recente"),
}
MADE_BY_MIGRATING = {"not made", "older"}
NEED_DATABASE = sorted(LEAVES.keys() - WITHOUT_DATABASE - ENDLESS)


@pytest.fixture
def databases(tmp_path, furnished):
    """Lay out the files that the addresses above name."""
    (tmp_path / "testo.db").write_text("Questa non è una base di dati.\n" * 300)
    for name, revision in (("vecchia", "0001"), ("nuova", "9999")):
        shutil.copy(furnished, tmp_path / f"{name}.db")
        with sqlite3.connect(tmp_path / f"{name}.db") as connection:
            connection.execute("UPDATE desk_version SET version_num = ?", (revision,))
        connection.close()
    return {"folder": tmp_path, "port": free_port()}


def told(result, sentence):
    return (result.exit_code, said_in_italian(result), sentence in result.output) == (REFUSED, True, True)


@pytest.mark.parametrize("path", sorted(LEAVES.keys() - {"envelope key", "proprieta", "worker"}))
def test_a_setting_that_is_missing_or_wrong_is_named(run, path):
    for settings, sentence in SETTINGS:
        done = run(*path.split(), *VALID[path], **settings)

        assert told(done, sentence), done.output


@pytest.mark.parametrize("path", sorted(LEAVES.keys() - {"envelope key", "proprieta", "worker"}))
def test_an_address_of_no_database_is_told_without_its_password(run, path):
    for address in ADDRESSES:
        done = run(*path.split(), *VALID[path], SPORTELLO_DATABASE_URL=address)

        assert told(done, "SPORTELLO_DATABASE_URL non è l’indirizzo"), done.output
        assert "segreta" not in done.output


@pytest.mark.parametrize("path", NEED_DATABASE)
def test_a_database_that_cannot_be_used_is_told_without_its_password(run, databases, path):
    for name, (address, sentence) in DATABASES.items():
        if path == "migrate" and name in MADE_BY_MIGRATING | {"no folder"}:
            continue
        done = run(*path.split(), *VALID[path], SPORTELLO_DATABASE_URL=address.format(**databases))

        assert told(done, sentence), (name, done.output)
        assert "segreta" not in done.output
    assert not (databases["folder"] / "vuota.db").exists()


@pytest.mark.parametrize("name", sorted(DATABASES.keys() - MADE_BY_MIGRATING))
def test_nothing_is_served_over_a_database_that_cannot_be_used(run, databases, name):
    address, sentence = DATABASES[name]

    done = run("start", SPORTELLO_DATABASE_URL=address.format(**databases))

    assert told(done, "non si apre" if name == "no folder" else sentence)


def test_where_there_is_no_folder_no_database_is_made(run, databases):
    address = "sqlite:///{folder}/niente/desk.db".format(**databases)

    assert told(run("migrate", SPORTELLO_DATABASE_URL=address), "non si apre")


@pytest.mark.parametrize("path", sorted(WITHOUT_DATABASE))
def test_what_needs_no_database_does_without(run, databases, path):
    address, _ = DATABASES["down"]

    done = run(*path.split(), *VALID[path], SPORTELLO_DATABASE_URL=address.format(**databases))

    assert (done.exit_code, said_in_italian(done)) == (DONE, True)


def test_a_database_that_was_made_and_migrated_is_used(run):
    assert run("migrate").exit_code == DONE
    assert run("migrate").exit_code == DONE

    listed = run("comune", "list")

    assert (listed.exit_code, listed.stdout) == (DONE, "")
    assert "Nessun Comune ha aderito." in listed.stderr


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("comune list", "Nessun Comune ha aderito"),
        ("comune find", "Nessun Comune si chiama così"),
        ("user list", "Non c’è ancora nessuno"),
        ("job list", "Nessun lavoro è fermo"),
        ("mail list", "Nessun messaggio è fermo"),
        ("retention preview", "Nessuna pratica ha superato il termine"),
        ("retention erase", "Nessuna pratica era da cancellare"),
    ],
)
def test_an_empty_list_says_so_to_people_alone(run, path, sentence):
    run("migrate")

    done = run(*path.split(), *VALID[path])

    assert (done.exit_code, done.stdout, sentence in done.stderr) == (DONE, "", True)


def test_a_database_that_another_program_holds_is_told(run, furnished_desk, monkeypatch):
    monkeypatch.setattr("engine.store.sqlite.PRAGMAS", ("PRAGMA busy_timeout = 10",))
    holder = sqlite3.connect(furnished_desk)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert told(run("user", "close", "marta"), "è occupata da un altro programma")
    finally:
        holder.close()


def test_a_damaged_database_is_told(run, furnished_desk):
    content = Path(furnished_desk).read_bytes()
    Path(furnished_desk).write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))

    assert told(run("user", "list"), "non è una base di dati che si riesca a leggere")
