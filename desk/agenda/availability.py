"""Keep an analyst's availability: weekly hours, absences, and the «giornate di sportello» spent in one Comune.

An analyst who has declared nothing is there from Monday to Friday, from 9 to 18.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, insert, select

from desk import comuni, people
from desk.access import Permission, Role, require, roles_of
from desk.calendar import Interval
from desk.comuni.hours import WeeklyHours, refuse_impossible
from desk.errors import (
    AgendaEntryNotFound,
    DeskClosed,
    InvalidHours,
    InvalidPeriod,
    NotAllowed,
    OverlappingHours,
    RoleNotHeld,
)
from desk.model import AnalystAbsence, AnalystDeskDay, AnalystHours
from desk.slots import Slot, on_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from engine.identity import Actor
    from engine.store import UnitOfWork

UNDECLARED = tuple(WeeklyHours(weekday, time(9), time(18)) for weekday in range(5))
LONGEST_ABSENCE = timedelta(days=400)


@dataclass(frozen=True)
class Absence:
    """A time in which an analyst can be given no new meeting."""

    id: str
    username: str
    starts: datetime
    ends: datetime
    reason: str

    @property
    def slot(self) -> Slot:
        return Slot(self.starts, self.ends)


@dataclass(frozen=True)
class DeskDay:
    """A «giornata di sportello»: hours of one day that an analyst spends in one Comune."""

    username: str
    istat: str
    day: date
    opens: time
    closes: time
    id: str = ""

    @property
    def slot(self) -> Slot:
        return on_day(self.day, self.opens, self.closes)

    @property
    def interval(self) -> Interval:
        return Interval(self.opens, self.closes)


@dataclass(frozen=True)
class Presence:
    """All that says when one analyst is where."""

    weekly: tuple[WeeklyHours, ...] = UNDECLARED
    absences: tuple[Absence, ...] = ()
    desk_days: tuple[DeskDay, ...] = ()

    def on(self, day: date, istat: str | None) -> list[Slot]:
        """Give the hours of a day in which the analyst can be in a Comune, or anywhere when none is given."""
        elsewhere = [each for each in self.desk_days if each.day == day]
        if elsewhere:
            return [each.slot for each in elsewhere if istat in (None, each.istat)]
        return [on_day(day, each.opens, each.closes) for each in self.weekly if each.applies(day)]


def hours_of(uow: UnitOfWork, username: str) -> tuple[WeeklyHours, ...]:
    """Give the weekly hours that an analyst has declared, none before they did."""
    rows = select(AnalystHours).where(AnalystHours.username == username)
    ordered = uow.session.scalars(rows.order_by(AnalystHours.weekday, AnalystHours.opens, AnalystHours.id))
    return tuple(
        WeeklyHours(row.weekday, row.opens, row.closes, row.valid_from, row.valid_to, row.every_weeks)
        for row in ordered
    )


def set_hours(uow: UnitOfWork, username: str, weekly: Sequence[WeeklyHours], actor: Actor) -> None:
    """Replace the weekly hours of an analyst; with none left they count again as Monday to Friday, 9 to 18.

    Raises:
        NotAllowed: analysts keep their own agenda, coordinators everybody's.
        UserNotFound, RoleNotHeld: there is no such analyst.
        InvalidHours, OverlappingHours: the hours cannot be kept.

    """
    _keeps(uow, username, actor)
    refuse_impossible(weekly)
    uow.connection.execute(delete(AnalystHours).where(AnalystHours.username == username))
    if weekly:
        uow.connection.execute(insert(AnalystHours), [{"username": username, **asdict(each)} for each in weekly])


def declare_absence(uow: UnitOfWork, username: str, away: Slot, reason: str, actor: Actor) -> Absence:
    """Say that an analyst is away: no new meeting is given to them, those already made remain. Said twice it is one.

    Raises:
        NotAllowed, UserNotFound, RoleNotHeld: as ``set_hours``.
        InvalidPeriod: it ends before it begins, or lasts more than 400 days.

    """
    _keeps(uow, username, actor)
    if not away.starts < away.ends <= away.starts + LONGEST_ABSENCE:
        raise InvalidPeriod
    same = next((each for each in absences(uow, username, uow.now) if each.slot == away), None)
    if same is not None:
        return same
    absence = Absence(str(uuid4()), username, away.starts, away.ends, reason.strip())
    period = {"starts_at": away.starts, "ends_at": away.ends}
    uow.connection.execute(
        insert(AnalystAbsence), {"id": absence.id, "username": username, "reason": absence.reason, **period}
    )
    return absence


def withdraw_absence(uow: UnitOfWork, absence_id: str, actor: Actor) -> Absence:
    """Take an absence back, and return it.

    Raises:
        AgendaEntryNotFound: there is none, or it is of somebody whose agenda the actor does not keep.

    """
    row = uow.connection.execute(_ABSENCES.where(AnalystAbsence.id == absence_id)).one_or_none()
    if row is None or not may_keep(actor, row.username):
        raise AgendaEntryNotFound(absence_id)
    uow.connection.execute(delete(AnalystAbsence).where(AnalystAbsence.id == absence_id))
    return Absence(*row)


def absences(uow: UnitOfWork, username: str, since: datetime, until: datetime | None = None) -> tuple[Absence, ...]:
    """List the absences of an analyst that last beyond a moment and begin before another, in order."""
    narrowed = _ABSENCES.where(AnalystAbsence.username == username, AnalystAbsence.ends_at > since)
    if until is not None:
        narrowed = narrowed.where(AnalystAbsence.starts_at < until)
    return tuple(Absence(*row) for row in uow.connection.execute(narrowed.order_by(AnalystAbsence.starts_at)))


def add_desk_day(uow: UnitOfWork, wanted: DeskDay, actor: Actor) -> DeskDay:
    """Let an analyst spend some hours of a day in one Comune, and return what was written.

    Raises:
        NotAllowed, UserNotFound, RoleNotHeld: as ``set_hours``.
        ComuneNotFound, ComuneNotJoined: there is no such desk.
        InvalidHours: it ends before it begins.
        DeskClosed: the desk is closed all that time; the Comune can open it with an extraordinary opening.
        OverlappingHours: the analyst has another «giornata» at that time.

    """
    _keeps(uow, wanted.username, actor)
    if not wanted.opens < wanted.closes:
        raise InvalidHours(wanted.day.weekday(), wanted.opens, wanted.closes)
    open_hours = comuni.timetable_of(comuni.get_joined(uow, wanted.istat)).on(wanted.day)
    if not any(_overlap(each, wanted.interval) for each in open_hours):
        raise DeskClosed(wanted.istat, wanted.day)
    for other in desk_days(uow, wanted.day, wanted.day, username=wanted.username):
        if _overlap(other.interval, wanted.interval):
            raise OverlappingHours(wanted.day.weekday(), wanted.interval, other.interval)
    written = DeskDay(**{**asdict(wanted), "id": str(uuid4())})
    uow.connection.execute(insert(AnalystDeskDay), asdict(written))
    return written


def remove_desk_day(uow: UnitOfWork, desk_day_id: str, actor: Actor) -> DeskDay:
    """Take a «giornata» away, and return it; the meetings made for it remain.

    Raises:
        AgendaEntryNotFound: there is none, or it is of somebody whose agenda the actor does not keep.

    """
    row = uow.connection.execute(_DESK_DAYS.where(AnalystDeskDay.id == desk_day_id)).one_or_none()
    if row is None or not may_keep(actor, row.username):
        raise AgendaEntryNotFound(desk_day_id)
    uow.connection.execute(delete(AnalystDeskDay).where(AnalystDeskDay.id == desk_day_id))
    return _desk_day(row)


def desk_days(
    uow: UnitOfWork, first: date, last: date | None = None, *, username: str | None = None, istat: str | None = None
) -> tuple[DeskDay, ...]:
    """List «giornate» from one day to another, included, of one analyst and of one Comune when they are given."""
    found = _DESK_DAYS.where(AnalystDeskDay.day >= first)
    if last is not None:
        found = found.where(AnalystDeskDay.day <= last)
    if username is not None:
        found = found.where(AnalystDeskDay.username == username)
    if istat is not None:
        found = found.where(AnalystDeskDay.istat == istat)
    ordered = found.order_by(AnalystDeskDay.day, AnalystDeskDay.opens, AnalystDeskDay.id)
    return tuple(_desk_day(row) for row in uow.connection.execute(ordered))


def presence(uow: UnitOfWork, username: str, during: Slot) -> Presence:
    """Read in three statements all that says when and where an analyst is, for the days of a time."""
    return Presence(
        hours_of(uow, username) or UNDECLARED,
        absences(uow, username, during.starts, during.ends),
        desk_days(uow, during.day, Slot(during.ends, during.ends).day, username=username),
    )


def may_keep(actor: Actor, username: str) -> bool:
    """Say whether the actor may write in somebody's agenda: a coordinator in all, an analyst in their own."""
    roles = set(roles_of(actor))
    return roles == {Role.COORDINATORE} or (actor.user == username and bool(roles) and roles <= _KEEPERS)


def _keeps(uow: UnitOfWork, username: str, actor: Actor) -> None:
    require(actor, Permission.KEEP_AGENDA)
    if not may_keep(actor, username):
        raise NotAllowed(actor.user, Permission.KEEP_AGENDA)
    if all(grant.role != Role.ANALISTA for grant in people.get(uow, username).grants):
        raise RoleNotHeld(username, Role.ANALISTA)
    people.lock_person(uow, username)


def _overlap(one: Interval, other: Interval) -> bool:
    return one.opens < other.closes and other.opens < one.closes


def _desk_day(row: Row[str, str, date, time, time, str]) -> DeskDay:
    return DeskDay(*row)


_KEEPERS = {Role.ANALISTA, Role.COORDINATORE}
_ABSENCES = select(
    AnalystAbsence.id,
    AnalystAbsence.username,
    AnalystAbsence.starts_at,
    AnalystAbsence.ends_at,
    AnalystAbsence.reason,
)
_DESK_DAYS = select(
    AnalystDeskDay.username,
    AnalystDeskDay.istat,
    AnalystDeskDay.day,
    AnalystDeskDay.opens,
    AnalystDeskDay.closes,
    AnalystDeskDay.id,
)
