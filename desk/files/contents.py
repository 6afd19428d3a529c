"""Remove file contents that no row refers to any more: two documents may share one.

Contents are put, and removed, only while their digest is locked in a transaction: without that, one program could
remove a content in the moment in which another begins to refer to it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desk.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk.facilities.storage import Storage
    from engine.store import Store, UnitOfWork

REFERENCES = (Document.sha256,)
"""Every column whose rows keep a content alive."""


@dataclass(frozen=True)
class Sweep:
    """What a look at the whole storage found."""

    #: Contents that nothing referred to any more, now gone.
    removed: int
    #: Files that arrived long ago and were never kept, now gone.
    forgotten: int
    #: Digests that something refers to and that are not there: a backup has them.
    missing: tuple[str, ...]


def lock(uow: UnitOfWork, digest: str) -> None:
    """Let nobody else put or remove this content until the transaction ends; on SQLite no two ever write at once."""
    if uow.connection.dialect.name == "postgresql":
        key = int.from_bytes(bytes.fromhex(digest[:16]), signed=True)
        uow.connection.execute(select(func.pg_advisory_xact_lock(key)))


def discard(store: Store, storage: Storage, digests: Iterable[str]) -> int:
    """Remove the contents among these that nothing refers to; say how many."""
    return sum(_discarded(store, storage, digest) for digest in set(digests))


def discard_after_commit(uow: UnitOfWork, storage: Storage, digests: Iterable[str]) -> None:
    """Remove contents once the rows that referred to them are gone for good; what a crash leaves, ``sweep`` removes."""
    going, store = frozenset(digests), uow.store

    def act() -> None:
        with suppress(OSError):  # the documents are gone all the same: the next sweep tries again
            discard(store, storage, going)

    uow.after_commit(act)


def discard_after_rollback(uow: UnitOfWork, storage: Storage, digest: str) -> None:
    """Remove a content once the transaction that was to refer to it has failed."""
    store = uow.store

    def act() -> None:
        with suppress(Exception):  # what made the transaction fail may last: the next sweep tries again
            discard(store, storage, [digest])

    uow.after_rollback(act)


def sweep(store: Store, storage: Storage) -> Sweep:
    """Remove every content that nothing refers to, and name those that are missing; safe while people work."""
    with store.snapshot() as uow:
        now, wanted = uow.now, {digest for column in REFERENCES for digest in uow.connection.scalars(select(column))}
    kept = set(storage.digests())
    missing = tuple(sorted(digest for digest in wanted - kept if not storage.exists(digest)))
    return Sweep(discard(store, storage, kept - wanted), storage.tidy(now), missing)


def _discarded(store: Store, storage: Storage, digest: str) -> bool:
    with store.unit_of_work() as uow:
        lock(uow, digest)
        if any(uow.connection.scalar(select(column).where(column == digest).limit(1)) for column in REFERENCES):
            return False
        storage.remove(digest)
        return True
