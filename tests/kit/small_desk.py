"""Furnish a desk with two joined Comuni and a few people, whose process does next to nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk import comuni, people
from desk.access import Role
from desk.comuni import istat
from desk.people import NewUser, mandates
from desk.people.mandates import Charge, Qualification
from engine import deployments
from engine.identity import Actor

BUROLO, QUAGLIUZZO = "001042", "001208"
ADMINISTRATOR = Actor("amministratore", {Role.ADMINISTRATOR}, {"*"})
MARTA = Actor("marta", {Role.REFERENTE}, {BUROLO})
LIA = Actor("lia", {Role.REFERENTE}, {QUAGLIUZZO})
SARA = Actor("sara", {Role.ANALISTA}, {"*"})
PAOLO = Actor("paolo", {Role.COORDINATORE}, {"*"})
REQUESTER = Actor("richiedente", {"richiedente"}, {BUROLO})
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


def enrol(uow, persons, by, *, demonstration=False):
    """Give persons, by user name, their accounts and roles; referenti a mandate too."""
    for username, (name, roles) in persons.items():
        address = f"{username}@sportello.example"
        new = NewUser(username, address, name, PASSWORD, roles, demonstration=demonstration)
        people.create(uow, new, by)
        for code in roles.get(Role.REFERENTE, ()):
            mandates.record(uow, username, code, CHARGE, by)


def furnish(store):
    """Give a migrated store the Comuni, the people and the process of these tests."""
    with store.unit_of_work() as uow:
        istat.import_list(uow)
        for code in (BUROLO, QUAGLIUZZO):
            comuni.join(uow, code, comuni.Office(room="Sala al piano terra"), ADMINISTRATOR)
        enrol(uow, PEOPLE, ADMINISTRATOR)
        deployments.deploy(uow, Path(__file__).parent / "diagrams" / "pratica")
