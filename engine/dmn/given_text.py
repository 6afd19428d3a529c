"""Read a text as the type that a column of a table wants, as Camunda does: forms give dates and numbers as texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from engine.feel.decimals import number
from engine.feel.errors import NullResult
from engine.feel.kinds import conform
from engine.feel.temporal_text import read_date, read_date_time, read_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from engine.feel.frame import EvaluationRun
    from engine.feel.kinds import Type

#: As a program writes a number: no thousands, no comma, no exponent.
_NUMBER: Final = re.compile(r"-?[0-9]{1,34}(?:\.[0-9]{1,34})?")
_TRUTHS: Final = {"true": True, "false": False}


def _number(text: str) -> Decimal | None:
    return number(text) if _NUMBER.fullmatch(text) else None


_READERS: Final[tuple[Callable[[str], Any], ...]] = (_TRUTHS.get, _number, read_date, read_date_time, read_time)


def read_as(text: str, wanted: Type | None, run: EvaluationRun) -> tuple[Any, bool]:
    """Return what the text says in the type, and whether it says anything there."""
    for reader in _READERS:
        try:
            value = reader(text.strip())
        except (NullResult, ValueError, ArithmeticError):
            continue
        if value is not None:
            found, fits = conform(value, wanted, run)
            if fits:
                return found, True
    return None, False
