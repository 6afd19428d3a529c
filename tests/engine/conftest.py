"""People and stores for the engine's tests."""

import shutil

import pytest
from sqlalchemy import make_url

from engine import Actor, Store
from tests.kit.databases import database_of, sharing_statements

ADA = Actor("ada", {"Referente"}, {"001030"})
BRUNO = Actor("bruno", {"Referente"}, {"001030"})
ELSEWHERE = Actor("elsa", {"Referente"}, {"001042"})
SARA = Actor("sara", {"Analista"}, {"*"})


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """Give the file of a database with its tables, to copy."""
    file = tmp_path_factory.mktemp("engine") / "desk.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres):
    """Give the name of a database with its tables, to copy."""
    with database_of(postgres) as url:
        _migrate(url)
        yield make_url(url).database


def _migrate(url):
    store = Store(url)
    store.migrate()
    sharing_statements(store).close()


@pytest.fixture
def store(migrated, tmp_path):
    shutil.copy(migrated, tmp_path / "desk.db")
    opened = sharing_statements(Store(f"sqlite:///{tmp_path}/desk.db"))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request, migrated, tmp_path):
    """The same test on a SQLite file and on PostgreSQL, each with its tables and nothing in them."""
    if request.param == "sqlite":
        shutil.copy(migrated, tmp_path / "desk.db")
        yield f"sqlite:///{tmp_path}/desk.db"
    else:
        template = request.getfixturevalue("migrated_postgres")
        with database_of(request.getfixturevalue("postgres"), template) as url:
            yield url


@pytest.fixture
def each_store(migrated_url):
    """The same store on SQLite and on PostgreSQL."""
    opened = sharing_statements(Store(migrated_url))
    yield opened
    opened.close()
