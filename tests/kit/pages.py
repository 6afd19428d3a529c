"""Furnish a desk with three Comuni, one person for each role and the real process, and send forms to its pages."""

from __future__ import annotations

import re
from datetime import date, time

from flask import Flask
from jinja2 import BytecodeCache

import web
from desk import comuni, people
from desk.access import Role
from desk.comuni import istat
from desk.comuni.hours import WeeklyHours
from desk.envelope import new_key
from desk.people import NewUser, mandates
from desk.people.mandates import Charge, Qualification
from engine import deployments
from engine.identity import Actor
from tests.kit.places import ROOT
from web.settings import Mode, Settings

BUROLO, QUAGLIUZZO, MONTALENGHE = "001042", "001208", "001159"
ADMINISTRATOR = Actor("ivo", {Role.ADMINISTRATOR}, {"*"})
MARTA = Actor("marta", {Role.REFERENTE}, {BUROLO})
SARA = Actor("sara", {Role.ANALISTA}, {"*"})
PASSWORD = "parola lunga abbastanza"
PEOPLE = {
    "marta": ("Marta Prova", {Role.REFERENTE: [BUROLO]}),
    "lia": ("Lia Modelli", {Role.REFERENTE: [QUAGLIUZZO]}),
    "sara": ("Sara Esempio", {Role.ANALISTA: ["*"]}),
    "paolo": ("Paolo Modelli", {Role.COORDINATORE: ["*"], Role.ANALISTA: ["*"]}),
    "olga": ("Olga Saggio", {Role.PROGRAMME_OFFICE: ["*"]}),
    "dario": ("Dario Disegni", {Role.DESIGNER: ["*"]}),
    "ivo": ("Ivo Saggio", {Role.ADMINISTRATOR: ["*"]}),
}
OFFICE = comuni.Office(
    address="Via Dimostrativa 1",
    room="Sala al piano terra",
    phone="0125 000 000",
    email="sportello@comune.example",
    demonstration=True,
)
HOURS = [WeeklyHours(0, time(9), time(13)), WeeklyHours(3, time(15), time(18))]
CHARGE = Charge(
    Qualification.EMPLOYEE,
    date(2025, 1, 1),
    trained_on=date(2024, 12, 10),
    trained_by="Novain",
    agreement_on=date(2024, 12, 10),
)
"""The mandate of every referente of these tests: it has begun, and has no end."""
PAOLO = Actor("paolo", {"Analista"}, {"*"})


def furnish(store):
    """Give a migrated store the Comuni, the people and the processes that come with the program."""
    with store.unit_of_work() as uow:
        istat.import_list(uow)
        for code in (BUROLO, QUAGLIUZZO):
            comuni.join(uow, code, OFFICE, ADMINISTRATOR)
            comuni.set_hours(uow, code, HOURS, ADMINISTRATOR)
        comuni.join(uow, MONTALENGHE, comuni.Office(), ADMINISTRATOR)
        for username, (name, roles) in PEOPLE.items():
            new = NewUser(username, f"{username}@sportello.example", name, PASSWORD, roles, demonstration=True)
            people.create(uow, new, ADMINISTRATOR)
            for code in roles.get(Role.REFERENTE, ()):
                mandates.record(uow, username, code, CHARGE, ADMINISTRATOR)
        deployments.deploy(uow, ROOT / "processes" / "richiesta", ROOT / "forms" / "richiesta")


KEYS = new_key("prova")
"""The key that wraps the envelopes' of these tests."""


class Compiled(BytecodeCache):
    """Templates as they are once compiled, kept for every app of these tests."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def make_app(store, **changes):
    settings = {"mode": Mode.TEST, "secret_key": "x" * 40, "database_url": "", "envelope_keys": KEYS, **changes}
    app = Flask("web", static_folder=None)
    web.init_app(app, store, Settings(**settings))
    app.jinja_env.bytecode_cache = COMPILED
    return app


def token_in(html):
    """Find the token that a page's forms carry."""
    return re.search(r'name="csrf_token" value="([^"]+)"', html)[1]


def post(client, address, fields=None, *, page="/segui", **more):
    """Send a form as a browser does: with the token of a page of ours."""
    token = token_in(client.get(page).text)
    return client.post(address, data={"csrf_token": token, **(fields or {})}, **more)


def sign_in(client, username, role=None):
    response = post(client, "/accedi", {"utente": username, "password": PASSWORD}, page="/accedi")
    assert response.status_code == 302, response.text
    if role:
        post(client, "/profilo/ruolo", {"ruolo": role}, page="/profilo")
    return client
