"""Dates, times and durations read from text and written to it (DMN 1.5, sections 10.3.4.1 and 10.3.2.3)."""

from __future__ import annotations

import re
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from engine.feel.errors import NullResult
from engine.feel.temporal import (
    DAY,
    LAST_OFFSET,
    NANOS,
    UTC,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    Zone,
    at_midnight,
    date_of,
    named_zone,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE = r"(?P<year>-?(?:[1-9]\d{4,8}|\d{4}))-(?P<month>\d\d)-(?P<day>\d\d)"
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d+))?"
_ZONE = r"(?P<zone>[Zz]|[+-]\d\d:\d\d(?::\d\d)?|@[\w/+-]+)?"
_DATE_ONLY = re.compile(_DATE, re.ASCII)
_TIME_ONLY = re.compile(rf"{_TIME}{_ZONE}", re.ASCII)
_DATE_TIME = re.compile(rf"{_DATE}T{_TIME}{_ZONE}", re.ASCII)
_MONTHS = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_DAYS = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII)
#: Longest text that can be one of these.
_LONGEST = 120
#: The minutes of an hour, the seconds of a minute.
_SIXTY = range(60)


def read_date(text: str) -> Date:
    match = _match(_DATE_ONLY, text, "una data")
    return _date(match)


def read_time(text: str) -> Time:
    match = _match(_TIME_ONLY, text, "un’ora")
    return _time(match, last_hour=23)


def read_date_time(text: str) -> DateTime:
    """Read a date and time; a date alone is its midnight, and 24:00:00 the midnight that follows."""
    if len(text) <= _LONGEST and _DATE_ONLY.fullmatch(text):
        return at_midnight(read_date(text))
    match = _match(_DATE_TIME, text, "una data e ora")
    date, time = _date(match), _time(match, last_hour=24)
    if time.nanos == DAY * NANOS:
        return at_midnight(date.plus_days(1), time.zone)
    return DateTime(date, time)


def read_duration(text: str) -> DayTimeDuration | YearMonthDuration:
    if len(text) > _LONGEST or text.endswith(("P", "T")):
        raise NullResult(f"«{text[:40]}» non è una durata")
    months = _MONTHS.fullmatch(text)
    if months:
        sign = -1 if months[1] else 1
        return YearMonthDuration(sign * (int(months[2] or 0) * 12 + int(months[3] or 0)))
    return _days(_match(_DAYS, text, "una durata"))


def _days(match: re.Match[str]) -> DayTimeDuration:
    days, hours, minutes, seconds = (int(part or 0) for part in match.group(2, 3, 4, 5))
    nanos = (days * DAY + hours * 3600 + minutes * 60 + seconds) * NANOS + _nanos(match[6])
    return DayTimeDuration(-nanos if match[1] else nanos)


#: The functions of the language that read a text, by name.
READERS: dict[str, Callable[[str], Any]] = {
    "date and time": read_date_time,
    "date": read_date,
    "time": read_time,
    "duration": read_duration,
}


def read_any(text: str) -> Any:
    """Read what stands in an ``@"…"`` literal; NullResult where it is none of these."""
    for read in (read_date, read_date_time, read_time, read_duration):
        try:
            return read(text)
        except NullResult:
            continue
    raise NullResult(f"«{text[:40]}» non è una data, un’ora o una durata")


def _match(pattern: re.Pattern[str], text: str, what: str) -> re.Match[str]:
    match = pattern.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise NullResult(f"«{text[:40]}» non è {what}")
    return match


def _date(match: re.Match[str]) -> Date:
    return date_of(int(match["year"]), int(match["month"]), int(match["day"]))


def _time(match: re.Match[str], *, last_hour: int) -> Time:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    nanos = time_nanos(hour, minute, second, _nanos(match["fraction"]), last_hour)
    return Time(nanos, _zone(match["zone"]))


def time_nanos(hour: int, minute: int, second: int, nanos: int = 0, last_hour: int = 23) -> int:
    """Return nanoseconds since midnight; NullResult where no clock shows that time."""
    whole = (hour * 3600 + minute * 60 + second) * NANOS + nanos
    in_range = 0 <= hour <= last_hour and minute in _SIXTY and second in _SIXTY
    if not in_range or whole > DAY * NANOS:
        raise NullResult("questa ora non esiste")
    return whole


def _nanos(fraction: str | None) -> int:
    return int((fraction or "0")[:9].ljust(9, "0"))


def _zone(text: str | None) -> Zone | None:
    if text is None:
        return None
    if text in ("Z", "z"):
        return UTC
    if text.startswith("@"):
        zone = named_zone(text[1:])
        if zone is None:
            raise NullResult(f"il fuso «{text[1:41]}» non esiste")
        return zone
    return offset_zone(_offset(text))


def _offset(text: str) -> int:
    hours, minutes, seconds = (int(part) for part in (text[1:] + ":00").split(":")[:3])
    if minutes not in _SIXTY or seconds not in _SIXTY:
        raise NullResult("questo scarto dal fuso non esiste")
    return (hours * 3600 + minutes * 60 + seconds) * (-1 if text[0] == "-" else 1)


def offset_zone(seconds: int) -> Zone:
    if abs(seconds) > LAST_OFFSET:
        raise NullResult("questo scarto dal fuso non esiste")
    return Zone(offset=seconds)


@singledispatch
def write(value: Any) -> str:
    """Write a date, time or duration the way FEEL's ``string()`` does."""
    raise TypeError(type(value).__name__)


@write.register(Date)
def _(value: Date) -> str:
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04}-{value.month:02}-{value.day:02}"


@write.register(Time)
def _(value: Time) -> str:
    minutes, second = divmod(value.second, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{_fraction(value.nanos % NANOS)}{_write_zone(value.zone)}"


@write.register(DateTime)
def _(value: DateTime) -> str:
    return f"{write(value.date)}T{write(value.time)}"


@write.register(YearMonthDuration)
def _(value: YearMonthDuration) -> str:
    years, months = divmod(abs(value.months), 12)
    body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return ("-" if value.months < 0 else "") + "P" + (body or "0M")


@write.register(DayTimeDuration)
def _(value: DayTimeDuration) -> str:
    seconds, nanos = divmod(abs(value.nanos), NANOS)
    days, seconds = divmod(seconds, DAY)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{_fraction(nanos)}S" if seconds or nanos else ""
    body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if value.nanos < 0 else "") + "P" + (body or "T0S")


def _fraction(nanos: int) -> str:
    return f".{nanos:09}".rstrip("0") if nanos else ""


def _write_zone(zone: Zone | None) -> str:
    if zone is None:
        return ""
    if zone.offset is None:
        return f"@{zone.name}"
    return _write_offset(zone.offset)


def _write_offset(offset: int) -> str:
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    text = f"{'-' if offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text
