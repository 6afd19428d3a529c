"""The Gregorian calendar without limits, and zone offsets for years that Python's dates cannot hold."""

from __future__ import annotations

import datetime as dt
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAYS_IN_CYCLE = 146_097  # the days of 400 years, after which the calendar repeats
_EPOCH = date(1970, 1, 1).toordinal()
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
MONTHS = range(1, 13)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == _FEBRUARY and is_leap(year) else _LENGTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """Return the days since 1 January 1970 of any date, year 0 included."""
    cycles, known = _python_year(year)
    return date(known, month, day).toordinal() - _EPOCH + cycles * _DAYS_IN_CYCLE


def date_of_number(number: int) -> tuple[int, int, int]:
    """Return year, month and day of a number of days since 1 January 1970."""
    start = date(2000, 1, 1).toordinal() - _EPOCH
    cycles, rest = divmod(number - start, _DAYS_IN_CYCLE)
    found = date.fromordinal(rest + start + _EPOCH)
    return found.year + cycles * 400, found.month, found.day


def _python_year(year: int) -> tuple[int, int]:
    """Return how many cycles of 400 years lie between a year and its like in 2000 to 2399."""
    cycles, rest = divmod(year - 2000, 400)
    return cycles, rest + 2000


def weekday(year: int, month: int, day: int) -> int:
    """Return 1 for Monday to 7 for Sunday."""
    return date(_python_year(year)[1], month, day).isoweekday()


def day_of_year(year: int, month: int, day: int) -> int:
    return date(_python_year(year)[1], month, day).timetuple().tm_yday


def week_of_year(year: int, month: int, day: int) -> int:
    """Return the week number of ISO 8601."""
    return date(_python_year(year)[1], month, day).isocalendar().week


def zone_offset(zone: ZoneInfo, day: tuple[int, int, int], second: int) -> int:
    """Return a zone's offset in seconds at a local time; far years use the rules of their like in the cycle."""
    year = day[0] if dt.MINYEAR <= day[0] <= dt.MAXYEAR else _python_year(day[0])[1]
    local = datetime(year, day[1], day[2], tzinfo=zone) + timedelta(seconds=second)
    return _seconds(local.utcoffset())


def zone_offset_from(zone: ZoneInfo, second: int) -> int:
    """Return a zone's offset in seconds at a second since 1970 in UTC."""
    year, month, day = date_of_number(second // 86_400)
    year = year if dt.MINYEAR < year < dt.MAXYEAR else _python_year(year)[1]
    moment = datetime(year, month, day, tzinfo=UTC) + timedelta(seconds=second % 86_400)
    return _seconds(moment.astimezone(zone).utcoffset())


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else int(offset.total_seconds())
