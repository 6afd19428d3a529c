"""What keeps a database from being used is named, on SQLite and on PostgreSQL, and so is how its tables stand."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from engine.store import Standing, Store, Trouble, UnusableAddress, WrongTables, trouble_of
from tests.kit.databases import database_of
from tests.started import free_port


def failure(act):
    """Give what an act raised."""
    with pytest.raises(Exception) as raised:  # whatever it was, the test looks at it
        act()
    return raised.value


def trouble_with(url, statement="SELECT 1", **named):
    """Say what keeps a statement from being run."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement), named)
    except DBAPIError as raised:
        return trouble_of(raised)
    finally:
        engine.dispose()
    return None


@pytest.mark.parametrize("address", ["", "boh", "mysql://u@h/n", "oracle://h/n", "postgresql+psycopg://u@h:p/n"])
def test_an_address_of_no_database_is_refused_at_once(address):
    with pytest.raises(UnusableAddress):
        Store(address)


def test_a_database_is_named_without_who_opens_it():
    places = [
        Store("postgresql+psycopg://u:p@db.example:5433/sportello").place,
        Store("postgresql+psycopg://u:p@db.example/sportello").place,
        Store("postgresql+psycopg://u:p@/sportello?host=/run/postgresql").place,
        Store("sqlite:////srv/desk.db").place,
    ]

    assert places == ["db.example:5433/sportello", "db.example/sportello", "sportello", "/srv/desk.db"]


def test_tables_stand_before_with_and_beyond_the_program(database_url):
    store = Store(database_url)
    stood = [store.standing()]
    store.migrate()
    stood.append(store.standing())
    for revision in ("0001", "9999"):
        with store.unit_of_work() as uow:
            uow.connection.execute(text("UPDATE engine_version SET version_num = :revision"), {"revision": revision})
        stood.append(store.standing())

    assert stood == [Standing.ABSENT, Standing.CURRENT, Standing.BEHIND, Standing.AHEAD]
    with pytest.raises(WrongTables):
        store.require_current()
    with pytest.raises(WrongTables):
        store.migrate()
    store.close()


def test_looking_for_the_tables_makes_no_file(tmp_path):
    assert Store(f"sqlite:///{tmp_path}/desk.db").standing() is Standing.ABSENT
    assert list(tmp_path.iterdir()) == []


def test_a_table_or_a_column_that_is_not_there_is_of_other_tables(database_url):
    with_table = "WITH t AS (SELECT 1 AS a) SELECT boh FROM t"

    assert trouble_with(database_url, "SELECT * FROM niente") is Trouble.OTHER_TABLES
    assert trouble_with(database_url, with_table) is Trouble.OTHER_TABLES


def test_a_wrong_statement_is_no_trouble_of_the_database(database_url):
    assert trouble_with(database_url, "SELEKT 1") is None
    assert trouble_of(ValueError("altro")) is None


def test_a_sqlite_file_that_cannot_be_used_says_why(tmp_path):
    file = tmp_path / "desk.db"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("CREATE TABLE t (a)")
    (tmp_path / "testo.db").write_text("Questo è un testo." * 99)

    assert trouble_with(f"sqlite:///file:{file}?mode=ro&uri=true", "DELETE FROM t") is Trouble.READ_ONLY
    assert trouble_with(f"sqlite:///{tmp_path}/niente/desk.db") is Trouble.UNOPENED
    assert trouble_with(f"sqlite:///{tmp_path}/testo.db", "SELECT * FROM t") is Trouble.UNREADABLE
    connection.execute("BEGIN IMMEDIATE")
    assert trouble_with(f"sqlite:///{file}?timeout=0", "DELETE FROM t") is Trouble.LOCKED
    connection.close()


def test_a_full_disk_is_told(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/desk.db")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count = 1"))
        full = failure(lambda: connection.execute(text("CREATE TABLE t (a)")))
    engine.dispose()

    assert trouble_of(full) is Trouble.FULL


@pytest.fixture
def owned(postgres):
    """A database, and the address of it for a user with few rights, ``chi``; gone with the test."""
    plain = postgres.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("CREATE ROLE chi LOGIN")
        with database_of(postgres) as url:
            yield url, url.replace("postgres@", "chi@")
        connection.execute("DROP ROLE chi")


def test_a_server_that_does_not_answer_or_does_not_let_in_says_so(postgres, owned):
    _, few_rights = owned
    with psycopg.connect(postgres.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ALTER ROLE chi NOLOGIN")

    assert trouble_with(f"postgresql+psycopg://u@127.0.0.1:{free_port()}/n") is Trouble.UNREACHABLE
    assert trouble_with("postgresql+psycopg://u@nessuno.invalid/n") is Trouble.UNREACHABLE
    assert trouble_with("postgresql+psycopg://u@/n?host=/niente") is Trouble.UNREACHABLE
    assert trouble_with(postgres.replace("/postgres?", "/niente?")) is Trouble.REFUSED
    assert trouble_with(postgres.replace("postgres@", "nessuno@")) is Trouble.REFUSED
    assert trouble_with(few_rights) is Trouble.REFUSED
    assert trouble_with("postgresql+psycopg://u@127.0.0.1/n?boh=1") is Trouble.ADDRESS


def test_a_user_without_rights_and_a_copy_that_is_only_read_say_so(owned):
    url, few_rights = owned
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE t (a text UNIQUE)")
        connection.execute("INSERT INTO t VALUES ('a')")

    assert trouble_with(few_rights, "SELECT * FROM t") is Trouble.NO_RIGHT
    assert trouble_with(f"{url}&options=-cdefault_transaction_read_only%3Don", "DELETE FROM t") is Trouble.READ_ONLY
    assert trouble_with(url, "INSERT INTO t VALUES ('a')") is Trouble.MEANWHILE
    with psycopg.connect(url.replace("+psycopg", "")) as holder:
        holder.execute("LOCK TABLE t")
        assert trouble_with(f"{url}&options=-clock_timeout%3D10", "SELECT * FROM t") is Trouble.LOCKED


def test_a_server_that_stops_meanwhile_says_so(owned):
    url, _ = owned
    engine = create_engine(url)
    with engine.connect() as connection:
        number = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))
        stopped = failure(lambda: connection.execute(text("SELECT 1")))
    engine.dispose()

    assert trouble_of(stopped) is Trouble.UNREACHABLE
