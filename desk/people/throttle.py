"""Slow down guessing: failed attempts are counted in the database, so that all programs and machines count alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from desk.errors import TooManyAttempts
from desk.model import FailedAttempt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.store import UnitOfWork

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """How many failures in a quarter of an hour are borne from one source."""

    kind: str
    source: str
    failures: int

    @property
    def counted_by(self) -> str:
        return sha256(f"{self.kind}\0{self.source.strip().casefold()}".encode()).hexdigest()


def guard(uow: UnitOfWork, limits: Sequence[Limit]) -> None:
    """Raise ``TooManyAttempts`` when any of the sources has failed too often lately."""
    counted = FailedAttempt.counted_by
    lately = (
        select(counted, func.count(), func.min(FailedAttempt.at))
        .where(counted.in_([limit.counted_by for limit in limits]), FailedAttempt.at > uow.now - WINDOW)
        .group_by(counted)
    )
    found: dict[str, tuple[int, datetime]] = {row[0]: (row[1], row[2]) for row in uow.connection.execute(lately)}
    spent = [found[limit.counted_by] for limit in limits if found.get(limit.counted_by, (0, None))[0] >= limit.failures]
    if spent:
        raise TooManyAttempts(max(first for _, first in spent) + WINDOW)


def failed(uow: UnitOfWork, limits: Sequence[Limit]) -> None:
    """Count a failure for every source, and forget those of yesterday."""
    uow.connection.execute(delete(FailedAttempt).where(FailedAttempt.at < uow.now - KEPT))
    rows = [{"counted_by": limit.counted_by, "at": uow.now} for limit in limits]
    uow.connection.execute(insert(FailedAttempt), rows)


def succeeded(uow: UnitOfWork, limit: Limit) -> None:
    """Forget the failures of an account whose owner has shown to be there; those of an address stay."""
    uow.connection.execute(delete(FailedAttempt).where(FailedAttempt.counted_by == limit.counted_by))
