"""Why a database cannot be used: read from what SQLAlchemy and the drivers raise, for whoever has to mend it."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from typing import TYPE_CHECKING

from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, ProgrammingError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Trouble(StrEnum):
    """What keeps a database from being used."""

    #: Its address says something that the driver does not know.
    ADDRESS = "address"
    #: Nothing answers at its address.
    UNREACHABLE = "unreachable"
    #: The server answers and does not let this user into this database: name, password, rights to enter, its own state.
    REFUSED = "refused"
    #: Its file, or the file that writers queue at, cannot be opened or made.
    UNOPENED = "unopened"
    #: Another program holds it for longer than anybody waits.
    LOCKED = "locked"
    #: It may be read and not written.
    READ_ONLY = "read only"
    #: The user has no right to do this in it.
    NO_RIGHT = "no right"
    #: The disk has no room.
    FULL = "full"
    #: The file is no database, or is damaged.
    UNREADABLE = "unreadable"
    #: Its tables are not those of this program; ``Store.standing`` says which they are.
    OTHER_TABLES = "other tables"
    #: Somebody else changed the same rows in the same moment.
    MEANWHILE = "meanwhile"


class UnusableAddress(ValueError):
    """The text is the address of no database that the program speaks to: SQLite, or PostgreSQL through psycopg."""


ADDRESS_FAILURES = (ArgumentError, NoSuchModuleError, ImportError, ValueError)
"""What SQLAlchemy raises for an address that it cannot read, or whose driver is not installed."""

SQLITE: Mapping[int, Trouble] = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNOPENED,
    sqlite3.SQLITE_PERM: Trouble.UNOPENED,
    sqlite3.SQLITE_AUTH: Trouble.NO_RIGHT,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.UNREADABLE,
    sqlite3.SQLITE_NOTADB: Trouble.UNREADABLE,
    sqlite3.SQLITE_CORRUPT: Trouble.UNREADABLE,
}
"""By SQLite's primary result code, the low byte of the extended one."""

POSTGRESQL: Mapping[str, Trouble] = {
    "08": Trouble.UNREACHABLE,
    "57P": Trouble.UNREACHABLE,
    "28": Trouble.REFUSED,
    "3D": Trouble.REFUSED,
    "53300": Trouble.REFUSED,
    "42501": Trouble.NO_RIGHT,
    "25006": Trouble.READ_ONLY,
    "53100": Trouble.FULL,
    "55P03": Trouble.LOCKED,
    "42P01": Trouble.OTHER_TABLES,
    "42703": Trouble.OTHER_TABLES,
    "40": Trouble.MEANWHILE,
    "23505": Trouble.MEANWHILE,
}
"""By SQLSTATE, or its class (PostgreSQL's appendix A)."""


def trouble_of(failure: BaseException) -> Trouble | None:
    """Say what keeps the database from being used, or nothing where this failure is another kind."""
    if isinstance(failure, CommandError):  # a revision that this program does not bring
        return Trouble.OTHER_TABLES
    if not isinstance(failure, DBAPIError) or failure.orig is None:
        return None
    if isinstance(failure.orig, sqlite3.Error):
        return _of_sqlite(failure.orig)
    return _of_postgresql(failure, getattr(failure.orig, "sqlstate", None))


def _of_sqlite(failure: sqlite3.Error) -> Trouble | None:
    code = getattr(failure, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_ERROR and str(failure).startswith(("no such table", "no such column")):
        return Trouble.OTHER_TABLES  # SQLite has no code of their own for them
    return SQLITE.get(code & 0xFF)


def _of_postgresql(failure: DBAPIError, state: str | None) -> Trouble | None:
    if state is not None:
        return next((found for prefix, found in POSTGRESQL.items() if state.startswith(prefix)), None)
    if isinstance(failure, ProgrammingError):
        return Trouble.ADDRESS
    if not isinstance(failure, OperationalError):
        return None
    # While a connection is being made psycopg gives no SQLSTATE. «FATAL» begins what the server says, in whatever
    # language it speaks; «password» is libpq's, which asks for one before the server refuses.
    told = str(failure.orig)
    return Trouble.REFUSED if "FATAL" in told or "password" in told else Trouble.UNREACHABLE
