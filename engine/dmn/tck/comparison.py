"""Whether a result is the one a test file expects: stricter than the language's own equality."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel.budget import Budget, Meter
from engine.feel.compare import equal
from engine.feel.convert import inward
from engine.feel.temporal import NANOS, DateTime, Time

#: How far a number may be from the expected one: the kit writes 15 digits of results that have 34.
_TOLERANCE = Decimal("1e-8")


def same(expected: Any, found: Any) -> bool:
    """Whether a result is the expected one, and of its type; moments must agree to the nanosecond."""
    meter = Meter(Budget(seconds=5))
    return _same(inward(expected, meter), inward(found, meter), meter)


def _same(expected: Any, found: Any, meter: Meter) -> bool:
    if type(expected) is not type(found):
        return False
    if isinstance(expected, list):
        return len(expected) == len(found) and all(
            _same(one, other, meter) for one, other in zip(expected, found, strict=True)
        )
    if isinstance(expected, dict):
        return expected.keys() == found.keys() and all(_same(expected[key], found[key], meter) for key in expected)
    if isinstance(expected, Decimal):
        return bool(abs(expected - found) <= _TOLERANCE * max(Decimal(1), abs(expected)))
    return equal(expected, found, meter) is True and _fraction(expected) == _fraction(found)


def _fraction(value: Any) -> int | None:
    """Return the nanoseconds that equality leaves out of a moment."""
    clock = value.time if isinstance(value, DateTime) else value
    return clock.nanos % NANOS if isinstance(clock, Time) else None
