"""The syntax tree: what an expression says, before it is turned into something that runs.

Every node knows the offset (``at``) of its first character, so that problems can be shown in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.feel.kinds import Type


#: The value that a test looks at.
INPUT = "?"
#: What the results of a ``for`` before the present one are called in it.
PARTIAL = "partial"


@dataclass(slots=True, kw_only=True, eq=False)
class SyntaxNode:
    at: int = 0


@dataclass(slots=True, eq=False)
class Literal(SyntaxNode):
    value: Any


@dataclass(slots=True, eq=False)
class AtLiteral(SyntaxNode):
    """``@"2026-10-04"``: a date, time, date and time or duration."""

    text: str


@dataclass(slots=True, eq=False)
class Name(SyntaxNode):
    name: str


@dataclass(slots=True, eq=False)
class Path(SyntaxNode):
    source: SyntaxNode
    name: str


@dataclass(slots=True, eq=False)
class Filter(SyntaxNode):
    source: SyntaxNode
    condition: SyntaxNode


@dataclass(slots=True, eq=False)
class Call(SyntaxNode):
    function: SyntaxNode
    positional: tuple[SyntaxNode, ...] = ()
    named: tuple[tuple[str, SyntaxNode], ...] = ()


@dataclass(slots=True, eq=False)
class Negation(SyntaxNode):
    operand: SyntaxNode


@dataclass(slots=True, eq=False)
class Chain(SyntaxNode):
    """``first + a - b``: operations of one precedence, from left to right."""

    first: SyntaxNode
    rest: tuple[tuple[str, SyntaxNode], ...]


@dataclass(slots=True, eq=False)
class Comparison(SyntaxNode):
    operator: str
    left: SyntaxNode
    right: SyntaxNode


@dataclass(slots=True, eq=False)
class Logic(SyntaxNode):
    """A run of ``and`` or of ``or``."""

    operator: str
    operands: tuple[SyntaxNode, ...]


@dataclass(slots=True, eq=False)
class Between(SyntaxNode):
    operand: SyntaxNode
    low: SyntaxNode
    high: SyntaxNode


@dataclass(slots=True, eq=False)
class Condition(SyntaxNode):
    """A test that mentions ``?``: it says by itself whether the input passes; others are compared with the input."""

    test: SyntaxNode


@dataclass(slots=True, eq=False)
class In(SyntaxNode):
    operand: SyntaxNode
    tests: tuple[SyntaxNode, ...]


@dataclass(slots=True, eq=False)
class InstanceOf(SyntaxNode):
    operand: SyntaxNode
    type: Type


@dataclass(slots=True, eq=False)
class RangeLiteral(SyntaxNode):
    low: SyntaxNode
    high: SyntaxNode
    low_included: bool
    high_included: bool


@dataclass(slots=True, eq=False)
class OperatorRange(SyntaxNode):
    """``< 10`` as a value or a test."""

    operator: str
    operand: SyntaxNode


@dataclass(slots=True, eq=False)
class ListLiteral(SyntaxNode):
    items: tuple[SyntaxNode, ...]


@dataclass(slots=True, eq=False)
class ContextLiteral(SyntaxNode):
    entries: tuple[tuple[str, SyntaxNode], ...]


@dataclass(slots=True, eq=False)
class If(SyntaxNode):
    condition: SyntaxNode
    then: SyntaxNode
    otherwise: SyntaxNode


@dataclass(slots=True, eq=False)
class Iterator:
    """``name in source`` or ``name in source..until``."""

    name: str
    source: SyntaxNode
    until: SyntaxNode | None = None


@dataclass(slots=True, eq=False)
class For(SyntaxNode):
    iterators: tuple[Iterator, ...]
    result: SyntaxNode
    #: Whether the result mentions ``partial`` as a whole, and not only one of its items.
    keeps_partial: bool = False


@dataclass(slots=True, eq=False)
class Quantified(SyntaxNode):
    every: bool
    iterators: tuple[Iterator, ...]
    condition: SyntaxNode


@dataclass(slots=True, eq=False)
class FunctionLiteral(SyntaxNode):
    parameters: tuple[tuple[str, Type | None], ...]
    body: SyntaxNode
    external: bool = False


@dataclass(slots=True, eq=False)
class UnaryTests(SyntaxNode):
    """What stands in a decision table's input cell; no tests at all is ``-``."""

    tests: tuple[SyntaxNode, ...]
    negated: bool = False


def nodes_in(value: object) -> Iterable[SyntaxNode | Iterator]:
    """Give the nodes that one field of a node holds, iterators included, however its tuples are nested."""
    if isinstance(value, (SyntaxNode, Iterator)):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from nodes_in(item)
