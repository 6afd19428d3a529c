"""A desk with two joined Comuni and a few people, made once and copied for every test."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, make_url

from desk import EXTENSION, comuni, people
from desk.access import Role
from desk.comuni import istat, mandates
from desk.comuni.mandates import Charge, Qualification
from desk.people import NewUser
from engine import definitions, deployments
from engine.identity import Actor
from engine.store import Store
from tests.conftest import database_of, sharing_statements

BUROLO, QUAGLIUZZO = "001042", "001208"
ADMINISTRATOR = Actor("amministratore", {Role.ADMINISTRATOR}, {"*"})
MARTA = Actor("marta", {Role.REFERENTE}, {BUROLO})
LIA = Actor("lia", {Role.REFERENTE}, {QUAGLIUZZO})
SARA = Actor("sara", {Role.ANALISTA}, {"*"})
PAOLO = Actor("paolo", {Role.COORDINATORE}, {"*"})
PASSWORD = "parola lunga abbastanza"
PEOPLE = {
    "marta": ("Marta Prova", {Role.REFERENTE: [BUROLO]}),
    "lia": ("Lia Modelli", {Role.REFERENTE: [QUAGLIUZZO]}),
    "sara": ("Sara Esempio", {Role.ANALISTA: ["*"]}),
    "paolo": ("Paolo Modelli", {Role.COORDINATORE: ["*"], Role.ANALISTA: ["*"]}),
}


CHARGE = Charge(
    Qualification.EMPLOYEE,
    date(2025, 1, 1),
    trained_on=date(2024, 12, 10),
    trained_by="Novain",
    agreement_on=date(2024, 12, 10),
)
"""The mandate of every referente of these tests: it has begun, and has no end."""


def furnish(store):
    """Give a migrated store the Comuni, the people and the process of these tests."""
    with store.unit_of_work() as uow:
        istat.import_list(uow)
        for code in (BUROLO, QUAGLIUZZO):
            comuni.join(uow, code, comuni.Office(room="Sala al piano terra"), ADMINISTRATOR)
        for username, (name, roles) in PEOPLE.items():
            new = NewUser(username, f"{username}@sportello.example", name, PASSWORD, roles)
            people.create(uow, new, ADMINISTRATOR)
            for code in roles.get(Role.REFERENTE, ()):
                mandates.record(uow, username, code, CHARGE, ADMINISTRATOR)
        deployments.deploy(uow, Path(__file__).parents[1] / "kit" / "diagrams" / "pratica")


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_hashes):
    """Every test of this folder makes accounts or secrets."""


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """Give the file of a furnished desk, to copy."""
    file = tmp_path_factory.mktemp("desk") / "desk.db"
    _prepare(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def furnished_postgres(postgres):
    """Give the name of a furnished database, to copy."""
    with database_of(postgres) as url:
        _prepare(url)
        yield make_url(url).database


def _prepare(url):
    store = Store(url, extensions=(EXTENSION,))
    store.migrate()
    furnish(sharing_statements(store))
    store.close()


@pytest.fixture(scope="session")
def parsed(furnished):
    """Give the processes of the furnished desk as they are once read; every copy of it has the same."""
    store = Store(f"sqlite:///{furnished}", extensions=(EXTENSION,))
    with store.snapshot() as uow:
        ids = [definitions.latest_id(uow, key) for key in definitions.keys(uow)]
        yield {each: definitions.load(uow, each) for each in ids}
    store.close()


@pytest.fixture
def store(furnished, parsed, tmp_path, now):
    shutil.copy(furnished, tmp_path / "desk.db")
    store = sharing_statements(Store(f"sqlite:///{tmp_path}/desk.db", extensions=(EXTENSION,), clock=lambda: now))
    store.parsed.update(parsed)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def furnished_url(request, furnished, tmp_path):
    """The same test on a copy of the furnished desk on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(furnished, tmp_path / "desk.db")
        yield f"sqlite:///{tmp_path}/desk.db"
    else:
        template = request.getfixturevalue("furnished_postgres")
        with database_of(request.getfixturevalue("postgres"), template) as url:
            yield url


@pytest.fixture
def each_store(furnished_url, now):
    store = sharing_statements(Store(furnished_url, extensions=(EXTENSION,), clock=lambda: now))
    yield store
    store.close()


@pytest.fixture
def uow(store):
    with store.unit_of_work() as uow:
        yield uow


@contextmanager
def statements(store):
    """Collect the SQL statements sent meanwhile, transaction control left out."""
    sent = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
