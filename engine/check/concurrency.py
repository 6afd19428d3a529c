"""Work out where tokens may stand at the same moment, in one process or subprocess, whatever its conditions say.

The relation is the structural concurrency of Petri nets (A. Kovalyov, 1992): it may hold pairs that never come about,
and misses none that can. What it calls impossible therefore is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from typing import TYPE_CHECKING, Final

from engine.check.diagram import children, is_compensation, is_event_subprocess, parent_of
from engine.check.notation import ACTIVITIES
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_CHOOSING: Final = frozenset({"exclusiveGateway", "eventBasedGateway"})


@dataclass(frozen=True)
class TokenMove:
    """Tokens that go on together: from flows or nodes to others. One that is taken twice needs two tokens there."""

    takes: tuple[Element, ...]
    gives: tuple[Element, ...]


class TokenStanding:
    """Where the tokens of a scope may stand, flow nodes and flows alike, and which of these places together.

    A flow that alone leads to a node is no place of its own: who is on it is as good as in the node.
    """

    def __init__(self, diagram: Diagram, scope: Element) -> None:
        self.reached: set[Element] = set()
        self._beside: dict[Element, set[Element]] = defaultdict(set)
        #: Places whose neighbours have changed, in order; each once, so that it is looked at for all of them together.
        self._changed: dict[Element, None] = {}
        self._leaving: dict[Element, list[TokenMove]] = defaultdict(list)
        self._diagram = diagram
        self.nodes = [node for node in diagram.nodes if _stands_in(node, scope)]
        for node in self.nodes:
            for move in (*_entering(diagram, node), *_going_on(diagram, node)):
                for place in set(move.takes):
                    self._leaving[place].append(move)
        self._begin(scope)
        while self._changed:
            place = next(iter(self._changed))
            del self._changed[place]
            for move in self._leaving[place]:
                self._take(move)

    def together(self, one: Element, other: Element) -> bool:
        """Say whether two tokens may stand there at one moment; of one place, whether it may hold two."""
        return other in self._beside[one]

    def can_come(self, flow: Element) -> bool:
        """Say whether a token can ever come by a flow."""
        return _place(self._diagram, flow) in self.reached

    def can_begin(self, node: Element) -> bool:
        """Say whether a token can ever be in a node."""
        return node in self.reached

    def _begin(self, scope: Element) -> None:
        """Put a token on each start: one of a process's, since each begins a case of its own, or all at once."""
        starts = [node for node in self.nodes if tag(node) == "startEvent"]
        alone = bool(starts) and tag(scope) == "process"
        starts = starts or [node for node in self.nodes if _is_first(self._diagram, node)]
        for start in starts:
            self._reach(start)
        for one, other in combinations(starts, 2) if not alone else ():
            self._meet(one, {other})

    def _take(self, move: TokenMove) -> None:
        if not self.reached.issuperset(move.takes):
            return
        if not all(self.together(one, other) for one, other in combinations(move.takes, 2)):
            return
        beside = set.intersection(*(self._beside[place] for place in move.takes))
        for place in move.gives:
            self._reach(place)
            self._meet(place, beside)
        for one, other in combinations(move.gives, 2):
            self._meet(one, {other})

    def _reach(self, place: Element) -> None:
        if place not in self.reached:
            self.reached.add(place)
            self._changed[place] = None

    def _meet(self, place: Element, others: set[Element]) -> None:
        fresh = others - self._beside[place]
        for other in fresh:
            self._beside[other].add(place)
            self._changed[other] = None
        if fresh:
            self._beside[place] |= fresh
            self._changed[place] = None


def _stands_in(node: Element, scope: Element) -> bool:
    return parent_of(node) is scope and not is_event_subprocess(node) and not is_compensation(node)


def _is_first(diagram: Diagram, node: Element) -> bool:
    return not diagram.incoming(node) and tag(node) != "boundaryEvent" and not _links(node)


def is_greedy(node: Element) -> bool:
    """Say whether an activity takes several tokens to begin."""
    return tag(node) in ACTIVITIES and node.get("startQuantity", "1") not in {"0", "1"}


def _entering(diagram: Diagram, node: Element) -> Iterator[TokenMove]:
    incoming = diagram.incoming(node)
    if tag(node) == "parallelGateway" and len(incoming) > 1:
        yield TokenMove(tuple(incoming), (node,))
    elif is_greedy(node):
        yield from (TokenMove(pair, (node,)) for pair in combinations_with_replacement(incoming, 2))
    elif len(incoming) > 1:
        yield from (TokenMove((flow,), (node,)) for flow in incoming)


def _place(diagram: Diagram, flow: Element) -> Element:
    target = diagram.target(flow)
    is_alone = target is not None and len(diagram.incoming(target)) == 1 and not is_greedy(target)
    return target if is_alone and target is not None else flow


def _going_on(diagram: Diagram, node: Element) -> Iterator[TokenMove]:
    outgoing = [_place(diagram, flow) for flow in diagram.outgoing(node)]
    times = 1 if node.get("completionQuantity", "1") == "1" else 2
    together = [outgoing * times] if tag(node) not in _CHOOSING else [[flow] for flow in outgoing]
    yield from (TokenMove((node,), tuple(gives)) for gives in together)
    for event in diagram.boundaries(node):
        goes_on = (node,) if event.get("cancelActivity") == "false" else ()
        yield TokenMove((node,), (*goes_on, event))
    if tag(node) == "intermediateThrowEvent":
        yield from (TokenMove((node,), (target,)) for target in _targets(diagram, node))


def _targets(diagram: Diagram, node: Element) -> Iterator[Element]:
    names = set(_links(node))
    for other in diagram.all("intermediateCatchEvent"):
        if parent_of(other) is parent_of(node) and names.intersection(_links(other)):
            yield other


def _links(node: Element) -> list[str]:
    return [each.get("name", "") for each in children(node, "linkEventDefinition")]
