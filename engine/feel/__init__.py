"""FEEL, the expression language of DMN 1.5: complete, and safe to run on text that anyone may write.

The law of this package: a text from outside is read by our own parser and run by our own closures; nothing of it
ever reaches Python's ``eval``, ``exec``, ``compile`` or attribute access, every evaluation has a budget, and
FeelError is the only exception that leaves. What goes wrong inside an expression is null, with a warning. The
package imports nothing of the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.budget import DEFAULT, Allowance, Budget, Meter
from engine.feel.check import ExpressionProblem, check
from engine.feel.choices import never_chosen
from engine.feel.convert import inward
from engine.feel.errors import BudgetExceeded, FeelError
from engine.feel.expression import Expression, Outcome, evaluate_unary, names_of, read, read_unary
from engine.feel.frame import Host
from engine.feel.temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from engine.feel.text import text_of
from engine.feel.values import Function, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

__all__ = [
    "Allowance",
    "Budget",
    "BudgetExceeded",
    "Date",
    "DateTime",
    "DayTimeDuration",
    "Expression",
    "ExpressionProblem",
    "FeelError",
    "Function",
    "Host",
    "Outcome",
    "Range",
    "Time",
    "YearMonthDuration",
    "check",
    "evaluate",
    "never_chosen",
    "outcome",
    "parse",
    "string",
    "unary",
]

_NOTHING: Mapping[str, Any] = {}


def parse(text: str, names: Iterable[str] = ()) -> Expression:
    """Read and compile an expression, once for each text.

    ``names`` are the names of variables and functions in scope; only those that are not one plain word matter
    (``working days between``, ``importo-netto``). FeelError with line and column where the text cannot be read.
    """
    return read(text, names)


def evaluate(
    text: str,
    context: Mapping[str, Any] = _NOTHING,
    *,
    now: datetime | None = None,
    functions: Mapping[str, Callable[..., Any]] | None = None,
    budget: Budget | None = None,
) -> Any:
    """Return the value of an expression, null (None) where the standard says so.

    Numbers come out as Decimal, dates and times as Python's, durations and ranges as this package's types.
    ``now`` is what ``now()`` and ``today()`` give. FeelError where the text cannot be read or the budget runs out.
    """
    host = Host(now, functions or {}, budget or DEFAULT)
    return read(text, names_of(text, context, host)).evaluate(context, host)


def outcome(text: str, context: Mapping[str, Any] = _NOTHING, host: Host | None = None) -> Outcome:
    """Return the value together with the warnings that say why parts of it are null."""
    host = host or Host()
    return read(text, names_of(text, context, host)).outcome(context, host)


def string(value: Any) -> str:
    """Write a value, Python's or the language's, as an expression would: ``P3D``, ``2026-11-22``, ``[1, "a"]``."""
    meter = Meter(DEFAULT)
    return text_of(inward(value, meter), meter)


def unary(  # noqa: PLR0913  # what ``evaluate`` takes, and the value
    text: str,
    value: Any,
    context: Mapping[str, Any] = _NOTHING,
    *,
    now: datetime | None = None,
    functions: Mapping[str, Callable[..., Any]] | None = None,
    budget: Budget | None = None,
) -> bool | None:
    """Whether a value passes a decision table's cell; None where the cell cannot say. FeelError as ``evaluate``."""
    host = Host(now, functions or {}, budget or DEFAULT)
    return evaluate_unary(read_unary(text, names_of(text, context, host)), value, context, host)
