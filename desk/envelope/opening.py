"""Open an envelope: the only verbs that give back what was deposited, and the refusals that they note.

A person opens it when their role sees the case, an agreement in force names them, they have no conflict of interest
in it and they say why. Each opening and each refusal is written down in the same transaction; a refusal is returned,
not raised, so that its line stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk import cases
from desk.calendar import local_date
from desk.envelope import agreements, conflicts, fitting, log
from desk.envelope.agreements import AgreementKind
from desk.envelope.contents import label_of
from desk.envelope.log import DenialReason, Note, Purpose
from desk.envelope.values import ItemKind
from desk.envelope.whose import locked
from desk.errors import EnvelopeItemNotFound, EnvelopeTampered
from desk.facilities import keys
from desk.model import Case, EnvelopeItem, User

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desk.facilities.keys import KeyRing
    from desk.model import Envelope
    from engine.identity import Actor
    from engine.store import UnitOfWork


TOLD_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class EnvelopeReader:
    """Who opens, why, and with which keys; a ``purpose`` of nothing is refused."""

    actor: Actor
    purpose: Purpose | None
    keys: KeyRing


@dataclass(frozen=True)
class Opened:
    """One item, readable."""

    id: str
    kind: ItemKind
    name: str = field(repr=False)
    media_type: str = field(repr=False)
    deposited_at: datetime
    deposited_by: str
    size: int
    #: What it says; nothing for a file that is listed and not downloaded.
    data: bytes | None = field(repr=False)

    @property
    def text(self) -> str:
        return (self.data or b"").decode()


@dataclass(frozen=True)
class Denied:
    """The envelope stayed closed, and that somebody tried is written."""

    reason: DenialReason


def standing(uow: UnitOfWork, case_id: str, actor: Actor) -> DenialReason | None:
    """Say why the envelope of a case that the actor sees is closed to them; nothing when they may open it."""
    if actor.user in conflicts.of_case(uow, case_id):
        return DenialReason.CONFLICT
    today = local_date(uow.now)
    signed = [each for each in agreements.of_case(uow, case_id) if each.kind is AgreementKind.AGREEMENT]
    naming = [each for each in signed if actor.user in each.people and _works_here(uow, actor)]
    if any(each.in_force(today) for each in naming):
        return None
    if naming:
        return DenialReason.REVOKED if naming[0].revoked_at is not None else DenialReason.EXPIRED
    return DenialReason.NOT_NAMED if any(each.in_force(today) for each in signed) else DenialReason.NO_AGREEMENT


def _works_here(uow: UnitOfWork, actor: Actor) -> bool:
    """Say whether the account is still open: a session that outlived it opens nothing."""
    return uow.connection.execute(select(User.active).where(User.username == actor.user)).scalar_one_or_none() is True


def open_envelope(uow: UnitOfWork, case_id: str, reader: EnvelopeReader) -> list[Opened] | Denied:
    """Open the envelope: its texts, and the names of its files.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        EnvelopeKeyMissing: the key that wraps this case's is not configured, or is not the right one.

    """
    case = cases.get(uow, case_id, reader.actor)
    envelope = locked(uow, case.id)
    rows = _rows(uow, case.id)
    denied = _denied(uow, case.id, reader)
    if denied is None:
        try:
            opened = _read(uow, envelope, rows, reader, with_files=False)
        except EnvelopeTampered:
            denied = DenialReason.TAMPERED
        else:
            _note(uow, case.id, reader, Note.OPENED, rows)
            return opened
    return _refuse(uow, case.id, reader, denied, rows)


def download(uow: UnitOfWork, case_id: str, item_id: str, reader: EnvelopeReader) -> Opened | Denied:
    """Give one item whole.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        EnvelopeItemNotFound: there is no such item in its envelope.
        EnvelopeKeyMissing: the key that wraps this case's is not configured, or is not the right one.

    """
    case = cases.get(uow, case_id, reader.actor)
    envelope = locked(uow, case.id)
    rows = [row for row in _rows(uow, case.id) if row.id == item_id]
    if not rows:
        raise EnvelopeItemNotFound(item_id)
    denied = _denied(uow, case.id, reader)
    if denied is None:
        try:
            (opened,) = _read(uow, envelope, rows, reader, with_files=True)
        except EnvelopeTampered:
            denied = DenialReason.TAMPERED
        else:
            _note(uow, case.id, reader, Note.DOWNLOADED, rows)
            return opened
    return _refuse(uow, case.id, reader, denied, rows)


def turn_away(uow: UnitOfWork, number: str, reader: EnvelopeReader) -> None:
    """Write down that somebody who does not see a case tried its envelope; of a case there is none, nothing.

    Who tries on and on is told once an hour, so that nobody fills the history of a case that is not theirs.
    """
    case_id = uow.connection.execute(select(Case.id).where(Case.number == number)).scalar()
    if case_id is not None and not _was_just_turned_away(uow, case_id, reader):
        _refuse(uow, case_id, reader, DenialReason.STRANGER, ())


def _was_just_turned_away(uow: UnitOfWork, case_id: str, reader: EnvelopeReader) -> bool:
    return any(
        each.username == reader.actor.user
        and each.reason is DenialReason.STRANGER
        and uow.now - each.at < TOLD_AGAIN_AFTER
        for each in log.accesses(uow, case_id)
    )


def _denied(uow: UnitOfWork, case_id: str, reader: EnvelopeReader) -> DenialReason | None:
    return standing(uow, case_id, reader.actor) or (DenialReason.NO_PURPOSE if reader.purpose is None else None)


def _rows(uow: UnitOfWork, case_id: str) -> Sequence[EnvelopeItem]:
    in_order = (EnvelopeItem.deposited_at, EnvelopeItem.id)
    return uow.session.scalars(select(EnvelopeItem).where(EnvelopeItem.case_id == case_id).order_by(*in_order)).all()


def _read(
    uow: UnitOfWork, envelope: Envelope, rows: Sequence[EnvelopeItem], reader: EnvelopeReader, *, with_files: bool
) -> list[Opened]:
    if envelope.wrapped_by is None or envelope.wrapped_key is None:
        return []
    data_key = fitting.case_key(uow, reader.keys, envelope.case_id, envelope.wrapped_by, envelope.wrapped_key)
    return [_opened(row, data_key, whole=with_files or row.kind == ItemKind.TEXT) for row in rows]


def _opened(row: EnvelopeItem, data_key: bytes, *, whole: bool) -> Opened:
    label = label_of(data_key, row.label, row.case_id, row.id)
    data = keys.unseal(data_key, row.content, row.case_id, row.id, "content") if whole else None
    at_and_by = (row.deposited_at, row.deposited_by)
    return Opened(row.id, ItemKind(row.kind), label["name"], label["type"], *at_and_by, row.size, data)


def _note(uow: UnitOfWork, case_id: str, reader: EnvelopeReader, note: Note, rows: Sequence[EnvelopeItem]) -> None:
    log.write(uow, case_id, reader.actor, note, _facts(reader, rows))


def _refuse(
    uow: UnitOfWork, case_id: str, reader: EnvelopeReader, reason: DenialReason, rows: Sequence[EnvelopeItem]
) -> Denied:
    log.write(uow, case_id, reader.actor, Note.REFUSED, _facts(reader, rows) | {"perche": reason.value})
    return Denied(reason)


def _facts(reader: EnvelopeReader, rows: Sequence[EnvelopeItem]) -> dict[str, object]:
    return {
        "ruolo": log.acting_role(reader.actor),
        "motivo": reader.purpose.value if reader.purpose else None,
        "elementi": [row.id for row in rows],
    }
