"""Furnish a desk with three Comuni, one person for each role and the real process, and send forms to its pages."""

from __future__ import annotations

import re
from datetime import time

from flask import Flask
from jinja2 import BytecodeCache

import web
from desk import comuni
from desk.access import Role
from desk.comuni import istat
from desk.comuni.hours import WeeklyHours
from desk.envelope import new_key
from engine import deployments
from engine.identity import Actor
from tests.kit import small_desk
from tests.kit.places import ROOT
from tests.kit.small_desk import BUROLO, CHARGE, MARTA, PASSWORD, QUAGLIUZZO, SARA
from web.settings import Mode, Settings

__all__ = ["BUROLO", "CHARGE", "MARTA", "PASSWORD", "QUAGLIUZZO", "SARA"]

MONTALENGHE = "001159"
ADMINISTRATOR = Actor("ivo", {Role.ADMINISTRATOR}, {"*"})
PEOPLE = {
    **small_desk.PEOPLE,
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
PAOLO = Actor("paolo", {"Analista"}, {"*"})


def furnish(store):
    """Give a migrated store the Comuni, the people and the processes that come with the program."""
    with store.unit_of_work() as uow:
        istat.import_list(uow)
        for code in (BUROLO, QUAGLIUZZO):
            comuni.join(uow, code, OFFICE, ADMINISTRATOR)
            comuni.set_hours(uow, code, HOURS, ADMINISTRATOR)
        comuni.join(uow, MONTALENGHE, comuni.Office(), ADMINISTRATOR)
        small_desk.enrol(uow, PEOPLE, ADMINISTRATOR, demonstration=True)
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
