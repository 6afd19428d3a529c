"""Find free times: the Comune's hours in which the analyst is there and neither the room nor the analyst is taken.

Times begin on a fixed grid from the beginning of those hours: what others take never moves those that remain, so a
time seen in a form is still on it when the form is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from desk import comuni
from desk.agenda import cells
from desk.agenda.availability import Presence, presence
from desk.calendar import ITALY, WorkingCalendar, local_date
from desk.slots import QUARTER, STEP, Slot, minutes_of, on_day, quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from desk.comuni.hours import Timetable
    from engine.store import UnitOfWork

FARTHEST = 120
"""Days, at most, that are looked at."""
AHEAD = 42
"""Days ahead in which times are offered: six weeks."""
_MIDNIGHT = time(0)


@dataclass(frozen=True)
class OpenTimes:
    """When a meeting can be held, before asking what is taken."""

    istat: str | None
    timetable: Timetable | None
    presence: Presence | None
    absent: tuple[Slot, ...] = ()

    @property
    def calendar(self) -> WorkingCalendar:
        return self.timetable.calendar if self.timetable else ITALY

    def on(self, day: date) -> list[Slot]:
        """Give the hours of a day, in order."""
        there = self.presence.on(day, self.istat) if self.presence else None
        here = [on_day(day, each.opens, each.closes) for each in self.timetable.on(day)] if self.timetable else None
        if here is not None and there is not None:
            return sorted(_shared(here, there))
        if here is not None:
            return here
        return there if there and self.calendar.is_working_day(day) else []

    def grid(self, day: date, minutes: int) -> Iterator[Slot]:
        """Give the times of a day at which a meeting of so many minutes can begin, taken or not."""
        step, length = timedelta(minutes=-(-minutes // STEP) * STEP), timedelta(minutes=minutes)
        for hours in self.on(day):
            starts = quarter_of(hours.starts + QUARTER - timedelta(microseconds=1))
            while starts + length <= hours.ends:
                yield Slot(starts, starts + length)
                starts += step


def free_slots(  # noqa: PLR0913, PLR0917  # where, with whom, how long, from when and for how many days
    uow: UnitOfWork, istat: str | None, analyst: str | None, minutes: int, start: date, days: int
) -> list[Slot]:
    """List the free times in a Comune with an analyst, not before the next working day, in at most seven statements.

    Without a Comune the meeting is at a distance: only working days and the analyst count. Without an analyst, only the
    Comune's hours and its room. ``days`` are those looked at from ``start`` on, 120 at most.

    Raises:
        ComuneNotFound: no Comune has this code.

    """
    days = min(days, FARTHEST)
    if minutes_of(minutes) is None or days < 1:
        return []
    whole = on_days(start, days)
    openings = read_openings(uow, istat, analyst, whole)
    return list(free_among(openings, taken(uow, istat, analyst, whole), minutes, days_from(uow, openings, start, days)))


def on_days(start: date, days: int) -> Slot:
    """Give the whole time of some days in Italy."""
    midnight = on_day(start, _MIDNIGHT, _MIDNIGHT).starts
    return Slot(midnight, on_day(start + timedelta(days), _MIDNIGHT, _MIDNIGHT).starts)


def read_openings(uow: UnitOfWork, istat: str | None, analyst: str | None, during: Slot) -> OpenTimes:
    """Read when a Comune is open and an analyst is there."""
    timetable = comuni.timetable_of(comuni.get(uow, istat)) if istat else None
    there = presence(uow, analyst, during) if analyst else None
    return OpenTimes(istat, timetable, there, tuple(each.slot for each in there.absences) if there else ())


def taken(uow: UnitOfWork, istat: str | None, analyst: str | None, during: Slot) -> set[datetime]:
    """Read the quarters of an hour in which the room or the analyst is taken."""
    resources = resources_of(istat, analyst)
    return cells.busy(uow, resources, during) if resources else set()


def resources_of(istat: str | None, analyst: str | None) -> list[str]:
    """Name what a meeting takes: its analyst, and the room unless it is at a distance."""
    rooms = [cells.room(istat)] if istat else []
    return [*rooms, cells.person(analyst)] if analyst else rooms


def days_from(uow: UnitOfWork, openings: OpenTimes, start: date, days: int) -> list[date]:
    """Give the days from one on, without those before the next working day."""
    earliest = openings.calendar.after(local_date(uow.now), 1)
    return [day for offset in range(days) if (day := start + timedelta(offset)) >= earliest]


def free_among(openings: OpenTimes, busy: set[datetime], minutes: int, days: list[date]) -> Iterator[Slot]:
    """Give the times of the grid of some days that nobody has."""
    for day in days:
        for slot in openings.grid(day, minutes):
            if busy.isdisjoint(slot.quarters()) and not any(slot.meets(away) for away in openings.absent):
                yield slot


def _shared(some: list[Slot], others: list[Slot]) -> Iterator[Slot]:
    for one in some:
        for other in others:
            if one.meets(other):
                yield Slot(max(one.starts, other.starts), min(one.ends, other.ends))
