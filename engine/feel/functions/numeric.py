"""Numeric functions (DMN 1.5, section 10.3.4.5)."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.decimals import ARITHMETIC, ONE, ZERO, rounded, whole
from engine.feel.errors import NullResult
from engine.feel.library import builtin
from engine.feel.temporal import DayTimeDuration, YearMonthDuration

#: The scales that decimal128 allows.
_LEAST_SCALE, _GREATEST_SCALE = -6111, 6176


def _scaled(value: Decimal, scale: Decimal, mode: str) -> Decimal:
    if not _LEAST_SCALE <= scale <= _GREATEST_SCALE:
        raise NullResult("il numero di decimali è fuori dai limiti")
    return rounded(value, int(scale), mode)


@builtin("decimal(n: number, scale: number)")
def decimal(value: Decimal, scale: Decimal) -> Decimal:
    return _scaled(value, scale, ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number)")
def floor(value: Decimal, scale: Decimal = ZERO) -> Decimal:
    return _scaled(value, scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number)")
def ceiling(value: Decimal, scale: Decimal = ZERO) -> Decimal:
    return _scaled(value, scale, ROUND_CEILING)


@builtin("round up(n: number, scale?: number)")
def round_up(value: Decimal, scale: Decimal = ZERO) -> Decimal:
    return _scaled(value, scale, ROUND_UP)


@builtin("round down(n: number, scale?: number)")
def round_down(value: Decimal, scale: Decimal = ZERO) -> Decimal:
    return _scaled(value, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale?: number)")
def round_half_up(value: Decimal, scale: Decimal = ZERO) -> Decimal:
    return _scaled(value, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale?: number)")
def round_half_down(value: Decimal, scale: Decimal = ZERO) -> Decimal:
    return _scaled(value, scale, ROUND_HALF_DOWN)


@builtin("abs(n: number)")
def absolute(value: Decimal) -> Decimal:
    return ARITHMETIC.abs(value)


@builtin("abs(n: days)")
def absolute_days(value: DayTimeDuration) -> DayTimeDuration:
    return DayTimeDuration(abs(value.nanos))


@builtin("abs(n: months)")
def absolute_months(value: YearMonthDuration) -> YearMonthDuration:
    return YearMonthDuration(abs(value.months))


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return what is left of a division rounded down: the result has the divisor's sign."""
    if divisor == 0:
        raise NullResult("modulo: divisione per zero")
    rest = ARITHMETIC.remainder(dividend, divisor)
    return ARITHMETIC.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt(number: number)")
def square_root(value: Decimal) -> Decimal:
    return ARITHMETIC.sqrt(value)


@builtin("log(number: number)")
def logarithm(value: Decimal) -> Decimal:
    if value <= 0:
        raise NullResult("log: il numero deve essere positivo")
    return ARITHMETIC.ln(value)


@builtin("exp(number: number)")
def exponential(value: Decimal) -> Decimal:
    return ARITHMETIC.exp(value)


def _whole(value: Decimal) -> int:
    found = whole(value)
    if found is None:
        raise NullResult("il numero non è intero")
    return found


@builtin("odd(number: number)")
def odd(value: Decimal) -> bool:
    return _whole(value) % 2 == ONE


@builtin("even(number: number)")
def even(value: Decimal) -> bool:
    return _whole(value) % 2 == ZERO
