"""The expressions of a form, each in its place, and the names that each may speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from engine import feel
from engine.feel.check import unknown
from engine.forms.custom import FIRST_ROWS, FIRST_VALUE, NOT_AFTER, NOT_BEFORE, REQUIRED_IF
from engine.forms.expressions import INSERT, is_expression
from engine.forms.kinds import shape_of
from engine.forms.names import nest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from engine.forms.component import Component

    Choices = Mapping[str, frozenset[str]]

LIMITS = ("min", "max", "minLength", "maxLength")
TEXTS = ("label", "dateLabel", "timeLabel", "description", "text", "alt", "source")
"""Texts that may be an expression or hold some between double braces."""
_ADORNERS = ("prefixAdorner", "suffixAdorner")
_PATH = "valuesKey"
"""Not FEEL: keys between dots."""
_BEGINNINGS = {f"properties/{entry.name}": entry for entry in (FIRST_ROWS, FIRST_VALUE)}
_CONDITIONS = {f"properties/{entry.name}": entry for entry in (REQUIRED_IF, NOT_BEFORE, NOT_AFTER)}
_BLOCK = re.compile(r"\s*[#/]")
_ROW = ("this", "parent", "i")
"""What form-js gives the expressions of a row beside its own keys."""


@dataclass(frozen=True)
class FormSight:
    """What the expressions at one place see.

    ``variables`` are those of the case, None where nobody can say; ``around`` the names of the rows that the place is
    in; ``functions`` those that FEEL has beyond its own; ``choices`` the answers that a variable may be, where fixed.
    """

    functions: frozenset[str] = frozenset()
    variables: frozenset[str] | None = None
    around: frozenset[str] = frozenset()
    choices: Choices = field(default_factory=dict)

    def row(self, component: Component) -> FormSight:
        """Return what is seen inside the rows of a list: their keys and all that is seen around them."""
        return replace(self, around=self.around.union(nest_of(component.children).names, _ROW))

    @cached_property
    def beginning(self) -> FormSight:
        """What first values see: no answer is there yet, so they know the case alone."""
        return replace(self, around=frozenset())

    @cached_property
    def names(self) -> frozenset[str] | None:
        return None if self.variables is None else self.variables | self.around | self.functions

    def faults(self, expression: str) -> list[feel.ExpressionProblem]:
        """Return what is wrong with an expression here."""
        if self.names is not None:
            outer = {name: values for name, values in self.choices.items() if name not in self.around}
            return [*feel.check(expression, self.names), *feel.never_chosen(expression, self.names, outer)]
        return [each for each in feel.check(expression, self.functions) if each.rule == "syntax"]

    def unknown(self, path: str) -> list[feel.ExpressionProblem]:
        """Return what is wrong with a path to the voices of a choice: the variable that it begins with is not there."""
        name = path.partition(".")[0]
        if self.names is None or name in self.names:
            return []
        return [feel.ExpressionProblem(1, 1, unknown(name, self.names), "unknown-name")]


class FormExpression(NamedTuple):
    """One expression; ``before`` is what stands before it in the attribute that ``pointer`` leads to from there."""

    component: Component
    pointer: str
    before: str
    text: str
    sight: FormSight

    def faults(self) -> list[feel.ExpressionProblem]:
        look = self.sight.unknown if self.pointer == _PATH else self.sight.faults
        return look(self.text)


def written(component: Component, sight: FormSight) -> Iterator[FormExpression]:
    """Give the expressions of a component and of all inside it, in document order."""
    for pointer, text, is_bare in _holders(component):
        own = sight.beginning if pointer in _BEGINNINGS else sight
        yield from (FormExpression(component, pointer, *found, own) for found in _in(text, is_bare=is_bare))
    if path := component.text(_PATH):
        yield FormExpression(component, _PATH, "", path, sight)
    inner = sight.row(component) if shape_of(component.type) == "list" else sight
    for child in component.children:
        yield from written(child, inner)


def _holders(component: Component) -> Iterator[tuple[str, str, bool]]:
    """Give where expressions may stand; the last says whether they need no ``=`` nor braces."""
    attributes, rules = component.attributes, component.part("validate")
    yield "conditional/hide", str(component.part("conditional").get("hide") or ""), True
    values = {name: attributes.get(name) for name in ("readonly", "valuesExpression")}
    values |= {f"validate/{name}": rules.get(name) for name in LIMITS}
    values |= {pointer: component.custom(entry) for pointer, entry in (_BEGINNINGS | _CONDITIONS).items()}
    yield from ((pointer, str(value), False) for pointer, value in values.items() if is_expression(value))
    yield from ((name, component.text(name), False) for name in TEXTS)
    for name in _ADORNERS:
        yield f"appearance/{name}", str(component.part("appearance").get(name) or ""), False


def _in(text: str, *, is_bare: bool) -> Iterator[tuple[str, str]]:
    """Give each expression in a text with what stands before it."""
    if is_bare or text.startswith("="):
        blank = text[: len(text) - len(text.lstrip())] if is_bare else ""
        before = blank + "=" * text.startswith("=", len(blank))
        if text.strip():
            yield before, text[len(before) :]
        return
    for insert in INSERT.finditer(text):
        if not _BLOCK.match(insert[1]):
            start = insert.start(1) + insert[1].startswith("=")
            yield text[:start], text[start : insert.end(1)]


def faults(component: Component, sight: FormSight) -> Iterator[tuple[FormExpression, feel.ExpressionProblem]]:
    """Give every fault in the expressions of a component and of all inside it, as its attribute's text has it."""
    for each in written(component, sight):
        yield from ((each, fault.after(each.before)) for fault in each.faults())


def sight_of(
    functions: Collection[str], variables: Collection[str] | None, keys: Collection[str], choices: Choices
) -> FormSight:
    """Return what a form sees: the variables of the case and its own keys."""
    known = None if variables is None else frozenset(variables).union(keys)
    return FormSight(frozenset(functions), known, choices=choices)
