"""Make databases of a test’s own, compile statements once for all of them, and count what is sent."""

from __future__ import annotations

import contextlib
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import event

DIALECTS, STATEMENTS = {}, {}


@contextlib.contextmanager
def database_of(server, template="template1"):
    """Give a database of one's own on a server: empty, or the copy of another."""
    import psycopg

    name, address = f"t{uuid4().hex[:12]}", server.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield server.replace("/postgres?", f"/{name}?")
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def sharing_statements(store):
    """Let a store use the statements that those before it compiled, as one database does by itself; give it back.

    Call it first with a store that has been connected: what SQLAlchemy learns of the server then holds for the rest.
    """
    engine = store.engine
    engine.dialect = DIALECTS.setdefault(engine.dialect.name, engine.dialect)
    engine.update_execution_options(compiled_cache=STATEMENTS)
    return store


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
