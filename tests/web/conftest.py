"""The pages over a small desk: three Comuni, one person for each role, made once and copied for every test."""

from __future__ import annotations

import re
import shutil
from datetime import date, time
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from werkzeug.routing import Rule

import web
from desk import EXTENSION, comuni, people
from desk.access import Role
from desk.comuni import istat, mandates
from desk.comuni.hours import WeeklyHours
from desk.comuni.mandates import Charge, Qualification
from desk.envelope import new_key
from desk.people import NewUser
from engine import definitions, deployments
from engine.identity import Actor
from engine.store import Store
from tests.conftest import sharing_statements
from web.settings import Mode, Settings

ROOT = Path(__file__).parents[2]
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


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_hashes):
    """Every test of this folder makes accounts or signs in."""


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    file = tmp_path_factory.mktemp("web") / "desk.db"
    store = Store(f"sqlite:///{file}", extensions=(EXTENSION,))
    store.migrate()
    furnish(sharing_statements(store))
    store.close()
    return file


class Clock:
    """The time of a test: it stands still until told."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock(now):
    return Clock(now)


@pytest.fixture(scope="session")
def parsed(furnished):
    """Give the processes of the furnished desk as they are once read; every copy of it has the same."""
    store = Store(f"sqlite:///{furnished}", extensions=(EXTENSION,))
    with store.snapshot() as uow:
        ids = [definitions.latest_id(uow, key) for key in definitions.keys(uow)]
        yield {each: definitions.load(uow, each) for each in ids}
    store.close()


@pytest.fixture
def store(furnished, parsed, tmp_path, clock):
    shutil.copy(furnished, tmp_path / "desk.db")
    store = sharing_statements(Store(f"sqlite:///{tmp_path}/desk.db", extensions=(EXTENSION,), clock=clock))
    store.parsed.update(parsed)
    yield store
    store.close()


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


@pytest.fixture(scope="session", autouse=True)
def _routes_compiled_once():
    """Keep what a route is compiled to, the same for every app of these tests: most of what an app costs."""
    compile_route, known = Rule._compile_builder, {}

    def compiled(rule, append_unknown=True):  # noqa: FBT002  # as werkzeug calls it
        key = rule.rule, str(rule.defaults), append_unknown
        if key not in known:
            known[key] = compile_route(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compiled)
        yield


def make_app(store, **changes):
    settings = {"mode": Mode.TEST, "secret_key": "x" * 40, "database_url": "", "envelope_keys": KEYS, **changes}
    app = Flask("web", static_folder=None)
    web.init_app(app, store, Settings(**settings))
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture
def app(store, tmp_path):
    return make_app(store, folder=tmp_path)


@pytest.fixture
def client(app):
    return app.test_client()


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


@pytest.fixture
def as_person(app):
    """Give a browser in which somebody has signed in."""
    return lambda username, role=None: sign_in(app.test_client(), username, role)
