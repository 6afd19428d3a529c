"""Dates, times, their parts and the clock (DMN 1.5, sections 10.3.4.1, 10.3.4.7 and 10.3.4.8)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel import gregorian
from engine.feel.convert import inward
from engine.feel.decimals import whole
from engine.feel.errors import NullResult
from engine.feel.library import builtin
from engine.feel.temporal import (
    NANOS,
    UTC,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    Zone,
    date_of,
    named_zone,
)
from engine.feel.temporal_text import offset_zone, read_date, read_date_time, read_time, time_nanos

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _int(value: Decimal) -> int:
    found = whole(value)
    if found is None:
        raise NullResult("una data vuole numeri interi")
    return found


@builtin("date(from: string)")
def date_from_text(text: str) -> Date:
    return read_date(text)


@builtin("date(from: date|moment)")
def date_from_moment(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@builtin("date(year: number, month: number, day: number)")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Date:
    return date_of(_int(year), _int(month), _int(day))


@builtin("time(from: string)")
def time_from_text(text: str) -> Time:
    return read_time(text)


@builtin("time(from: time|moment|date)")
def time_from_moment(value: Time | DateTime | Date) -> Time:
    if isinstance(value, Date):
        return Time(0, UTC)
    return value.time if isinstance(value, DateTime) else value


def _clock(hour: Decimal, minute: Decimal, second: Decimal) -> int:
    seconds, nanos = divmod(int(second * NANOS), NANOS)
    return time_nanos(_int(hour), _int(minute), seconds, nanos)


def _offset(offset: DayTimeDuration | None) -> Zone | None:
    return None if offset is None else offset_zone(offset.nanos // NANOS)


@builtin("time(hour: number, minute: number, second: number, offset?: days?)")
def time_from_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: DayTimeDuration | None = None) -> Time:
    return Time(_clock(hour, minute, second), _offset(offset))


@builtin("date and time(from: string)")
def date_time_from_text(text: str) -> DateTime:
    return read_date_time(text)


@builtin("date and time(from: moment)")
def date_time_from_moment(value: DateTime) -> DateTime:
    return value


@builtin("date and time(date: date|moment, time: time)")
def date_time_from_date_and_time(date: Date | DateTime, time: Time) -> DateTime:
    return DateTime(date_from_moment(date), time)


@builtin("date and time(date: moment, timezone: string)")
def date_time_in_zone(moment: DateTime, timezone: str) -> DateTime:
    return moment.at_zone(_zone(timezone))


def _zone(name: str) -> Zone:
    zone = UTC if name == "Z" else named_zone(name)
    if zone is None:
        raise NullResult(f"il fuso «{name[:40]}» non esiste")
    return zone


_PARTS = "year: number, month: number, day: number, hour: number, minute: number, second: number"


@builtin(f"date and time({_PARTS})")
@builtin(f"date and time({_PARTS}, offset: days?)")
@builtin(f"date and time({_PARTS}, timezone: string)")
def date_time_from_parts(*parts: Any) -> DateTime:
    date = date_from_parts(*parts[:3])
    zone = parts[6] if len(parts) > len(_PARTS.split(",")) else None
    return DateTime(date, Time(_clock(*parts[3:6]), _zone(zone) if isinstance(zone, str) else _offset(zone)))


@builtin("years and months duration(from: date|moment, to: date|moment)")
def months_between(start: Date | DateTime, end: Date | DateTime) -> YearMonthDuration:
    """Return the whole months from one date to another, towards zero."""
    first, last = date_from_moment(start), date_from_moment(end)
    if last < first:
        return YearMonthDuration(-_months(last, first))
    return YearMonthDuration(_months(first, last))


def _months(first: Date, last: Date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


@builtin("day of year(date: date|moment)")
def day_of_year(value: Date | DateTime) -> Decimal:
    date = date_from_moment(value)
    return Decimal(gregorian.day_of_year(date.year, date.month, date.day))


@builtin("day of week(date: date|moment)")
def day_of_week(value: Date | DateTime) -> str:
    date = date_from_moment(value)
    return _DAYS[gregorian.weekday(date.year, date.month, date.day) - 1]


@builtin("month of year(date: date|moment)")
def month_of_year(value: Date | DateTime) -> str:
    return _MONTHS[date_from_moment(value).month - 1]


@builtin("week of year(date: date|moment)")
def week_of_year(value: Date | DateTime) -> Decimal:
    date = date_from_moment(value)
    return Decimal(gregorian.week_of_year(date.year, date.month, date.day))


@builtin("now()", needs_run=True)
def now(run: EvaluationRun) -> DateTime:
    if run.host.now is None:
        raise NullResult("now: qui l’ora non è nota")
    moment = inward(run.host.now, run.meter)
    if not isinstance(moment, DateTime):
        raise NullResult("now: qui l’ora non è nota")
    return moment


@builtin("today()", needs_run=True)
def today(run: EvaluationRun) -> Date:
    return now(run).date
