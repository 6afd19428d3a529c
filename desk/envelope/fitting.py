"""Find envelopes whose key the configured keys do not open: it may be lost, or another have its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk.envelope.rotation import in_use
from desk.errors import EnvelopeKeyMissing, EnvelopeTampered
from desk.model import Envelope

if TYPE_CHECKING:
    from desk.facilities.keys import KeyRing
    from engine.store import UnitOfWork

ENOUGH = 50
"""Envelopes to try a key on: nobody tampers with so many at once."""


@dataclass(frozen=True)
class Unfit:
    """A key that envelopes need and that does not open them; ``configured`` says that one with its name is there."""

    name: str
    envelopes: int
    configured: bool


def unfit(uow: UnitOfWork, ring: KeyRing) -> list[Unfit]:
    """Name the keys that envelopes need and that are missing, or are not the right ones."""
    return [
        Unfit(name, count, name in ring.keys) for name, count in in_use(uow).items() if not _opens_any(uow, ring, name)
    ]


def case_key(uow: UnitOfWork, ring: KeyRing, case_id: str, name: str, wrapped: bytes) -> bytes:
    """Decrypt a case's key; where the configured key opens no envelope at all, it is the wrong one, not the envelope.

    Raises:
        EnvelopeKeyMissing: the key that wrapped it is not configured, or is not the right one.
        EnvelopeTampered: the wrapped key is not what was written, or another case's.

    """
    try:
        return ring.unwrap(name, wrapped, case_id)
    except EnvelopeTampered:
        if _opens_any(uow, ring, name):
            raise
        raise EnvelopeKeyMissing(name) from None


def refuse_unfit(uow: UnitOfWork, ring: KeyRing) -> None:
    """Let no key wrap anything under a name with which another key did: once that one is back, this is lost.

    Raises:
        EnvelopeKeyMissing: the first key of the ring opens none of the envelopes that its name wrapped.

    """
    name = next(iter(ring.keys), "")
    if name in in_use(uow) and not _opens_any(uow, ring, name):
        raise EnvelopeKeyMissing(name)


def _opens_any(uow: UnitOfWork, ring: KeyRing, name: str) -> bool:
    chosen = select(Envelope.case_id, Envelope.wrapped_key).where(Envelope.wrapped_by == name).limit(ENOUGH)
    return any(_opens(ring, name, bytes(key or b""), case_id) for case_id, key in uow.connection.execute(chosen))


def _opens(ring: KeyRing, name: str, wrapped: bytes, case_id: str) -> bool:
    try:
        ring.unwrap(name, wrapped, case_id)
    except (EnvelopeKeyMissing, EnvelopeTampered):
        return False
    return True
