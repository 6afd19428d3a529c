"""Keep the room of a Comune from meetings while it is used for something else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, insert, select

from desk import comuni
from desk.access import Permission, may, require
from desk.agenda import cells
from desk.errors import AgendaEntryNotFound, InvalidPeriod, RoomTaken
from desk.model import RoomUse
from desk.slots import Slot

if TYPE_CHECKING:
    from engine.identity import Actor
    from engine.store import UnitOfWork

LONGEST_USE = timedelta(days=31)


@dataclass(frozen=True)
class RoomBusy:
    """A time in which the room is used for something else, and for what."""

    id: str
    istat: str
    starts: datetime
    ends: datetime
    reason: str
    recorded_by: str

    @property
    def slot(self) -> Slot:
        return Slot(self.starts, self.ends)


def occupy_room(uow: UnitOfWork, istat: str, during: Slot, reason: str, actor: Actor) -> RoomBusy:
    """Keep the room of a Comune from meetings for some time.

    Raises:
        NotAllowed, ComuneNotFound, ComuneNotJoined: the actor has no such desk to keep.
        InvalidPeriod: it ends before it begins, or lasts more than 31 days.
        RoomTaken: a meeting, proposed or fixed, or another use has the room at that time.

    """
    require(actor, Permission.MANAGE_OFFICE, istat)
    comuni.get_joined(uow, istat)
    if not during.starts < during.ends <= during.starts + LONGEST_USE:
        raise InvalidPeriod
    use = RoomBusy(str(uuid4()), istat, during.starts, during.ends, reason.strip(), actor.user)
    row = {"starts_at": use.starts, "ends_at": use.ends, "reason": use.reason, "recorded_by": actor.user}
    uow.connection.execute(insert(RoomUse), {"id": use.id, "istat": istat, **row})
    taken = cells.replace(uow, cells.of_room_use(use.id), cells.covering([use.slot], [cells.room(istat)]))
    if taken:
        raise RoomTaken(istat, min(cell.instant for cell in taken))
    return use


def release_room(uow: UnitOfWork, use_id: str, actor: Actor) -> RoomBusy:
    """Give the room back to meetings, and return what it was used for.

    Raises:
        AgendaEntryNotFound: there is no such use, or the actor does not keep that desk.

    """
    row = uow.connection.execute(_USES.where(RoomUse.id == use_id)).one_or_none()
    if row is None or not may(actor, Permission.MANAGE_OFFICE, row.istat):
        raise AgendaEntryNotFound(use_id)
    cells.free_all(uow, cells.of_room_use(use_id))
    uow.connection.execute(delete(RoomUse).where(RoomUse.id == use_id))
    return RoomBusy(*row)


def room_busy(uow: UnitOfWork, istat: str, since: datetime, until: datetime | None = None) -> tuple[RoomBusy, ...]:
    """List the other uses of a room that last beyond a moment and begin before another, in order."""
    narrowed = _USES.where(RoomUse.istat == istat, RoomUse.ends_at > since)
    if until is not None:
        narrowed = narrowed.where(RoomUse.starts_at < until)
    return tuple(RoomBusy(*row) for row in uow.connection.execute(narrowed.order_by(RoomUse.starts_at)))


_USES = select(RoomUse.id, RoomUse.istat, RoomUse.starts_at, RoomUse.ends_at, RoomUse.reason, RoomUse.recorded_by)
