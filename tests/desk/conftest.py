"""A desk with two joined Comuni and a few people, made once and copied for every test."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from desk import EXTENSION, comuni, istat, mandates, people
from desk.access import Role
from desk.mandates import Charge, Qualification
from desk.people import NewUser
from engine import deployments
from engine.identity import Actor
from engine.store import Store

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
        deployments.deploy(uow, Path(__file__).parent / "diagrams")


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    file = tmp_path_factory.mktemp("desk") / "desk.db"
    store = Store(f"sqlite:///{file}", extensions=(EXTENSION,))
    store.migrate()
    furnish(store)
    store.close()
    return file


@pytest.fixture
def store(furnished, tmp_path, now):
    shutil.copy(furnished, tmp_path / "desk.db")
    store = Store(f"sqlite:///{tmp_path}/desk.db", extensions=(EXTENSION,), clock=lambda: now)
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
