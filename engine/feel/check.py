"""Problems in an expression before it runs, in Italian, for the person who draws the process."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import singledispatch
from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.errors import FeelError
from engine.feel.expression import Expression, read, read_unary
from engine.feel.lexer import place
from engine.feel.library import LIBRARY
from engine.feel.unary import INPUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an expression; line and column count from 1."""

    line: int
    column: int
    message: str


def check(text: str, names: Iterable[str] | None = None, *, unary: bool = False) -> list[Problem]:
    """Return what is wrong with an expression, or with a decision table's cell where ``unary``.

    ``names`` are the variables and functions in scope; without them unknown names are not reported.
    """
    scope = None if names is None else frozenset(names)
    try:
        expression = (read_unary if unary else read)(text, scope or ())
    except FeelError as fault:
        return [Problem(fault.line or 1, fault.column or 1, fault.message)]
    return [] if scope is None else _unknown_names(expression, scope | {INPUT} if unary else scope)


def _unknown_names(expression: Expression, scope: frozenset[str]) -> list[Problem]:
    problems = []
    for node in free_names(expression.tree, frozenset()):
        if node.name not in scope and node.name not in LIBRARY:
            line, column = place(expression.text, node.at)
            problems.append(Problem(line, column, _unknown(node.name, scope)))
    return problems


def _unknown(name: str, scope: frozenset[str]) -> str:
    near = get_close_matches(name, sorted(scope | LIBRARY.keys()), n=1, cutoff=0.7)
    hint = f": intendevi «{near[0]}»?" if near else "."
    return f"«{name}» non esiste{hint}"


@singledispatch
def free_names(node: syntax.Node, bound: frozenset[str]) -> Iterator[syntax.Name]:
    """Give the names an expression takes from outside, in the order they stand in."""
    for child in _children(node):
        yield from free_names(child, bound)


def _children(node: syntax.Node) -> Iterator[syntax.Node]:
    for field in node.__dataclass_fields__:
        value = getattr(node, field)
        yield from _nodes(value)


def _nodes(value: object) -> Iterator[syntax.Node]:
    if isinstance(value, syntax.Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


@free_names.register(syntax.Name)
def _(node: syntax.Name, bound: frozenset[str]) -> Iterator[syntax.Name]:
    if node.name not in bound:
        yield node


@free_names.register(syntax.Filter)
def _(node: syntax.Filter, bound: frozenset[str]) -> Iterator[syntax.Name]:
    """Look at the source alone: the condition sees entries of items that nobody knows before it runs."""
    yield from free_names(node.source, bound)


@free_names.register(syntax.ContextLiteral)
def _(node: syntax.ContextLiteral, bound: frozenset[str]) -> Iterator[syntax.Name]:
    for name, entry in node.entries:
        yield from free_names(entry, bound)
        bound |= {name}


@free_names.register(syntax.FunctionLiteral)
def _(node: syntax.FunctionLiteral, bound: frozenset[str]) -> Iterator[syntax.Name]:
    yield from free_names(node.body, bound | {name for name, _ in node.parameters})


def _in_iterators(iterators: tuple[syntax.Iterator, ...], bound: frozenset[str]) -> Iterator[syntax.Name]:
    for each in iterators:
        yield from free_names(each.source, bound)
        if each.until is not None:
            yield from free_names(each.until, bound)
        bound |= {each.name}


def _iterated(iterators: tuple[syntax.Iterator, ...]) -> frozenset[str]:
    return frozenset(each.name for each in iterators)


@free_names.register(syntax.For)
def _(node: syntax.For, bound: frozenset[str]) -> Iterator[syntax.Name]:
    yield from _in_iterators(node.iterators, bound)
    yield from free_names(node.result, bound | _iterated(node.iterators) | {"partial"})


@free_names.register(syntax.Quantified)
def _(node: syntax.Quantified, bound: frozenset[str]) -> Iterator[syntax.Name]:
    yield from _in_iterators(node.iterators, bound)
    yield from free_names(node.condition, bound | _iterated(node.iterators))
