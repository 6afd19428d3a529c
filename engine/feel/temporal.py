"""Dates, times and durations as FEEL has them: years up to ±999,999,999, nanoseconds, offsets and named zones.

Python's own types stop at the year 9999 and at microseconds, so the evaluator works with these and hands out
Python's wherever they can hold the value (``convert.outward``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from engine.feel import gregorian
from engine.feel.errors import NullResult

NANOS = 1_000_000_000
DAY = 86_400
#: The farthest year a date may have, before or after Christ.
LAST_YEAR = 999_999_999
#: The largest offset from UTC, in seconds (XML Schema, section 3.2.7.3, allows 14 hours; Java, and so the TCK, 18).
LAST_OFFSET = 18 * 3600


@dataclass(frozen=True, slots=True)
class Zone:
    """An offset from UTC in seconds, or a named zone of the IANA database; exactly one of them."""

    offset: int | None = None
    name: str | None = None

    def offset_at(self, date: Date, second: int) -> int:
        """Return the offset in seconds at a local date and second of the day."""
        if self.offset is not None:
            return self.offset
        return gregorian.zone_offset(_zone_info(self.name or ""), (date.year, date.month, date.day), second)

    def offset_from(self, second: int) -> int:
        """Return the offset in seconds at a second counted from 1970 in UTC."""
        if self.offset is not None:
            return self.offset
        return gregorian.zone_offset_from(_zone_info(self.name or ""), second)

    def standing_offset(self) -> int:
        """Return the offset that a time without a date is compared with: winter's, for a named zone."""
        return self.offset_at(_WINTER, 0)


@lru_cache(maxsize=128)
def _zone_info(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def named_zone(name: str) -> Zone | None:
    """Return the zone of that name, None where the IANA database has none; only listed names reach the disk."""
    return Zone(name=name) if name in zone_names() else None


UTC = Zone(offset=0)


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day of the proleptic Gregorian calendar."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """Days since 1 January 1970."""
        return gregorian.day_number(self.year, self.month, self.day)

    def plus_days(self, days: int) -> Date:
        return date_of(*gregorian.date_of_number(self.number + days))

    def plus_months(self, months: int) -> Date:
        """Move by months; the day is cut to the last of the month where it would not exist."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return date_of(year, month + 1, min(self.day, gregorian.month_length(year, month + 1)))


_WINTER = Date(2021, 1, 1)


def date_of(year: int, month: int, day: int) -> Date:
    """Return a date; NullResult where the calendar has no such day."""
    if abs(year) > LAST_YEAR or month not in gregorian.MONTHS or not 1 <= day <= gregorian.month_length(year, month):
        raise NullResult("questa data non esiste")
    return Date(year, month, day)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: nanoseconds since midnight, and a zone or none."""

    nanos: int
    zone: Zone | None = None

    @property
    def second(self) -> int:
        """Whole seconds since midnight."""
        return self.nanos // NANOS

    @property
    def is_local(self) -> bool:
        """Whether nobody has said where: it is neither before nor after a time of a zone."""
        return self.zone is None

    def offset(self) -> int | None:
        return None if self.zone is None else self.zone.standing_offset()

    def instant(self) -> int:
        """Nanoseconds since midnight in UTC; a local time counts as if it were UTC."""
        return self.nanos - (self.offset() or 0) * NANOS

    def plus(self, nanos: int) -> Time:
        """Move within the day, past midnight and round again."""
        return Time((self.nanos + nanos) % (DAY * NANOS), self.zone)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date with a time of day; its zone is the time's."""

    date: Date
    time: Time

    @property
    def is_local(self) -> bool:
        return self.time.is_local

    def offset(self) -> int | None:
        zone = self.time.zone
        return None if zone is None else zone.offset_at(self.date, self.time.second)

    def instant(self) -> int:
        """Nanoseconds since 1970 in UTC; a local value counts as if it were UTC."""
        return (self.date.number * DAY - (self.offset() or 0)) * NANOS + self.time.nanos

    def plus(self, nanos: int) -> DateTime:
        """Move along the calendar as a clock on the wall reads, which is what the standard's test kit expects."""
        days, rest = divmod(self.time.nanos + nanos, DAY * NANOS)
        return DateTime(self.date.plus_days(days), Time(rest, self.time.zone))

    def plus_months(self, months: int) -> DateTime:
        return DateTime(self.date.plus_months(months), self.time)

    def at_zone(self, zone: Zone) -> DateTime:
        """Return the same instant as another zone's clocks show it."""
        second, nanos = divmod(self.instant(), NANOS)
        days, rest = divmod(second + zone.offset_from(second), DAY)
        return DateTime(date_of(*gregorian.date_of_number(days)), Time(rest * NANOS + nanos, zone))


def at_midnight(date: Date, zone: Zone | None = None) -> DateTime:
    return DateTime(date, Time(0, zone))


@dataclass(frozen=True, slots=True, order=True)
class DayTimeDuration:
    """A «days and time duration»: an exact length, in nanoseconds, negative where it goes back."""

    nanos: int

    @property
    def seconds(self) -> float:
        """The whole length in seconds."""
        return self.nanos / NANOS


@dataclass(frozen=True, slots=True, order=True)
class YearMonthDuration:
    """A «years and months duration»: a number of calendar months, negative where it goes back."""

    months: int


def is_temporal(value: Any) -> bool:
    return isinstance(value, (Date, Time, DateTime, DayTimeDuration, YearMonthDuration))
