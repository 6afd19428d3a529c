"""The pages over a small desk: three Comuni, one person for each role, made once and copied for every test."""

from __future__ import annotations

import shutil

import pytest
from werkzeug.routing import Rule

from desk import EXTENSION
from engine import definitions
from engine.store import Store
from tests.kit.databases import sharing_statements
from tests.kit.pages import (
    furnish,
    make_app,
    sign_in,
)
from tests.kit.times import Clock


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


@pytest.fixture
def app(store, tmp_path):
    return make_app(store, folder=tmp_path)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def as_person(app):
    """Give a browser in which somebody has signed in."""
    return lambda username, role=None: sign_in(app.test_client(), username, role)
