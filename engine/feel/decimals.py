"""Numbers: decimals of 34 digits (IEEE 754-2008 decimal128, as DMN 1.5, section 10.3.2.2 asks)."""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from engine.feel.errors import NullResult

#: The arithmetic of the language; results that do not fit raise and become null.
ARITHMETIC = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[Overflow, DivisionByZero, InvalidOperation]
)
ZERO = Decimal(0)
ONE = Decimal(1)
#: Beyond this many digits an exponent cannot be written without zeros alone.
_LAST_EXPONENT = 6144


def number(text: str) -> Decimal | None:
    """Return the number a literal writes, rounded to 34 digits, or None where it is beyond decimal128."""
    try:
        return ARITHMETIC.create_decimal(text)
    except DecimalException:
        return None


def whole(value: Decimal) -> int | None:
    """Return a number as an int when it has no fraction and is not absurdly long."""
    if value.adjusted() > _LAST_EXPONENT or value != value.to_integral_value():
        return None
    return int(value)


def rounded(value: Decimal, scale: int, mode: str) -> Decimal:
    """Give a number so many decimals (negative: tens, hundreds …), rounded with one of the decimal module's modes.

    A number that would take more than 34 digits to have zeros there stays as it is.
    """
    is_exact = -value.as_tuple().exponent <= scale  # type: ignore[operator]  # never infinite here
    if is_exact and value.adjusted() + scale >= ARITHMETIC.prec:
        return value
    try:
        wide = Context(prec=12400, rounding=mode, Emin=-12400, Emax=12400, traps=[InvalidOperation])
        return ARITHMETIC.plus(wide.quantize(value, Decimal((0, (1,), -scale))))
    except DecimalException as error:
        raise NullResult("arrotondamento fuori dai limiti") from error


def text_of(value: Decimal) -> str:
    """Write a number without an exponent and without a needless sign on zero."""
    if value == ZERO:
        value = abs(value)
    return format(value, "f")
