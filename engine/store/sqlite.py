"""Open SQLite for many readers and writers: write-ahead log, foreign keys, and a fair queue for writers.

``busy_timeout`` alone starves writers, since each one polls; a blocking file lock lets them pass in the order
they came.
"""

from __future__ import annotations

import fcntl
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import URL, Connection

_SHARED: dict[str, Any] = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
WRITING = "sportello_writing"
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was answered with success survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 30000",
)


def open_sqlite(url: URL) -> tuple[Engine, Callable[[], AbstractContextManager[None]]]:
    """Make the engine, and the queue that every writing transaction stands in."""
    file = file_of(url)
    engine = create_engine(url) if file else create_engine(url, **_SHARED)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine, _file_queue(Path(f"{file}.lock")) if file else _thread_queue()


def file_of(url: URL) -> Path | None:
    """Give the file of a SQLite database; nothing for one in memory, or on a server."""
    on_disk = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if on_disk else None


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _thread_queue() -> Callable[[], AbstractContextManager[None]]:
    lock = threading.Lock()

    @contextmanager
    def queue() -> Iterator[None]:
        with lock:
            yield

    return queue


def _file_queue(path: Path) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def queue() -> Iterator[None]:
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # released by close, and by the kernel if the process is killed
            yield

    return queue
