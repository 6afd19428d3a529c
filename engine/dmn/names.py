"""Names and calls in a model's expressions that can have no value, told before it is ever evaluated.

What an expression sees is said in DMN 1.5, section 10.4 and the sections on each boxed expression: what its decision
or function requires, its parameters, the entries of a context before it; and here the case's variables too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from engine.dmn.graph import GraphNode, InputData, Knowledge, Service
from engine.dmn.places import located
from engine.dmn.reader import name_of
from engine.dmn.refusals import ModelProblem
from engine.dmn.xml import Element, attribute, child, children, line_of, text
from engine.feel.check import Bound, unknown, unsound
from engine.feel.errors import FeelError
from engine.feel.expression import Expression, read, read_unary
from engine.feel.syntax import PARTIAL
from engine.feel.unary import INPUT
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from engine.dmn.structure import Structure

_EXPRESSIONS: Final = ("literalExpression", "inputExpression", "outputEntry", "defaultOutputEntry")
_TESTS: Final = ("inputEntry", "inputValues", "allowedValues", "typeConstraint")
_LISTED: Final = "outputValues"
_FUNCTIONS: Final = ("functionDefinition", "encapsulatedLogic")
_LOOPS: Final = ("for", "some", "every")
_ASIDE: Final = ("extensionElements", "variable", "description")


class DecisionSight(NamedTuple):
    """What one decision, function or type sees: ``owner`` is its id and name, ``known`` how its texts are read."""

    owner: tuple[str, str]
    known: frozenset[str]
    scope: frozenset[str]

    def faults(self, element: Element, bound: Bound) -> Iterator[ModelProblem]:
        """Give what is wrong with the names in an element and in all that it holds."""
        name = tag(element)
        if name in _SCOPES:
            yield from _SCOPES[name](self, element, bound)
        elif name in (*_EXPRESSIONS, *_TESTS, _LISTED):
            yield from self._text(element, bound)
        elif name not in _ASIDE:
            for part in children(element):
                yield from self.faults(part, bound)

    def _text(self, element: Element, bound: Bound) -> Iterator[ModelProblem]:
        source = text(element)
        if tag(element) == _LISTED:
            source = f"[{source}]"
        expression = self._read(element, source)
        for fault in () if expression is None else unsound(expression, self.scope, bound):
            yield located(self.owner, element, source, fault)

    def _read(self, element: Element, source: str) -> Expression | None:
        """Return the expression; None where there is none, or none that can be read, which is told elsewhere."""
        language = attribute(element, "expressionLanguage")
        if source in ("", "-") or (language and "feel" not in language.lower()):
            return None
        try:
            return (read_unary if tag(element) in _TESTS else read)(source, self.known)
        except FeelError:
            return None

    def context(self, element: Element, bound: Bound) -> Iterator[ModelProblem]:
        for entry in children(element, "contextEntry"):
            yield from self._all(entry, bound)
            variable = child(entry, "variable")
            bound = bound if variable is None else bound.plus([name_of(variable)])

    def function(self, element: Element, bound: Bound) -> Iterator[ModelProblem]:
        yield from self._all(element, bound.plus(map(name_of, children(element, "formalParameter"))))

    def loop(self, element: Element, bound: Bound) -> Iterator[ModelProblem]:
        inner = bound.plus([attribute(element, "iteratorVariable"), *([PARTIAL] if tag(element) == "for" else [])])
        for part in children(element):
            yield from self.faults(part, bound if tag(part) == "in" else inner)

    def filter(self, element: Element, bound: Bound) -> Iterator[ModelProblem]:
        for part in children(element):
            yield from self.faults(part, bound if tag(part) == "in" else bound.opened())

    def _all(self, element: Element, bound: Bound) -> Iterator[ModelProblem]:
        for part in children(element):
            yield from self.faults(part, bound)


_SCOPES: dict[str, Callable[[DecisionSight, Element, Bound], Iterator[ModelProblem]]] = {
    "context": DecisionSight.context,
    "filter": DecisionSight.filter,
    **dict.fromkeys(_FUNCTIONS, DecisionSight.function),
    **dict.fromkeys(_LOOPS, DecisionSight.loop),
}


def unsound_in(structure: Structure, variables: Collection[str], functions: Collection[str]) -> list[ModelProblem]:
    """Return what in one file can have no value where cases have these variables and expressions these functions."""
    root = structure.source.root
    declared = {node.name for node in structure.nodes.values()}
    seen = (frozenset(variables) - declared).union(functions)
    found = list(_never_given(structure, variables))
    for element in children(root, "decision", "businessKnowledgeModel"):
        node = structure.nodes[attribute(element, "id") or name_of(element)]
        sight = DecisionSight((node.id, node.label), structure.names, seen.union(_required(node)))
        found += sight.faults(element, Bound())
    for element in children(root, "itemDefinition"):
        sight = DecisionSight((attribute(element, "id"), name_of(element)), structure.names, frozenset({INPUT}))
        found += sight.faults(element, Bound())
    return found


def _required(node: GraphNode) -> set[str]:
    """Return the names that a node's logic takes from others; a function may call itself; a cell tests its input."""
    itself = {node.name} if isinstance(node, Knowledge) else set()
    return itself | {each.prefix or each.node.name for each in node.requires} | {INPUT}


def _never_given(structure: Structure, variables: Collection[str]) -> Iterator[ModelProblem]:
    """Tell of input data that no case has, unless a decision service takes it as an argument."""
    nodes = structure.nodes.values()
    passed = {id(each) for node in nodes if isinstance(node, Service) for each in node.inputs}
    for element in children(structure.source.root, "inputData"):
        node = structure.nodes[attribute(element, "id") or name_of(element)]
        if isinstance(node, InputData) and node.name not in variables and id(node) not in passed:
            message = unknown(node.name, variables)
            yield ModelProblem(node.id, node.label, line_of(element), 1, message, "unknown-name")
