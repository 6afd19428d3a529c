"""Equality and order (DMN 1.5, section 10.3.2.14, tables 53 and 54)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.temporal import NANOS, UTC, Date, DateTime, DayTimeDuration, Time, YearMonthDuration, at_midnight
from engine.feel.values import Function, Range

if TYPE_CHECKING:
    from engine.feel.budget import Meter

_ORDERED = frozenset({Decimal, str, DayTimeDuration, YearMonthDuration, Date})
_PLAIN = _ORDERED | {bool}


def equal(left: Any, right: Any, meter: Meter) -> bool | None:
    """Compare two values; None where their types differ and so neither true nor false can be said."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return _mixed(left, right)
    if kind in _PLAIN:
        return bool(left == right)
    return _structured(left, right, meter)


def _mixed(left: Any, right: Any) -> bool | None:
    if isinstance(left, Date) and isinstance(right, DateTime):
        return _same_date_time(at_midnight(left, UTC), right)
    if isinstance(left, DateTime) and isinstance(right, Date):
        return _same_date_time(left, at_midnight(right, UTC))
    return None


def _structured(left: Any, right: Any, meter: Meter) -> bool | None:
    meter.step()
    if isinstance(left, (Time, DateTime)):
        return _same_moment(left, right)
    match left:
        case list():
            return _same_list(left, right, meter)
        case dict():
            return left.keys() == right.keys() and _same_list(list(left.values()), [right[key] for key in left], meter)
        case Range():
            return _same_range(left, right, meter)
        case Function():
            return left is right
    return None


def _same_list(left: list[Any], right: list[Any], meter: Meter) -> bool:
    if len(left) != len(right):
        return False
    meter.enter()
    meter.step(len(left))
    same = all(equal(mine, other, meter) is True for mine, other in zip(left, right, strict=True))
    meter.leave()
    return same


def _same_range(left: Range, right: Range, meter: Meter) -> bool:
    shape = (left.operator, left.start_included, left.end_included)
    if shape != (right.operator, right.start_included, right.end_included):
        return False
    return equal(left.start, right.start, meter) is True and equal(left.end, right.end, meter) is True


def _same_time(left: Time, right: Time) -> bool:
    """Fractions of a second do not count in equality (section 10.3.2.3.4), nor does a missing offset equal any."""
    mine, other = left.offset(), right.offset()
    if mine is None or other is None:
        return mine is other and left.second == right.second
    return left.second - mine == right.second - other


def _same_moment(left: Any, right: Any) -> bool:
    return _same_time(left, right) if isinstance(left, Time) else _same_date_time(left, right)


def _same_date_time(left: DateTime, right: DateTime) -> bool:
    if (left.time.zone is None) != (right.time.zone is None):
        return False
    return left.instant() // NANOS == right.instant() // NANOS


def order(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as left comes before, with or after right; None where they have no order."""
    if type(left) is type(right) and type(left) in _ORDERED:
        return -1 if left < right else int(left > right)
    keys = _keys(left, right)
    if keys is None:
        return None
    mine, other = keys
    return int(mine > other) - int(mine < other)


def _keys(left: Any, right: Any) -> tuple[Any, Any] | None:
    kind = type(left)
    if kind is type(right):
        return _clock_keys(left, right) if kind in (Time, DateTime) else None
    if kind is Date and isinstance(right, DateTime):
        return _clock_keys(at_midnight(left, UTC), right)
    if kind is DateTime and isinstance(right, Date):
        return _clock_keys(left, at_midnight(right, UTC))
    return None


def _clock_keys(left: Time | DateTime, right: Time | DateTime) -> tuple[int, int] | None:
    mine, other = left.offset(), right.offset()
    if (mine is None) != (other is None):
        return None
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        return left.instant(), right.instant()
    if isinstance(left, Time) and isinstance(right, Time):
        return left.nanos - (mine or 0) * NANOS, right.nanos - (other or 0) * NANOS
    return None


def contains(bounds: Range, value: Any, meter: Meter) -> bool | None:
    """Whether a range holds a value; None where they cannot be compared."""
    if bounds.operator in ("=", "!="):
        same = equal(value, bounds.start, meter)
        return same if same is None else same is (bounds.operator == "=")
    after = _beyond(bounds.start, value, included=bounds.start_included)
    before = _beyond(value, bounds.end, included=bounds.end_included)
    if after is None or before is None:
        return False if after is False or before is False else None
    return after and before


def _beyond(low: Any, high: Any, *, included: bool) -> bool | None:
    if low is None or high is None:
        return True
    sign = order(low, high)
    if sign is None:
        return None
    return sign < 0 or (included and sign == 0)
