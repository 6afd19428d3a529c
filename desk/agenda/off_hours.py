"""List meetings outside the hours of their desk, which closed or changed its hours after they were called."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk import agenda, comuni
from engine.civil_time import ROME

if TYPE_CHECKING:
    from desk.agenda import EngagedTime
    from desk.comuni.hours import Timetable
    from desk.model import Comune
    from engine.identity import Actor
    from engine.store import UnitOfWork

AHEAD = timedelta(366)


def meetings_off_hours(uow: UnitOfWork, comune: Comune, viewer: Actor) -> tuple[EngagedTime, ...]:
    """List the meetings to come, fixed or proposed, for which the desk is not open; in one statement.

    What names a case is told only to a viewer who may see it. A meeting at a distance needs no open desk.
    """
    timetable = comuni.timetable_of(comune)
    ahead = agenda.Slot(uow.now, uow.now + AHEAD)
    called = agenda.engagements(uow, ahead, istat=comune.istat, viewer=viewer)
    binding = (each for each in called if each.state.binds and each.in_person)
    return tuple(each for each in binding if not _is_open(timetable, each.slot))


def _is_open(timetable: Timetable, slot: agenda.Slot) -> bool:
    starts, ends = slot.starts.astimezone(ROME), slot.ends.astimezone(ROME)
    hours = timetable.on(starts.date())
    return any(each.opens <= starts.time() and ends.time() <= each.closes for each in hours)
