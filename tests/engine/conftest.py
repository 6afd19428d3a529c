"""People and stores for the engine's tests."""

import pytest

from engine import Actor, Store

ADA = Actor("ada", {"Referente"}, {"001030"})
BRUNO = Actor("bruno", {"Referente"}, {"001030"})
ELSEWHERE = Actor("elsa", {"Referente"}, {"001042"})
SARA = Actor("sara", {"Analista"}, {"*"})


@pytest.fixture
def store(tmp_path):
    opened = Store(f"sqlite:///{tmp_path}/desk.db")
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def each_store(database_url):
    """The same store on SQLite and on PostgreSQL."""
    opened = Store(database_url)
    opened.migrate()
    yield opened
    opened.close()
