"""Addition, subtraction, multiplication, division, power (DMN 1.5, section 10.3.2.15, tables 55 to 58)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal, DecimalException
from typing import Any

from engine.feel.budget import Meter
from engine.feel.decimals import ARITHMETIC, ONE, ZERO
from engine.feel.errors import NullResult
from engine.feel.temporal import (
    DAY,
    NANOS,
    UTC,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    at_midnight,
)

Operation = Callable[[Any, Any, Meter], Any]
_POWER_DIGITS = 10


def add(left: Any, right: Any, meter: Meter) -> Any:
    kinds = (type(left), type(right))
    if kinds == (Decimal, Decimal):
        return ARITHMETIC.add(left, right)
    if kinds == (str, str):
        meter.grow(len(left) + len(right))
        return left + right
    if kinds in _ADDITIONS:
        return _ADDITIONS[kinds](left, right)
    if kinds[::-1] in _ADDITIONS:
        return _ADDITIONS[kinds[::-1]](right, left)
    raise _undefined("+")


def subtract(left: Any, right: Any, meter: Meter) -> Any:
    kinds = (type(left), type(right))
    if kinds == (Decimal, Decimal):
        return ARITHMETIC.subtract(left, right)
    if kinds == (Time, Time) or (kinds[0] in (Date, DateTime) and kinds[1] in (Date, DateTime)):
        return _between(left, right)
    if kinds[1] in (DayTimeDuration, YearMonthDuration):
        return add(left, negate(right), meter)
    raise _undefined("-")


def multiply(left: Any, right: Any, meter: Meter) -> Any:
    del meter
    kinds = (type(left), type(right))
    if kinds == (Decimal, Decimal):
        return ARITHMETIC.multiply(left, right)
    if kinds[0] is Decimal and kinds[1] in (DayTimeDuration, YearMonthDuration):
        return _scaled(right, lambda length: ARITHMETIC.multiply(length, left))
    if kinds[1] is Decimal and kinds[0] in (DayTimeDuration, YearMonthDuration):
        return _scaled(left, lambda length: ARITHMETIC.multiply(length, right))
    raise _undefined("*")


def divide(left: Any, right: Any, meter: Meter) -> Any:
    del meter
    kinds = (type(left), type(right))
    if kinds == (Decimal, Decimal):
        return ARITHMETIC.divide(left, right)
    if kinds[1] is Decimal and kinds[0] in (DayTimeDuration, YearMonthDuration):
        return _scaled(left, lambda length: ARITHMETIC.divide(length, right))
    if kinds == (DayTimeDuration, DayTimeDuration):
        return ARITHMETIC.divide(Decimal(left.nanos), Decimal(right.nanos))
    if kinds == (YearMonthDuration, YearMonthDuration):
        return ARITHMETIC.divide(Decimal(left.months), Decimal(right.months))
    raise _undefined("/")


def power(left: Any, right: Any, meter: Meter) -> Any:
    del meter
    if type(left) is not Decimal or type(right) is not Decimal:
        raise _undefined("**")
    if right.adjusted() > _POWER_DIGITS:
        raise NullResult("esponente troppo grande")
    if right == ZERO:
        return ONE  # of zero too, as IEEE 754-2008 says of pow
    found = ARITHMETIC.power(left, right)
    if not found.is_finite():  # the decimal module gives an infinity without a signal
        raise NullResult("divisione per zero")
    # A fractional power comes with all 34 digits, be they zeros: 4 ** 0.5 is 2.
    return found if right == right.to_integral_value() else found.normalize(ARITHMETIC)


def negate(value: Any) -> Any:
    match value:
        case Decimal():
            return ARITHMETIC.minus(value)
        case DayTimeDuration():
            return DayTimeDuration(-value.nanos)
        case YearMonthDuration():
            return YearMonthDuration(-value.months)
    raise _undefined("-")


def _scaled(duration: Any, scale: Callable[[Decimal], Decimal]) -> Any:
    """Multiply or divide a duration; what is left over of a nanosecond or of a month is cut."""
    length = duration.nanos if isinstance(duration, DayTimeDuration) else duration.months
    scaled = scale(Decimal(length))
    if scaled.adjusted() > ARITHMETIC.prec:
        raise NullResult("durata troppo lunga")
    return type(duration)(int(scaled.to_integral_value(rounding=ROUND_DOWN)))


def _between(left: Date | DateTime | Time, right: Date | DateTime | Time) -> DayTimeDuration:
    mine = at_midnight(left, UTC) if isinstance(left, Date) else left
    other = at_midnight(right, UTC) if isinstance(right, Date) else right
    if mine.is_local != other.is_local:
        raise NullResult("un momento con fuso non si sottrae da uno senza")
    return DayTimeDuration(mine.instant() - other.instant())


def _whole_days(duration: DayTimeDuration) -> int:
    """Return the days a date moves by; hours less than a day move it only back past midnight."""
    return duration.nanos // (DAY * NANOS)


def _undefined(sign: str) -> NullResult:
    return NullResult(f"l’operazione «{sign}» non è definita tra questi valori")


_ADDITIONS: dict[tuple[type, type], Callable[[Any, Any], Any]] = {
    (Date, DayTimeDuration): lambda date, duration: date.plus_days(_whole_days(duration)),
    (Date, YearMonthDuration): lambda date, duration: date.plus_months(duration.months),
    (DateTime, DayTimeDuration): lambda moment, duration: moment.plus(duration.nanos),
    (DateTime, YearMonthDuration): lambda moment, duration: moment.plus_months(duration.months),
    (Time, DayTimeDuration): lambda time, duration: time.plus(duration.nanos),
    (DayTimeDuration, DayTimeDuration): lambda one, other: DayTimeDuration(one.nanos + other.nanos),
    (YearMonthDuration, YearMonthDuration): lambda one, other: YearMonthDuration(one.months + other.months),
}
OPERATIONS: dict[str, Operation] = {"+": add, "-": subtract, "*": multiply, "/": divide, "**": power}
#: What the operations raise where their result is null.
FAILURES = (NullResult, DecimalException)


def reason(fault: Exception) -> str:
    """Say why a result is null."""
    return str(fault) if isinstance(fault, NullResult) else "il risultato non è un numero"
