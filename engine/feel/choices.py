"""Comparisons with a text that a name never has, because the field it comes from does not let choose it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from engine.feel import syntax
from engine.feel.check import ExpressionProblem
from engine.feel.errors import FeelError
from engine.feel.expression import read
from engine.feel.lexer import place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_MOST_TOLD: Final = 12
"""Answers listed in a message."""


def never_chosen(text: str, names: Iterable[str], values: Mapping[str, Collection[str]]) -> list[ExpressionProblem]:
    """Tell of texts that are compared with a name and are none of its ``values``; nothing where FEEL cannot be read."""
    try:
        tree = read(text, names).tree
    except FeelError:
        return []
    found = ((literal, _message(literal, name, values[name])) for name, literal in _compared(tree) if name in values)
    return [ExpressionProblem(*place(text, literal.at), said, "slip") for literal, said in found if said]


def _message(literal: syntax.Literal, name: str, values: Collection[str]) -> str:
    if literal.value in values:
        return ""
    near = get_close_matches(literal.value, values, n=1)
    told = ", ".join(f'"{value}"' for value in sorted(values)[:_MOST_TOLD])
    hint = f'intendevi "{near[0]}"?' if near else f"si sceglie tra {told}."
    return f'"{literal.value}" non è tra le risposte di «{name}»: {hint}'


def _compared(node: syntax.SyntaxNode | syntax.Iterator) -> Iterator[tuple[str, syntax.Literal]]:
    """Give each name with the text it is compared with; not inside filters, where names are those of the items."""
    if isinstance(node, syntax.Filter):
        yield from _compared(node.source)
        return
    if isinstance(node, syntax.Comparison) and node.operator in ("=", "!="):
        yield from _pairs(node.left, (node.right,))
        yield from _pairs(node.right, (node.left,))
    elif isinstance(node, syntax.In):
        yield from _pairs(node.operand, node.tests)
    for field in node.__dataclass_fields__:
        yield from (pair for child in syntax.nodes_in(getattr(node, field)) for pair in _compared(child))


def _pairs(name: syntax.SyntaxNode, others: Iterable[syntax.SyntaxNode]) -> Iterator[tuple[str, syntax.Literal]]:
    if isinstance(name, syntax.Name):
        texts = (each for each in others if isinstance(each, syntax.Literal) and isinstance(each.value, str))
        yield from ((name.name, each) for each in texts)
