"""Numbers as Italians write them, ``1.234,5``, and as other keyboards and programs do, ``1,234.5``."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

DIGITS = 15
"""Significant digits that survive JSON's double-precision numbers (RFC 8259 §6)."""

_ITALIAN = re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)?(?:,[0-9]*)?")
"""A decimal comma; points part thousands, and no number with thousands begins with a zero."""
_ENGLISH = re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)?(?:\.[0-9]*)?")


def readings_of(text: str) -> tuple[Decimal, ...]:
    """Read a number in every way that makes sense, the Italian one first; blanks do not count. Empty if it is none.

    ``1.234`` may be a thousand or one and a bit. ``1,234`` is one and a bit: a comma alone is an Italian's decimal one.
    ``0.500`` and ``1.5`` can only have a decimal point.
    """
    bare = re.sub(r"\s", "", text)
    found = (_exact(bare.replace(".", "").replace(",", ".")),) if _ITALIAN.fullmatch(bare) else ()
    if _ENGLISH.fullmatch(bare) and not (found and "," in bare):
        found = (*found, _exact(bare.replace(",", "")))
    return tuple(dict.fromkeys(number for number in found if number is not None))


def number_of(text: str) -> Decimal | None:
    """Read a number that can be read in one way; ``None`` otherwise."""
    readings = readings_of(text)
    return readings[0] if len(readings) == 1 else None


def _exact(bare: str) -> Decimal | None:
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if len(number.normalize().as_tuple().digits) <= DIGITS else None


def plain(number: Decimal) -> int | float:
    """Return the number as JSON carries it."""
    return int(number) if number == number.to_integral_value() else float(number)


def words(number: Decimal | float, *, grouped: bool = False) -> str:
    """Write a number with a decimal comma, and on request thousands points."""
    exact = Decimal(str(number)).normalize()
    text = f"{exact:,f}" if grouped else f"{exact:f}"
    return text.translate(str.maketrans(",.", ".,"))
