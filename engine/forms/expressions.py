"""What a designer may write as FEEL in a form: ``=…`` for a value, ``{{…}}`` inside a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING

from engine import feel
from engine.errors import ExpressionFailed
from engine.forms import amounts
from engine.forms.moments import typed_day, typed_hour

if TYPE_CHECKING:
    from collections.abc import Iterator

Functions = Mapping[str, Callable[..., object]]
Scope = Mapping[str, object]

INSERT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Situation:
    """Who fills the form in, when, and what the case already knows."""

    variables: Mapping[str, object]
    roles: frozenset[str]
    now: datetime
    functions: Functions = field(default_factory=dict)
    allowance: feel.Allowance = field(default_factory=feel.Allowance)

    def value(self, text: str, scope: Scope, owner: str) -> object:
        """Evaluate FEEL, with or without its leading ``=``; raise ``ExpressionFailed`` when it gives no value."""
        try:
            with self.allowance as budget:
                source = text.removeprefix("=")
                return feel.evaluate(source, scope, now=self.now, functions=self.functions, budget=budget)
        except feel.FeelError as failure:
            raise ExpressionFailed(owner, text, str(failure)) from failure

    def holds(self, text: str, scope: Scope, owner: str) -> bool:
        """Say whether a condition is true; null is not."""
        return self.value(text, scope, owner) is True

    def words(self, text: str, scope: Scope, owner: str) -> str:
        """Return a label with its expressions replaced by their values in words."""
        if text.startswith("="):
            return words_of(self.value(text, scope, owner))
        return INSERT.sub(lambda insert: words_of(self.value(insert[1], scope, owner)), text)

    def markdown(self, text: str, scope: Scope, owner: str) -> str:
        """Return Markdown in which inserted values are plain text, whatever signs they hold (CommonMark §2.4)."""
        if text.startswith("="):
            return words_of(self.value(text, scope, owner))
        return INSERT.sub(lambda insert: _escaped(words_of(self.value(insert[1], scope, owner))), text)


def is_expression(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=")


def inserts(text: str) -> Iterator[str]:
    """Yield the expressions a text holds."""
    if text.startswith("="):
        yield text[1:]
    else:
        yield from (insert.strip() for insert in INSERT.findall(text))


def plain(value: object) -> object:
    """Turn a FEEL value into what JSON carries."""
    match value:
        case Decimal():
            return amounts.plain(value)
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {str(name): plain(member) for name, member in value.items()}
        case None | bool() | int() | float() | str():
            return value
        case Sequence():
            return [plain(member) for member in value]
        case _:
            return feel.string(value)


@singledispatch
def words_of(value: object) -> str:
    """Write a value as an Italian reader expects it; what only FEEL knows, a duration say, as FEEL writes it."""
    return value if isinstance(value, str) else feel.string(value)


@words_of.register
def _(_: None) -> str:
    return ""


@words_of.register
def _(value: bool) -> str:  # noqa: FBT001 — dispatched on its type
    return "sì" if value else "no"


@words_of.register
def _(value: Decimal | int | float) -> str:
    return amounts.words(value)


@words_of.register
def _(value: datetime) -> str:
    return f"{typed_day(value)} {typed_hour(value)}"


@words_of.register
def _(value: date) -> str:
    return typed_day(value)


@words_of.register
def _(value: time) -> str:
    return typed_hour(value)


@words_of.register
def _(value: list | tuple) -> str:  # type: ignore[type-arg]  # dispatched on the bare types
    return ", ".join(map(words_of, value))


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text.replace("\n", " "))
