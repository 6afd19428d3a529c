"""Rotate the key-encryption key: each case's own key is wrapped anew, its content is not touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from desk.model import Envelope

if TYPE_CHECKING:
    from desk.facilities.keys import KeyRing
    from engine.store import UnitOfWork


def rotate(uow: UnitOfWork, ring: KeyRing) -> int:
    """Wrap every case's key with the first key of the ring; give how many were wrapped by another.

    Raises:
        EnvelopeKeyMissing: a key that wraps some of them, or any, is not configured: nothing changed.
        EnvelopeTampered: a wrapped key is not what was written: nothing changed.

    """
    first = next(iter(ring.keys), "")
    older = select(Envelope.case_id, Envelope.wrapped_by, Envelope.wrapped_key).where(Envelope.wrapped_by != first)
    rows = uow.connection.execute(older.with_for_update()).all()
    anew = [(case_id, *_anew(ring, str(name), bytes(key or b""), case_id)) for case_id, name, key in rows]
    for case_id, name, wrapped in anew:
        changed = update(Envelope).where(Envelope.case_id == case_id)
        uow.connection.execute(changed.values(wrapped_by=name, wrapped_key=wrapped))
    return len(rows)


def _anew(ring: KeyRing, name: str, wrapped: bytes, case_id: str) -> tuple[str, bytes]:
    return ring.wrap(ring.unwrap(name, wrapped, case_id), case_id)


def in_use(uow: UnitOfWork) -> dict[str, int]:
    """Count the envelopes by the name of the key that wraps theirs: a key with none may be thrown away."""
    counted = select(Envelope.wrapped_by, func.count()).where(Envelope.wrapped_by.is_not(None))
    rows = uow.connection.execute(counted.group_by(Envelope.wrapped_by).order_by(Envelope.wrapped_by))
    return {str(name): count for name, count in rows}
