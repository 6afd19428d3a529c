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
class Node:
    at: int = 0


@dataclass(slots=True, eq=False)
class Literal(Node):
    value: Any


@dataclass(slots=True, eq=False)
class AtLiteral(Node):
    """``@"2026-10-04"``: a date, time, date and time or duration."""

    text: str


@dataclass(slots=True, eq=False)
class Name(Node):
    name: str


@dataclass(slots=True, eq=False)
class Path(Node):
    source: Node
    name: str


@dataclass(slots=True, eq=False)
class Filter(Node):
    source: Node
    condition: Node


@dataclass(slots=True, eq=False)
class Call(Node):
    function: Node
    positional: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()


@dataclass(slots=True, eq=False)
class Negation(Node):
    operand: Node


@dataclass(slots=True, eq=False)
class Chain(Node):
    """``first + a - b``: operations of one precedence, from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(slots=True, eq=False)
class Comparison(Node):
    operator: str
    left: Node
    right: Node


@dataclass(slots=True, eq=False)
class Logic(Node):
    """A run of ``and`` or of ``or``."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(slots=True, eq=False)
class Between(Node):
    operand: Node
    low: Node
    high: Node


@dataclass(slots=True, eq=False)
class Condition(Node):
    """A test that mentions ``?``: it says by itself whether the input passes; others are compared with the input."""

    test: Node


@dataclass(slots=True, eq=False)
class In(Node):
    operand: Node
    tests: tuple[Node, ...]


@dataclass(slots=True, eq=False)
class InstanceOf(Node):
    operand: Node
    type: Type


@dataclass(slots=True, eq=False)
class RangeLiteral(Node):
    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(slots=True, eq=False)
class OperatorRange(Node):
    """``< 10`` as a value or a test."""

    operator: str
    operand: Node


@dataclass(slots=True, eq=False)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(slots=True, eq=False)
class ContextLiteral(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(slots=True, eq=False)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(slots=True, eq=False)
class Iterator:
    """``name in source`` or ``name in source..until``."""

    name: str
    source: Node
    until: Node | None = None


@dataclass(slots=True, eq=False)
class For(Node):
    iterators: tuple[Iterator, ...]
    result: Node
    #: Whether the result mentions ``partial`` as a whole, and not only one of its items.
    keeps_partial: bool = False


@dataclass(slots=True, eq=False)
class Quantified(Node):
    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(slots=True, eq=False)
class FunctionLiteral(Node):
    parameters: tuple[tuple[str, Type | None], ...]
    body: Node
    external: bool = False


@dataclass(slots=True, eq=False)
class UnaryTests(Node):
    """What stands in a decision table's input cell; no tests at all is ``-``."""

    tests: tuple[Node, ...]
    negated: bool = False


def nodes_in(value: object) -> Iterable[Node | Iterator]:
    """Give the nodes that one field of a node holds, iterators included, however its tuples are nested."""
    if isinstance(value, (Node, Iterator)):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from nodes_in(item)
