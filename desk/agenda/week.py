"""Read one week of an agenda: who is engaged when and where, what is closed and why, which times are free.

Who asked for a meeting is told only to those who may see the case; to others the time is just taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, or_, select

from desk.access import visible
from desk.agenda.availability import Absence, DeskDay, desk_days
from desk.agenda.convocations import ConvocationState
from desk.agenda.free import days_from, free_among, on_days, read_openings, taken
from desk.agenda.rooms import RoomBusy, room_busy
from desk.model import Case, Comune, Engagement, Meeting
from desk.slots import LONGEST, USUAL, Slot

if TYPE_CHECKING:
    from desk.agenda.free import OpenTimes
    from desk.calendar import NonWorkingDay
    from engine.identity import Actor
    from engine.store import UnitOfWork

WEEK = 7


@dataclass(frozen=True)
class EngagedTime:
    """A time that a convocation takes or took; what names the case is told only to those who may see it."""

    slot: Slot
    uid: str
    state: ConvocationState
    analyst: str | None
    istat: str
    comune: str
    room: str | None
    in_person: bool
    case_id: str | None
    number: str | None
    requester: str | None

    @property
    def held(self) -> bool:
        """Say whether it is one of some proposals, not yet chosen."""
        return self.state == ConvocationState.PROPOSED


@dataclass(frozen=True)
class AgendaDay:
    """One day of an agenda."""

    day: date
    #: Why the Comune, or Italy when none was given, does not work on that day.
    closed: NonWorkingDay | None
    #: The hours in which a meeting can be held, taken or not; without Comune and analyst, none.
    open: tuple[Slot, ...]
    free: tuple[Slot, ...]
    engagements: tuple[EngagedTime, ...]
    room_busy: tuple[RoomBusy, ...]
    absences: tuple[Absence, ...]
    desk_days: tuple[DeskDay, ...]


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on."""

    monday: date
    days: tuple[AgendaDay, ...]

    @property
    def previous(self) -> date:
        return self.monday - timedelta(WEEK)

    @property
    def following(self) -> date:
        return self.monday + timedelta(WEEK)


def week(  # noqa: PLR0913  # where, whose, which week, how long meetings are and who looks
    uow: UnitOfWork,
    istat: str | None,
    analyst: str | None,
    monday: date,
    *,
    minutes: int = USUAL,
    viewer: Actor | None = None,
) -> Week:
    """Give the week that a day lies in, of one Comune, of one analyst, of both, or of all, in at most nine statements.

    Given both, it has what takes either of them, and the times free for both.

    Raises:
        ComuneNotFound: no Comune has this code.

    """
    first = monday - timedelta(monday.weekday())
    whole = on_days(first, WEEK)
    openings = read_openings(uow, istat, analyst, whole)
    there = openings.presence
    parts = _Parts(
        openings,
        taken(uow, istat, analyst, whole),
        engagements(uow, whole, istat=istat, analyst=analyst, viewer=viewer),
        room_busy(uow, istat, whole.starts, whole.ends) if istat else (),
        there.absences if there else (),
        there.desk_days if there else desk_days(uow, first, first + timedelta(WEEK - 1), istat=istat),
    )
    offered = set(days_from(uow, parts.openings, first, WEEK))
    days = (first + timedelta(offset) for offset in range(WEEK))
    return Week(first, tuple(parts.on(day, minutes if day in offered else 0) for day in days))


def engagements(
    uow: UnitOfWork,
    during: Slot,
    *,
    istat: str | None = None,
    analyst: str | None = None,
    viewer: Actor | None = None,
) -> tuple[EngagedTime, ...]:
    """List the times that convocations take in a Comune or of an analyst (everywhere, of all, when none is given).

    In one statement, in order. A meeting at a distance takes no room: it is in the Comune's list all the same.
    """
    wanted = [Meeting.istat == istat] * (istat is not None) + [Meeting.analyst == analyst] * (analyst is not None)
    since = during.starts - timedelta(minutes=LONGEST)  # so that the index on the beginning bounds what is read
    found = _engaged(viewer).where(
        Engagement.starts_at.between(since, during.ends),
        Engagement.ends_at > during.starts,
        Engagement.starts_at < during.ends,
    )
    rows = uow.connection.execute(found.where(or_(*wanted)) if wanted else found)
    return tuple(_engaged_time(row) for row in rows.mappings())


@dataclass(frozen=True)
class _Parts:
    openings: OpenTimes
    taken: set[Any]
    engagements: tuple[EngagedTime, ...]
    rooms: tuple[RoomBusy, ...]
    absences: tuple[Absence, ...]
    desk_days: tuple[DeskDay, ...]

    def on(self, day: date, minutes: int) -> AgendaDay:
        whole = on_days(day, 1)
        return AgendaDay(
            day,
            self.openings.calendar.day_off(day),
            tuple(self.openings.on(day)),
            tuple(free_among(self.openings, self.taken, minutes, [day])) if minutes else (),
            tuple(each for each in self.engagements if each.slot.meets(whole)),
            tuple(each for each in self.rooms if each.slot.meets(whole)),
            tuple(each for each in self.absences if each.slot.meets(whole)),
            tuple(each for each in self.desk_days if each.day == day),
        )


def _engaged(viewer: Actor | None) -> Any:
    seen = visible(viewer) if viewer else false()
    return (
        select(Engagement.starts_at, Engagement.ends_at, Meeting.uid, Meeting.state, Meeting.analyst, Meeting.istat)
        .add_columns(Meeting.in_person, Comune.name.label("comune"), Comune.room)
        .add_columns(Case.id.label("case_id"), Case.number, Case.requester)
        .join(Meeting, Meeting.uid == Engagement.convocation)
        .join(Comune, Comune.istat == Meeting.istat)
        .outerjoin(Case, and_(Case.id == Meeting.case_id, seen))
        .order_by(Engagement.starts_at, Meeting.uid)
    )


def _engaged_time(row: Any) -> EngagedTime:
    values = dict(row)
    slot = Slot(values.pop("starts_at"), values.pop("ends_at"))
    return EngagedTime(slot, state=ConvocationState(values.pop("state")), **values)
