"""Deposit contents in an envelope, list them and take them out; nothing here reads what they say.

Nothing here gives back what was deposited: that is ``opening``'s, for people whom an agreement names.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, func, select

from desk.access import Permission
from desk.calendar import local_date
from desk.envelope import agreements, fitting, log
from desk.envelope.log import Note
from desk.envelope.values import (
    LARGEST_FILE,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ITEMS,
    DepositReceipt,
    EnvelopeState,
    ItemKind,
    NewDeposit,
    OwnItem,
    SealedItem,
)
from desk.envelope.whose import case_for, is_requester, locked
from desk.errors import (
    EnvelopeDestroyed,
    EnvelopeFull,
    EnvelopeHoldsItems,
    EnvelopeItemNotFound,
    NotAllowed,
    NothingAgreed,
    SpokenOnly,
    UnfitDeposit,
)
from desk.facilities import keys
from desk.model import Envelope, EnvelopeItem
from desk.proof import deposits
from engine.identity import ENGINE

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from desk.facilities import Facilities
    from desk.facilities.keys import KeyRing
    from engine.identity import Actor
    from engine.store import UnitOfWork


def deposit(uow: UnitOfWork, facilities: Facilities, case_id: str, given: NewDeposit, actor: Actor) -> DepositReceipt:
    """Seal a text or a file into the envelope; its SHA-256 goes into the history, its name and content nowhere.

    The same id sent again changes nothing.

    Raises:
        InstanceNotFound, NotAllowed: the actor is neither the requester nor the referente of the case.
        NothingAgreed: neither an agreement nor a waiver is in force.
        SpokenOnly: the requester wants to tell it in person.
        EnvelopeDestroyed, EnvelopeFull: it takes nothing any more.
        UnfitDeposit: empty, too large, or with a name too long.
        EnvelopeKeyMissing: no key is configured, or not the right one.

    """
    case = case_for(uow, case_id, actor, Permission.FILL_ENVELOPE)
    envelope = locked(uow, case.id)
    there = _deposited_before(uow, case, given)
    if there is not None:
        return there
    _refuse_unfit(given)
    _refuse_closed(uow, envelope)
    data_key = _data_key(uow, envelope, facilities.envelope_keys)
    item = _sealed(uow, case.id, given, data_key, actor)
    uow.session.add(item)
    uow.session.flush()
    log.write(uow, case.id, actor, Note.DEPOSITED, {"elemento": item.id, "genere": item.kind})
    proof = deposits.record(uow, case.id, sha256(given.data).hexdigest(), deposits.DepositKind.ENVELOPE, actor)
    return DepositReceipt(item.id, proof.sha256, item.size, proof.at)


def state(uow: UnitOfWork, case_id: str) -> EnvelopeState:
    """Say what became of the envelope of a case, for whoever was let see the case."""
    chosen = select(Envelope.spoken_only, Envelope.destroyed_at).where(Envelope.case_id == case_id)
    row = uow.connection.execute(chosen).one_or_none()
    if row is not None and row.destroyed_at is not None:
        return EnvelopeState.DESTROYED
    return EnvelopeState.SPOKEN_ONLY if row is not None and row.spoken_only else EnvelopeState.OPEN_FOR_DEPOSITS


def items(uow: UnitOfWork, case_id: str) -> list[SealedItem]:
    """List what is in the envelope without its names, in the order it came, for whoever was let see the case."""
    return [
        SealedItem(row.id, ItemKind(row.kind), row.size, row.deposited_at, row.deposited_by)
        for row in _rows(uow, case_id)
    ]


def own_items(uow: UnitOfWork, facilities: Facilities, case_id: str, actor: Actor) -> list[OwnItem]:
    """List what is in the envelope with its names, for the requester alone.

    Raises:
        NotAllowed: the actor is no requester.
        EnvelopeKeyMissing, EnvelopeTampered: the names cannot be read.

    """
    case = _for_owner(uow, case_id, actor)
    wrapped = uow.connection.execute(
        select(Envelope.wrapped_by, Envelope.wrapped_key).where(Envelope.case_id == case.id)
    ).one_or_none()
    if wrapped is None or wrapped.wrapped_key is None:
        return []
    data_key = fitting.case_key(uow, facilities.envelope_keys, case.id, wrapped.wrapped_by, wrapped.wrapped_key)
    return [_own_item(row, data_key, case.id) for row in _rows(uow, case.id)]


def take_out(uow: UnitOfWork, case_id: str, item_id: str, actor: Actor) -> None:
    """Delete one item for good, as the requester wishes.

    Raises:
        InstanceNotFound, NotAllowed: the actor is not the requester of the case.
        EnvelopeItemNotFound: there is no such item in the envelope.

    """
    case = _for_owner(uow, case_id, actor)
    locked(uow, case.id)
    gone = delete(EnvelopeItem).where(EnvelopeItem.case_id == case.id, EnvelopeItem.id == item_id)
    if not uow.connection.execute(gone).rowcount:
        raise EnvelopeItemNotFound(item_id)
    log.write(uow, case.id, actor, Note.TAKEN_OUT, {"elemento": item_id})


def speak_only(uow: UnitOfWork, case_id: str, actor: Actor, *, spoken: bool) -> None:
    """Choose to tell the idea in person only, or to deposit after all.

    Raises:
        InstanceNotFound, NotAllowed: the actor is neither the requester nor the referente of the case.
        EnvelopeHoldsItems: something was deposited already.

    """
    case = case_for(uow, case_id, actor, Permission.FILL_ENVELOPE)
    envelope = locked(uow, case.id)
    if envelope.spoken_only == spoken:
        return
    if spoken and _count(uow, case.id):
        raise EnvelopeHoldsItems
    envelope.spoken_only = spoken
    uow.session.flush()
    log.write(uow, case.id, actor, Note.SPOKEN_ONLY, {"a_voce": spoken})


def destroy(uow: UnitOfWork, case_id: str, actor: Actor) -> None:
    """Destroy the key and the sealed content for good: the requester does, or the engine when its time is over.

    Raises:
        InstanceNotFound, NotAllowed: the actor is not the requester of the case.

    """
    own = case_id if actor == ENGINE else _for_owner(uow, case_id, actor).id
    envelope = locked(uow, own)
    if envelope.destroyed_at is not None:
        return
    envelope.wrapped_by, envelope.wrapped_key, envelope.destroyed_at = None, None, uow.now
    uow.session.flush()
    uow.connection.execute(delete(EnvelopeItem).where(EnvelopeItem.case_id == own))
    log.write(uow, own, actor, Note.DESTROYED)


def label_of(data_key: bytes, sealed: bytes, case_id: str, item_id: str) -> dict[str, str]:
    """Read the name and media type of an item."""
    label: dict[str, str] = json.loads(keys.unseal(data_key, sealed, case_id, item_id, "label"))
    return label


def _for_owner(uow: UnitOfWork, case_id: str, actor: Actor) -> CaseSummary:
    if not is_requester(actor):
        raise NotAllowed(actor.user, Permission.FILL_ENVELOPE)
    return case_for(uow, case_id, actor)


def _deposited_before(uow: UnitOfWork, case: CaseSummary, given: NewDeposit) -> DepositReceipt | None:
    if given.id is None:
        return None
    columns = (EnvelopeItem.case_id, EnvelopeItem.size, EnvelopeItem.deposited_at)
    row = uow.connection.execute(select(*columns).where(EnvelopeItem.id == given.id)).one_or_none()
    if row is not None and row.case_id != case.id:
        raise EnvelopeItemNotFound(given.id)
    return row and DepositReceipt(given.id, sha256(given.data).hexdigest(), row.size, row.deposited_at)


def _refuse_unfit(given: NewDeposit) -> None:
    longest = LARGEST_FILE if given.kind is ItemKind.FILE else LONGEST_TEXT
    if not given.data:
        raise UnfitDeposit("vuoto")
    if len(given.data) > longest:
        raise UnfitDeposit("troppo_grande")
    if len(given.name) > LONGEST_NAME or (given.kind is ItemKind.FILE and not given.name):
        raise UnfitDeposit("nome")


def _refuse_closed(uow: UnitOfWork, envelope: Envelope) -> None:
    if envelope.destroyed_at is not None:
        raise EnvelopeDestroyed
    if envelope.spoken_only:
        raise SpokenOnly
    today = local_date(uow.now)
    if not any(each.in_force(today) for each in agreements.of_case(uow, envelope.case_id)):
        raise NothingAgreed
    if _count(uow, envelope.case_id) >= MOST_ITEMS:
        raise EnvelopeFull(MOST_ITEMS)


def _data_key(uow: UnitOfWork, envelope: Envelope, ring: KeyRing) -> bytes:
    """Give the case's key, made at its first deposit."""
    if envelope.wrapped_by is not None and envelope.wrapped_key is not None:
        return fitting.case_key(uow, ring, envelope.case_id, envelope.wrapped_by, envelope.wrapped_key)
    fitting.refuse_unfit(uow, ring)
    data_key = keys.new_data_key()
    envelope.wrapped_by, envelope.wrapped_key = ring.wrap(data_key, envelope.case_id)
    return data_key


def _sealed(uow: UnitOfWork, case_id: str, given: NewDeposit, data_key: bytes, actor: Actor) -> EnvelopeItem:
    item_id = given.id or str(uuid4())
    label = json.dumps({"name": given.name, "type": given.media_type}).encode()
    return EnvelopeItem(
        id=item_id,
        case_id=case_id,
        kind=given.kind.value,
        label=keys.seal(data_key, label, case_id, item_id, "label"),
        content=keys.seal(data_key, given.data, case_id, item_id, "content"),
        size=len(given.data),
        deposited_at=uow.now,
        deposited_by=actor.user,
    )


def _rows(uow: UnitOfWork, case_id: str) -> list[EnvelopeItem]:
    in_order = (EnvelopeItem.deposited_at, EnvelopeItem.id)
    columns = [column for column in EnvelopeItem.__table__.columns if column.name != "content"]
    return list(
        uow.connection.execute(select(*columns).where(EnvelopeItem.case_id == case_id).order_by(*in_order))  # type: ignore[arg-type]  # rows with the members of an item
    )


def _own_item(row: EnvelopeItem, data_key: bytes, case_id: str) -> OwnItem:
    name = label_of(data_key, row.label, case_id, row.id)["name"]
    return OwnItem(row.id, ItemKind(row.kind), row.size, row.deposited_at, row.deposited_by, name)


def _count(uow: UnitOfWork, case_id: str) -> int:
    counted = select(func.count()).select_from(EnvelopeItem).where(EnvelopeItem.case_id == case_id)
    return uow.connection.execute(counted).scalar_one()
