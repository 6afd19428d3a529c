"""The database, opened once for a program; every transaction of it begins here."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, make_url

from engine.model.tables import metadata
from engine.store.migration import MIGRATIONS, Schema, Standing, WrongTables, one_at_a_time, standing_of, upgrade
from engine.store.sqlite import WRITING, file_of, open_sqlite
from engine.store.trouble import ADDRESS_FAILURES, UnusableAddress
from engine.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import URL

    from engine.problems import Problem
    from engine.store.extension import Extension, Operation

ENGINE_SCHEMA = Schema(metadata, MIGRATIONS, "engine_version")


def system_clock() -> datetime:
    """Give the present moment: what a store that is given no other clock takes for now."""
    return datetime.now(UTC)


class Store:
    """A SQLite file (``sqlite:///desk.db``) or a PostgreSQL database (``postgresql+psycopg://…``).

    Opening one speaks to no database yet; raises ``UnusableAddress`` for any other address.
    """

    def __init__(
        self,
        url: str | URL,
        *,
        extensions: Sequence[Extension] = (),
        clock: Callable[[], datetime] = system_clock,
    ) -> None:
        self.extensions = tuple(extensions)
        self.clock = clock
        #: What was parsed once for this process: definitions by id, candidate sets already written.
        self.parsed: dict[object, Any] = {}
        self.engine, self._queue = _open(url)

    @cached_property
    def schemas(self) -> tuple[Schema, ...]:
        return ENGINE_SCHEMA, *(extension.schema for extension in self.extensions if extension.schema)

    @cached_property
    def groups(self) -> frozenset[str]:
        return frozenset().union(*(extension.groups for extension in self.extensions))

    @cached_property
    def function_names(self) -> frozenset[str]:
        return frozenset().union(*(extension.function_names for extension in self.extensions))

    @cached_property
    def variable_names(self) -> frozenset[str]:
        return frozenset().union(*(extension.variables for extension in self.extensions))

    def check(self, documents: Mapping[str, bytes]) -> list[Problem]:
        """Let the programs above look at the files of a deployment; what they find, in order of file and line."""
        checks = [extension.check for extension in self.extensions if extension.check]
        return sorted({problem for check in checks for problem in check(documents)})

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        return {topic: run for extension in self.extensions for topic, run in extension.operations.items()}

    @property
    def place(self) -> str:
        """Where the database is, without user and password: its file, or server and name."""
        url = self.engine.url
        if file_of(url) is not None or not url.host:
            return str(url.database or "")
        return f"{url.host}:{url.port}/{url.database}" if url.port else f"{url.host}/{url.database}"

    def standing(self) -> Standing:
        """Say whether the tables are those of this program; looking makes no file."""
        url = self.engine.url
        if (file := file_of(url)) and not url.query and not file.exists():
            return Standing.ABSENT
        with self._transaction(writing=False) as connection:
            return standing_of(connection, self.schemas)

    def require_current(self) -> None:
        """Raise ``WrongTables`` unless the tables are those of this program."""
        standing = self.standing()
        if standing is not Standing.CURRENT:
            raise WrongTables(standing)

    def migrate(self) -> None:
        """Bring the tables to the newest numbered migration, the engine's first.

        Raises:
            WrongTables: a newer program has migrated them already.

        """
        with self._transaction(writing=True) as connection:
            if standing_of(connection, self.schemas) is Standing.AHEAD:
                raise WrongTables(Standing.AHEAD)
            for schema in self.schemas:
                upgrade(connection, schema)

    @contextmanager
    def unit_of_work(self, now: datetime | None = None) -> Iterator[UnitOfWork]:
        """Open a writing transaction: returning commits it, raising rolls it back."""
        uow: UnitOfWork | None = None
        try:
            with self._transaction(writing=True) as connection:
                uow = UnitOfWork(self, connection, now or self.clock())
                try:
                    yield uow
                    uow.flush()
                finally:
                    uow.close()
        except BaseException:
            if uow is not None:
                uow.rolled_back()
            raise
        uow.committed()

    @contextmanager
    def snapshot(self, now: datetime | None = None) -> Iterator[UnitOfWork]:
        """Open a reading transaction: it waits for no writer and keeps none waiting."""
        with self._transaction(writing=False) as connection:
            uow = UnitOfWork(self, connection, now or self.clock())
            try:
                yield uow
            finally:
                uow.close()

    @contextmanager
    def all_or_nothing(self) -> Iterator[Store]:
        """Give a store whose transactions are parts of one: returning keeps them all, raising none.

        Whoever asks for it meanwhile waits, in this program or another. Its functions must stay in this thread.
        """
        with self._transaction(writing=True) as connection:
            one_at_a_time(connection)
            yield _OneTransaction(self, connection)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        queue = self._queue() if writing or self._is_shared else nullcontext()
        with queue, self.engine.connect().execution_options(**{WRITING: writing}) as connection, connection.begin():
            yield connection

    @cached_property
    def _is_shared(self) -> bool:
        """A database in memory is one connection, which readers and writers must take in turn."""
        return self.engine.dialect.name == "sqlite" and file_of(self.engine.url) is None


class _OneTransaction(Store):
    """A store inside a transaction that is open: its own are savepoints in it."""

    def __init__(self, outer: Store, connection: Connection) -> None:
        self.extensions, self.clock, self.engine = outer.extensions, outer.clock, outer.engine
        self.parsed = {}  # what is kept here may be rolled back: the outer store must not know it
        self._connection = connection

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        del writing  # all of it is
        with self._connection.begin_nested():
            yield self._connection


def _open(address: str | URL) -> tuple[Engine, Callable[[], AbstractContextManager[None]]]:
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            return open_sqlite(url)
        engine = create_engine(url, pool_pre_ping=True)
    except ADDRESS_FAILURES as unreadable:
        raise UnusableAddress("no database has this address") from unreadable
    if engine.dialect.name != "postgresql" or engine.dialect.driver != "psycopg":
        raise UnusableAddress("this database is neither SQLite nor PostgreSQL through psycopg")
    return engine, nullcontext
