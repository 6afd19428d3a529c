"""Say when a desk is open: weekly hours, less holidays and closures, plus extraordinary openings.

An extraordinary opening wins over everything that closes the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import gcd
from typing import TYPE_CHECKING

from desk.calendar import ITALY, Interval, NonWorkingDay, WorkingCalendar, local_date
from desk.errors import InvalidHours, InvalidPeriod, OverlappingHours
from engine.civil_time import ROME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HORIZON = 120
"""Days within which the next opening is looked for."""


@dataclass(frozen=True)
class WeeklyHours:
    """Open on a day of the week (Monday is 0), every week or every n-th one, between two dates if they are given."""

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_to: date | None = None
    every_weeks: int = 1

    def applies(self, day: date) -> bool:
        if day.weekday() != self.weekday or not _within(day, self.valid_from, self.valid_to):
            return False
        return self.valid_from is None or _weeks(self.valid_from, day) % self.every_weeks == 0

    @property
    def interval(self) -> Interval:
        return Interval(self.opens, self.closes)


@dataclass(frozen=True)
class ExtraordinaryOpening:
    """Open on one day, whatever else is said about it."""

    day: date
    opens: time
    closes: time
    reason: str = ""


@dataclass(frozen=True)
class OpeningStatus:
    """Whether the desk is open at a moment, until when, and when it opens next.

    ``open_until`` is set while it is open. ``next_opening`` is the next time that it opens, today or later, and is
    absent when no opening is known. ``cancelled`` is the first usual day before ``next_opening`` on which it stays
    closed, and why.
    """

    open_until: datetime | None
    next_opening: datetime | None
    cancelled: NonWorkingDay | None


@dataclass(frozen=True)
class Timetable:
    """All that is needed to say when one desk is open."""

    weekly: tuple[WeeklyHours, ...] = ()
    openings: tuple[ExtraordinaryOpening, ...] = ()
    calendar: WorkingCalendar = ITALY

    def on(self, day: date) -> tuple[Interval, ...]:
        """List the hours of one day, in order."""
        extraordinary = [Interval(each.opens, each.closes) for each in self.openings if each.day == day]
        if extraordinary or self.calendar.closed(day):
            return tuple(sorted(extraordinary))
        return self.usual(day)

    def usual(self, day: date) -> tuple[Interval, ...]:
        """List the weekly hours of a day, as if nothing closed it."""
        return tuple(sorted(each.interval for each in self.weekly if each.applies(day)))

    def status(self, now: datetime) -> OpeningStatus:
        """Say whether the desk is open at a moment, and when it opens next."""
        later = next((start for start, _ in self._ahead(now) if start > now), None)
        until = next((end for start, end in self._ahead(now) if start <= now < end), None)
        return OpeningStatus(until, later, self._cancelled(now, later))

    def _ahead(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        today = local_date(now)
        for offset in range(HORIZON):
            day = today + timedelta(offset)
            for hours in self.on(day):
                yield datetime.combine(day, hours.opens, ROME), datetime.combine(day, hours.closes, ROME)

    def _cancelled(self, now: datetime, later: datetime | None) -> NonWorkingDay | None:
        """Find the first day on which people would expect the desk open before it really opens."""
        today = local_date(now)
        days = (local_date(later) - today).days if later else HORIZON
        ahead = (today + timedelta(offset) for offset in range(days))
        return next((self.calendar.closed(day) for day in ahead if self.usual(day) and not self.on(day)), None)


def refuse_impossible(weekly: Sequence[WeeklyHours]) -> None:
    """Raise ``InvalidHours`` for hours that end before they begin, ``OverlappingHours`` for two that meet.

    ``InvalidPeriod`` is for hours that would hold until a day before the one they hold from.
    """
    for each in weekly:
        if (each.valid_to or date.max) < (each.valid_from or date.min):
            raise InvalidPeriod
        if not each.opens < each.closes or each.every_weeks < 1 or (each.every_weeks > 1 and each.valid_from is None):
            raise InvalidHours(each.weekday, each.opens, each.closes)
    for index, one in enumerate(weekly):
        for other in weekly[index + 1 :]:
            if _overlap(one, other):
                raise OverlappingHours(one.weekday, one.interval, other.interval)


def _overlap(one: WeeklyHours, other: WeeklyHours) -> bool:
    if one.weekday != other.weekday or not (one.opens < other.closes and other.opens < one.closes):
        return False
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last and _share_a_week(one, other)


def _share_a_week(one: WeeklyHours, other: WeeklyHours) -> bool:
    """Say whether two alternations ever fall in the same week: never, when they are out of step by a common divisor."""
    if one.valid_from is None or other.valid_from is None:
        return True
    return _weeks(one.valid_from, other.valid_from) % gcd(one.every_weeks, other.every_weeks) == 0


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _weeks(first: date, day: date) -> int:
    """Count calendar weeks, Monday to Sunday, from one day's to another's."""
    return (_monday(day) - _monday(first)).days // 7


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())
