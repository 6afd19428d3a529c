"""A desk with two joined Comuni and a few people, made once and copied for every test."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import make_url

from desk import EXTENSION
from engine import definitions
from engine.store import Store
from tests.kit.databases import database_of, sharing_statements
from tests.kit.small_desk import (
    furnish,
)


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
