"""Record what was deposited, when, and its fingerprint: in the chained history, printed on receipts, found later.

A fingerprint is the SHA-256 of the very bytes deposited. The history keeps it and never the content: whoever holds
the bytes can show that they are the same, and nobody can find them out from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256 as sha256_of
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Text, select, type_coerce

from desk import cases
from desk.model import Case
from engine import history
from engine.errors import InstanceNotFound
from engine.history import EventType
from engine.model import history_event
from engine.store import Event

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.identity import Actor
    from engine.store import UnitOfWork

NOTE = "deposito"
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class DepositKind(StrEnum):
    """What a deposit was, in the words of its note."""

    #: The answers of the registration, as ``document`` writes them.
    REQUEST = "richiesta"
    #: A text or a file of the sealed envelope.
    ENVELOPE = "busta"


@dataclass(frozen=True)
class Deposit:
    """A fingerprint that stands in a case's history."""

    #: 64 hexadecimal digits, small letters.
    sha256: str
    what: str
    at: datetime
    #: The user name of who deposited it; ``richiedente`` for the requester.
    actor: str


@dataclass(frozen=True)
class Found:
    """A deposit and the case it belongs to."""

    case_id: str
    number: str
    deposit: Deposit


def record(uow: UnitOfWork, case_id: str, sha256: str, what: str, actor: Actor) -> Deposit:
    """Note in a case's history that something with this fingerprint was deposited now; who may is the caller's to know.

    Raises:
        ValueError: ``sha256`` is not 64 hexadecimal digits in small letters.

    """
    if not FINGERPRINT.fullmatch(sha256):
        raise ValueError("a SHA-256 is written as 64 hexadecimal digits in small letters")
    event = Event(uow.now, EventType.NOTED, None, None, actor.user, {"note": NOTE, "sha256": sha256, "what": what})
    history.write(uow, case_id, [event])
    return _deposit(event)


def seal(uow: UnitOfWork, case_id: str, actor: Actor) -> Deposit | None:
    """Note the fingerprint of the request as registered, once for each content; nothing while it is a draft.

    Raises:
        InstanceNotFound: there is no such case.

    """
    registered = document(uow, case_id)
    if registered is None:
        return None
    sealed = sha256_of(registered).hexdigest()
    last = latest(uow, case_id)
    return last if last and last.sha256 == sealed else record(uow, case_id, sealed, DepositKind.REQUEST, actor)


def latest(uow: UnitOfWork, case_id: str, what: str = DepositKind.REQUEST) -> Deposit | None:
    """Give the last deposit of a kind; nothing where none was made."""
    return next(reversed(of_case(uow, case_id, what)), None)


def of_case(uow: UnitOfWork, case_id: str, what: str | None = None) -> list[Deposit]:
    """List a case's deposits, oldest first; those of one kind where ``what`` is given."""
    noted = [_deposit(event) for event in history.read(uow, case_id) if _is_deposit(event)]
    return [each for each in noted if what in (None, each.what)]


def document(uow: UnitOfWork, case_id: str) -> bytes | None:
    """Write what was registered as it would be sealed now: canonical JSON, one spelling for one content.

    Raises:
        InstanceNotFound: there is no such case.

    """
    return _document(_case(uow, case_id), history.read(uow, case_id))


def proofs(uow: UnitOfWork, case_id: str) -> list[dict[str, Any]]:
    """Give what a requester needs to prove their deposits later; JSON that ``verify-receipt`` reads.

    Of the request itself ``contenuto`` is the sealed text, whose bytes in UTF-8 have this fingerprint.

    Raises:
        InstanceNotFound: there is no such case.

    """
    case, events = _case(uow, case_id), history.read(uow, case_id)
    return [_proof(case, events[:place], event) for place, event in enumerate(events) if _is_deposit(event)]


def find(uow: UnitOfWork, sha256: str) -> list[Found]:
    """Find the deposits with this fingerprint in all cases, oldest first."""
    table = history_event
    if not FINGERPRINT.fullmatch(sha256):
        return []
    mentions = type_coerce(table.c.facts, Text).contains(sha256)
    rows = select(table, Case.number).join(Case, Case.id == table.c.instance_id)
    rows = rows.where(table.c.type == EventType.NOTED, mentions).order_by(table.c.id)
    found = [(row, _event(row)) for row in uow.connection.execute(rows)]
    return [
        Found(row.instance_id, row.number, _deposit(event))
        for row, event in found
        if _is_deposit(event) and event.facts["sha256"] == sha256
    ]


def canonical(content: Mapping[str, Any]) -> bytes:
    """Write JSON in one spelling alone: names in order, no spaces, UTF-8."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def _case(uow: UnitOfWork, case_id: str) -> cases.CaseSummary:
    found = cases.by_id(uow, [case_id]).get(case_id)
    if found is None:
        raise InstanceNotFound(case_id)
    return found


def _document(case: cases.CaseSummary, events: Sequence[Event]) -> bytes | None:
    """Seal the latest answers of the first step that anybody completed: that step registers the request."""
    completed = [event for event in events if event.type == EventType.TASK_COMPLETED]
    if not completed:
        return None
    registered = [event for event in completed if event.element_id == completed[0].element_id][-1]
    return canonical(
        {
            "numero": case.number,
            "comune_istat": case.istat,
            "ricevuta_il": case.opened_at.isoformat(),
            "registrata_il": registered.at.isoformat(),
            "risposte": registered.facts.get("answers") or {},
        }
    )


def _proof(case: cases.CaseSummary, before: Sequence[Event], event: Event) -> dict[str, Any]:
    deposit = _deposit(event)
    proof = {"che_cosa": deposit.what, "sha256": deposit.sha256, "depositato_il": deposit.at.isoformat()}
    sealed = _document(case, before) if deposit.what == DepositKind.REQUEST else None
    return proof | ({"contenuto": sealed.decode()} if sealed else {})


def _is_deposit(event: Event) -> bool:
    return event.type == EventType.NOTED and event.facts.get("note") == NOTE


def _deposit(event: Event) -> Deposit:
    return Deposit(str(event.facts["sha256"]), str(event.facts["what"]), event.at, event.actor)


def _event(row: Any) -> Event:
    return Event(row.at, row.type, row.element_id, row.name, row.actor, row.facts)
