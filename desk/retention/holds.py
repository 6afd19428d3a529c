"""Place and lift legal holds (a dispute, an inspection, a court): meanwhile nothing of the case is erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from desk.access import Permission, require
from desk.errors import HoldNotFound, ReasonMissing
from desk.model import Case, LegalHold
from engine import history, instances
from engine.errors import InstanceNotFound
from engine.history import EventType
from engine.store import Event

if TYPE_CHECKING:
    from datetime import datetime

    from engine.identity import Actor
    from engine.store import UnitOfWork

PLACED, LIFTED = "blocco_messo", "blocco_tolto"


LONGEST_REASON = 200


@dataclass(frozen=True)
class Hold:
    """A hold that stands."""

    id: int
    number: str
    reason: str
    placed_by: str
    placed_at: datetime


def holds(uow: UnitOfWork, actor: Actor) -> list[Hold]:
    """List the holds that stand, the latest first.

    Raises:
        NotAllowed: the actor's role does not erase.

    """
    require(actor, Permission.ERASE_CASES)
    names = (LegalHold.id, Case.number, LegalHold.reason, LegalHold.placed_by, LegalHold.placed_at)
    rows = select(*names).join(Case, Case.id == LegalHold.case_id).where(LegalHold.lifted_at.is_(None))
    return [Hold(*row) for row in uow.connection.execute(rows.order_by(LegalHold.placed_at.desc(), LegalHold.id))]


def place_hold(uow: UnitOfWork, number: str, reason: str, actor: Actor) -> None:
    """Keep a pratica from being erased; the same hold placed twice is one.

    Raises:
        NotAllowed: the actor's role does not erase.
        InstanceNotFound: no pratica has this number.
        ReasonMissing: no reason is given.

    """
    require(actor, Permission.ERASE_CASES)
    case_id = uow.connection.execute(select(Case.id).where(Case.number == number.strip().upper())).scalar()
    if case_id is None:
        raise InstanceNotFound(number)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ReasonMissing
    instances.lock(uow, case_id)
    same = (LegalHold.case_id == case_id, LegalHold.reason == reason.strip(), LegalHold.lifted_at.is_(None))
    if uow.connection.execute(select(LegalHold.id).where(*same)).first():
        return
    row = {"case_id": case_id, "reason": reason.strip(), "placed_by": actor.user, "placed_at": uow.now}
    uow.connection.execute(insert(LegalHold), row)
    _note(uow, case_id, actor, {"note": PLACED, "reason": reason.strip()})


def lift(uow: UnitOfWork, hold_id: int, actor: Actor) -> None:
    """Lift a hold: the pratica may be erased again once its term is over.

    Raises:
        NotAllowed: the actor's role does not erase.
        HoldNotFound: no such hold stands.

    """
    require(actor, Permission.ERASE_CASES)
    standing = (LegalHold.id == hold_id, LegalHold.lifted_at.is_(None))
    lifted = {"lifted_by": actor.user, "lifted_at": uow.now}
    changed = update(LegalHold).where(*standing).values(lifted).returning(LegalHold.case_id)
    case_id = uow.connection.execute(changed).scalar()
    if case_id is None:
        raise HoldNotFound(hold_id)
    _note(uow, case_id, actor, {"note": LIFTED})


def _note(uow: UnitOfWork, case_id: str, actor: Actor, facts: dict[str, str]) -> None:
    history.write(uow, case_id, [Event(uow.now, EventType.NOTED, None, None, actor.user, facts)])
