"""Count working days: Monday to Friday, less national holidays, the Comune's patron day and its closures.

Service levels are counted in them; they never move a term fixed by law, for which only a public holiday counts
(art. 2963 of the civil code). As there, the first day is not counted. A term in working days ends with its last day, at
23:59:59 in Italy, so that whoever acts on that day is in time.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import holidays

from engine.civil_time import ROME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LAST_SECOND = time(23, 59, 59)
FARTHEST = 5000
"""Working days, about twenty years: beyond it a count is a mistake."""
WEEKEND = {5: "sabato", 6: "domenica"}


class DayOff(StrEnum):
    """Why a day is not a working day, in the order in which reasons are looked for."""

    WEEKEND = "fine settimana"
    HOLIDAY = "festa nazionale"
    PATRON = "festa del patrono"
    CLOSURE = "chiusura del Comune"


@dataclass(frozen=True)
class NonWorkingDay:
    """A day that does not count, and the name of what makes it so."""

    day: date
    kind: DayOff
    name: str


@dataclass(frozen=True, order=True)
class Interval:
    """From an hour to a later one of the same day, in Italian time."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Patron:
    """The patron's feast of a Comune: the same day every year."""

    month: int
    day: int
    name: str


@dataclass(frozen=True)
class Closure:
    """The Comune is closed from the first day to the last, both included."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class Explanation:
    """How a date was reached: where the count began, how many working days, what was skipped on the way."""

    start: date
    working_days: int
    end: date
    skipped: tuple[NonWorkingDay, ...]


class TooFar(ValueError):
    """The count would leave the calendar, or finds no working day for years."""


def local_date(instant: datetime) -> date:
    """Give the day that a moment falls on in Italy."""
    return instant.astimezone(ROME).date()


def end_of(day: date) -> datetime:
    """Give the last second of a day in Italy, when a term that ends on it is over."""
    return datetime.combine(day, LAST_SECOND, ROME)


@lru_cache(maxsize=128)
def national_holidays(year: int) -> Mapping[date, str]:
    """List the holidays of L. 260/1949 as amended, 4 October among them from 2026 (L. 151/2025).

    No subdivision is asked for: it would add the patron of a provincial capital to every Comune of the province.
    """
    found = holidays.country_holidays("IT", years=year, language="it_IT")
    return {day: name.replace("'", "’") for day, name in found.items()}


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of one Comune; without patron and closures, those of Italy."""

    patron: Patron | None = None
    closures: tuple[Closure, ...] = ()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in WEEKEND and self.closed(day) is None

    def day_off(self, day: date) -> NonWorkingDay | None:
        """Say why a day is not a working day, or nothing when it is one."""
        if day.weekday() in WEEKEND:
            return NonWorkingDay(day, DayOff.WEEKEND, WEEKEND[day.weekday()])
        return self.closed(day)

    def closed(self, day: date) -> NonWorkingDay | None:
        """Say what closes the town hall on a day, whatever day of the week it is."""
        if day in national_holidays(day.year):
            return NonWorkingDay(day, DayOff.HOLIDAY, national_holidays(day.year)[day])
        if self.patron and (day.month, day.day) == (self.patron.month, self.patron.day):
            return NonWorkingDay(day, DayOff.PATRON, self.patron.name)
        closure = next((each for each in self.closures if each.first <= day <= each.last), None)
        return NonWorkingDay(day, DayOff.CLOSURE, closure.reason) if closure else None

    def after(self, start: date, working_days: int) -> date:
        """Give the n-th working day after a day, which is not counted; a negative n counts backwards.

        Zero gives the day itself, or the first working day after it. Raises ``TooFar``.
        """
        if working_days == 0:
            return start if self.is_working_day(start) else self.after(start, 1)
        return deque(self._working_days(start, working_days), maxlen=1).pop()

    def between(self, first: date, last: date) -> int:
        """Count the working days after the first day up to the last included; negative when the last comes earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(1 for day in _days(first, last) if self.is_working_day(day))

    def explain(self, start: date, working_days: int) -> Explanation:
        """Show how ``after`` reaches its day, with every day skipped and its reason."""
        end = self.after(start, working_days)
        passed = _days(start, end) if start <= end else _days(end - timedelta(1), start - timedelta(1))
        skipped = tuple(off for day in passed if (off := self.day_off(day)) is not None)
        return Explanation(start, working_days, end, skipped)

    def deadline(self, start: datetime, working_days: int) -> datetime:
        """Give the moment when a term of so many working days is over."""
        return end_of(self.after(local_date(start), working_days))

    def _working_days(self, start: date, count: int) -> Iterator[date]:
        if abs(count) > FARTHEST:
            raise TooFar(count)
        step = timedelta(1 if count > 0 else -1)
        day, found = start, 0
        for _ in range(2 * FARTHEST):
            day = _next(day, step)
            if self.is_working_day(day):
                found += 1
                yield day
            if found == abs(count):
                return
        raise TooFar(count)


def _next(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError as beyond:
        raise TooFar(day) from beyond


def _days(after: date, last: date) -> Iterator[date]:
    """Walk the days after one day, up to another included."""
    for ordinal in range(after.toordinal() + 1, last.toordinal() + 1):
        yield date.fromordinal(ordinal)


ITALY = WorkingCalendar()
"""The calendar of a case that belongs to no Comune in particular."""
