"""Conversions between types, and ``not`` and ``is`` (DMN 1.5, sections 10.3.4.1, 10.3.4.2 and 10.3.4.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.feel.compare import equal
from engine.feel.decimals import number
from engine.feel.errors import NullResult
from engine.feel.library import builtin
from engine.feel.temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from engine.feel.temporal_text import read_duration
from engine.feel.text import text_of

if TYPE_CHECKING:
    from decimal import Decimal

    from engine.feel.frame import EvaluationRun

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LONGEST_NUMBER = 400


@builtin("number(from: string)")
def number_of(text: str) -> Decimal:
    found = number(text) if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text) else None
    if found is None:
        raise NullResult(f"number: «{text[:40]}» non è un numero")
    return found


@builtin("number(from: string, grouping separator: string?, decimal separator?: string?)")
def number_with_separators(text: str, grouping: str | None, decimal: str | None = None) -> Decimal:
    if grouping not in (" ", ",", ".", None) or decimal not in (",", ".", None) or (grouping and grouping == decimal):
        raise NullResult("number: i separatori non sono ammessi")
    if grouping:
        text = text.replace(grouping, "")
    if decimal:
        text = text.replace(decimal, ".") if "." not in text or decimal == "." else "?"
    return number_of(text)


@builtin("string(from: any?)", needs_run=True)
def string(run: EvaluationRun, value: Any) -> str | None:
    return None if value is None else value if isinstance(value, str) else text_of(value, run.meter)


@builtin("duration(from: string)")
def duration(text: str) -> DayTimeDuration | YearMonthDuration:
    return read_duration(text)


@builtin("not(negand: boolean?)")
def negation(value: bool | None) -> bool | None:  # noqa: FBT001 — it is called with a value of the language
    return None if value is None else not value


@builtin("is(value1: any?, value2: any?)", needs_run=True)
def same(run: EvaluationRun, one: Any, other: Any) -> bool:
    """Whether two values are one and the same: of one type and, where they are moments, of one zone."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (Date, Time, DateTime, DayTimeDuration, YearMonthDuration)):
        return bool(one == other)
    return equal(one, other, run.meter) is True
