"""Convert Python's values into the language's, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from engine.feel.decimals import ARITHMETIC
from engine.feel.errors import FeelError
from engine.feel.temporal import (
    DAY,
    NANOS,
    UTC,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    Zone,
    zone_names,
)
from engine.feel.values import Function, Range

if TYPE_CHECKING:
    from engine.feel.budget import Meter

#: Types that are the same inside and outside; exactly these, since a subclass may behave otherwise.
_SAME = frozenset({bool, type(None), Date, Time, DateTime, DayTimeDuration, YearMonthDuration, Function})
_LISTS = frozenset({list, tuple, set, frozenset})
_MICROSECOND = 1000
_LONGEST_NUMBER = 6_145


def inward(value: Any, meter: Meter) -> Any:
    """Return a value from outside as the language has it; anything foreign to the language becomes null."""
    kind = type(value)
    if kind is str:
        meter.fits(len(value))
        return value
    if kind is int:
        return _integer(value)
    if kind is Decimal:
        return ARITHMETIC.plus(value) if value.is_finite() and value.adjusted() < _LONGEST_NUMBER else None
    return value if kind in _SAME else _other_inward(value, meter)


def _other_inward(value: Any, meter: Meter) -> Any:
    kind = type(value)
    if kind in _LISTS:
        return _list_inward(value, meter)
    if kind is float:
        return inward(Decimal(repr(value)), meter)
    if kind is Range:
        return replace(value, start=inward(value.start, meter), end=inward(value.end, meter))
    if kind is dict or issubclass(kind, Mapping):  # a foreign object may not even say its class
        return _context_inward(value, meter)
    try:
        return _scalar_inward(value, meter)
    except FeelError:
        raise
    except Exception:  # noqa: BLE001 — a foreign class may raise anything, and is foreign to the language
        return None


def _list_inward(value: Any, meter: Meter) -> list[Any]:
    meter.fits(len(value))
    meter.enter()
    meter.step(len(value))
    items = [inward(item, meter) for item in value]
    meter.leave()
    return items


def _context_inward(value: Mapping[Any, Any], meter: Meter) -> dict[str, Any]:
    given = entries_of(value)
    meter.fits(len(given))
    meter.enter()
    meter.step(len(given))
    entries = {str.__str__(key): inward(item, meter) for key, item in given.items() if isinstance(key, str)}
    meter.leave()
    return entries


def entries_of(value: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return a mapping's entries; none where a class of the host's own does not give them."""
    if isinstance(value, dict):
        return value if type(value) is dict else dict(dict.items(value))
    try:
        return dict(value)
    except Exception:  # noqa: BLE001 — a foreign class may raise anything, and is foreign to the language
        return {}


def _scalar_inward(value: Any, meter: Meter) -> Any:
    match value:
        case str():
            return inward(str.__str__(value), meter)
        case int():
            return _integer(int.__int__(value))
        case float():
            return inward(Decimal(float.__repr__(value)), meter)
    return _moment_inward(value)


def _moment_inward(value: Any) -> Any:
    match value:
        case dt.datetime():
            return DateTime(_date(value), _time(value.timetz()))
        case dt.date():
            return _date(value)
        case dt.time():
            return _time(value)
        case dt.timedelta():
            return DayTimeDuration(value // dt.timedelta(microseconds=1) * _MICROSECOND)
    return None


def _integer(value: int) -> Decimal | None:
    if value.bit_length() > _LONGEST_NUMBER:
        return None
    return ARITHMETIC.create_decimal(value)


def _date(value: dt.date) -> Date:
    return Date(value.year, value.month, value.day)


def _time(value: dt.time) -> Time:
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return Time(seconds * NANOS + value.microsecond * _MICROSECOND, _zone(value))


def _zone(value: dt.time) -> Zone | None:
    info = value.tzinfo
    if info is None:
        return None
    if isinstance(info, ZoneInfo) and info.key in zone_names():
        return Zone(name=info.key)
    offset = value.utcoffset()
    return UTC if offset is None else Zone(offset=int(offset.total_seconds()))


def outward(value: Any, meter: Meter) -> Any:
    """Return a value as Python has it; dates and times that Python cannot hold stay as they are."""
    kind = type(value)
    if kind is list:
        meter.enter()
        _count_out(value, meter)
        items = [outward(item, meter) for item in value]
        meter.leave()
        return items
    if kind is dict:
        meter.enter()
        _count_out(value.values(), meter)
        entries = {key: outward(item, meter) for key, item in value.items()}
        meter.leave()
        return entries
    if kind in (Date, Time, DateTime):
        return _moment_outward(value)
    return value


def _count_out(items: Collection[Any], meter: Meter) -> None:
    """Count items and texts as often as they are written: one long text may stand in a list a thousand times."""
    meter.step(len(items))
    meter.grow(sum(len(item) for item in items if type(item) is str))


def _moment_outward(value: Date | Time | DateTime) -> Any:
    match value:
        case Date() if _python_has(value):
            return dt.date(value.year, value.month, value.day)
        case Time() if value.nanos % _MICROSECOND == 0:
            return _clock(value)
        case DateTime() if _python_has(value.date) and value.time.nanos % _MICROSECOND == 0:
            date = dt.date(value.date.year, value.date.month, value.date.day)
            return dt.datetime.combine(date, _clock(value.time))
    return value


def _python_has(date: Date) -> bool:
    return dt.MINYEAR <= date.year <= dt.MAXYEAR


def _clock(value: Time) -> dt.time:
    seconds, nanos = divmod(value.nanos % (DAY * NANOS), NANOS)
    minutes, second = divmod(seconds, 60)
    return dt.time(minutes // 60, minutes % 60, second, nanos // _MICROSECOND, _tzinfo(value.zone))


def _tzinfo(zone: Zone | None) -> dt.tzinfo | None:
    if zone is None:
        return None
    if zone.offset is None:
        return ZoneInfo(zone.name or "UTC")
    return dt.UTC if zone.offset == 0 else dt.timezone(dt.timedelta(seconds=zone.offset))
