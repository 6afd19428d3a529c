"""What a dot may reach (DMN 1.5, section 10.3.2.3 and table 65): a fixed list per type, never a Python attribute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel import gregorian
from engine.feel.decimals import ARITHMETIC
from engine.feel.errors import NullResult
from engine.feel.temporal import DAY, NANOS, Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from engine.feel.values import Range

if TYPE_CHECKING:
    from engine.feel.budget import Meter

_Properties = Mapping[str, Callable[[Any], Any]]


def _signed(total: int, unit: int, wrap: int | None = None) -> Decimal:
    """Return one part of a duration, with the duration's sign."""
    part = abs(total) // unit
    if wrap is not None:
        part %= wrap
    return Decimal(part if total >= 0 else -part)


def _seconds(nanos: int) -> Decimal:
    """Return the seconds beyond the last whole minute, with their fraction."""
    return ARITHMETIC.divide(_signed(nanos, 1, 60 * NANOS), Decimal(NANOS))


def _offset(value: Time | DateTime) -> DayTimeDuration | None:
    offset = value.offset()
    return None if offset is None else DayTimeDuration(offset * NANOS)


def _of_date(get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: get(value.date)


def _of_time(get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: get(value.time)


_DATE: _Properties = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(gregorian.weekday(date.year, date.month, date.day)),
}
_CLOCK: _Properties = {
    "hour": lambda time: Decimal(time.second // 3600),
    "minute": lambda time: Decimal(time.second // 60 % 60),
    "second": lambda time: _seconds(time.nanos),
    "timezone": lambda time: None if time.zone is None else time.zone.name,
}
_MIDNIGHT: _Properties = {name: lambda _date: Decimal(0) for name in ("hour", "minute", "second")}
_PROPERTIES: dict[type, _Properties] = {
    Date: {**_DATE, **_MIDNIGHT, "time offset": lambda _date: DayTimeDuration(0), "timezone": lambda _date: "Etc/UTC"},
    Time: {**_CLOCK, "time offset": _offset},
    DateTime: {
        **{name: _of_date(get) for name, get in _DATE.items()},
        **{name: _of_time(get) for name, get in _CLOCK.items()},
        "time offset": _offset,
    },
    DayTimeDuration: {
        "days": lambda length: _signed(length.nanos, DAY * NANOS),
        "hours": lambda length: _signed(length.nanos, 3600 * NANOS, 24),
        "minutes": lambda length: _signed(length.nanos, 60 * NANOS, 60),
        "seconds": lambda length: _seconds(length.nanos),
    },
    YearMonthDuration: {
        "years": lambda length: _signed(length.months, 12),
        "months": lambda length: _signed(length.months, 1, 12),
    },
    Range: {
        "start": lambda bounds: bounds.start,
        "end": lambda bounds: bounds.end,
        "start included": lambda bounds: bounds.start_included,
        "end included": lambda bounds: bounds.end_included,
    },
}


def property_of(value: Any, name: str, meter: Meter) -> Any:
    """Return a value's property; of a list, the property of each of its items."""
    if value is None:
        raise NullResult(f"«.{name}» su un valore nullo")
    if type(value) is dict:
        return _entry(value, name)
    if type(value) is list:
        meter.grow(len(value))
        meter.step(len(value))
        return [_item_property(item, name, meter) for item in value]
    properties = _PROPERTIES.get(type(value), {})
    if name not in properties:
        raise NullResult(f"questo valore non ha «{name}»")
    return properties[name](value)


def _entry(context: dict[str, Any], name: str) -> Any:
    if name not in context:
        raise NullResult(f"il contesto non ha la voce «{name}»")
    return context[name]


def _item_property(item: Any, name: str, meter: Meter) -> Any:
    try:
        return None if isinstance(item, list) else property_of(item, name, meter)
    except NullResult:
        return None
