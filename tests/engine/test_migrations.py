"""The numbered migrations make exactly the tables the models describe."""

import re

from engine import Store
from engine.store.migration import MIGRATIONS, differences
from engine.store.store import ENGINE_SCHEMA


def test_migrating_an_empty_database_gives_the_models_tables(database_url):
    store = Store(database_url)

    store.migrate()

    with store.snapshot() as uow:
        assert differences(uow.connection, ENGINE_SCHEMA) == []
    store.close()


def test_migrating_twice_changes_nothing(database_url):
    store = Store(database_url)

    store.migrate()
    store.migrate()

    with store.snapshot() as uow:
        assert differences(uow.connection, ENGINE_SCHEMA) == []
    store.close()


def test_migrations_are_numbered_without_gaps():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))

    assert [int(re.match(r"(\d{4})_[a-z_]+\.py$", name)[1]) for name in names] == list(range(1, len(names) + 1))
