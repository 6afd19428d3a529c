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
    if type(left) is not type(right):
        left, right = _of_one_type(left, right)
        if type(left) is not type(right):
            return None
    if type(left) in _PLAIN:
        return bool(left == right)
    return _structured(left, right, meter)


def _of_one_type(left: Any, right: Any) -> tuple[Any, Any]:
    """Turn a date beside a date and time into its midnight in UTC."""
    if isinstance(left, Date) and isinstance(right, DateTime):
        return at_midnight(left, UTC), right
    if isinstance(left, DateTime) and isinstance(right, Date):
        return left, at_midnight(right, UTC)
    return left, right


def _structured(left: Any, right: Any, meter: Meter) -> bool | None:
    meter.step()
    match left:
        case Time() | DateTime():
            return _same_moment(left, right)
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


def _same_moment(left: Time | DateTime, right: Any) -> bool:
    """Fractions of a second do not count in equality (section 10.3.2.3.4), nor does a missing offset equal any."""
    return left.is_local == right.is_local and bool(left.instant() // NANOS == right.instant() // NANOS)


def order(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as left comes before, with or after right; None where they have no order."""
    if type(left) is type(right) and type(left) in _ORDERED:
        return -1 if left < right else int(left > right)
    left, right = _of_one_type(left, right)
    if type(left) is not type(right) or not isinstance(left, (Time, DateTime)) or left.is_local != right.is_local:
        return None
    mine, other = left.instant(), right.instant()
    return int(mine > other) - int(mine < other)


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
