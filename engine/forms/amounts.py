"""Numbers as Italians write them: ``1.234,5``."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

DIGITS = 15
"""Significant digits that survive JSON's double-precision numbers (RFC 8259 §6)."""

_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")


def number_of(text: str) -> Decimal | None:
    """Read a number: decimal comma, or a point with no comma; thousands points; blanks ignored. ``None`` if it is none.

    ``1.234`` is one thousand two hundred and thirty-four, as an Italian reader means it.
    """
    bare = re.sub(r"\s", "", text)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", bare):
        return None
    return _exact(bare)


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
