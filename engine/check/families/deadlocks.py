"""Places where a case must stand still: what waits there for several tokens and never gets them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from engine.check.concurrency import TokenStanding, is_greedy
from engine.check.diagram import is_executable
from engine.check.rules import Finding, rule
from engine.check.words import called, label
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_STILL = "chi arriva resta fermo qui per sempre."


def _waiting(diagram: Diagram) -> Iterator[tuple[TokenStanding, Element]]:
    """Give what tokens can come to and none can ever pass, with the scope that it lies in."""
    for scope in diagram.containers:
        if is_executable(scope) and tag(scope) != "adHocSubProcess":
            standing = TokenStanding(diagram, scope)
            for node in standing.nodes:
                comes = any(standing.can_come(flow) for flow in diagram.incoming(node))
                if comes and not standing.can_begin(node):
                    yield standing, node


@rule("nobody-passes", "unsupported")
def nobody_passes(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §13.4.1, §10.3.1: a parallel join, and an activity with ``startQuantity``, wait for several tokens."""
    for standing, node in _waiting(diagram):
        if tag(node) == "parallelGateway":
            yield from _join(standing, node, diagram.incoming(node))
        elif is_greedy(node):
            yield _greedy(node)


def _join(standing: TokenStanding, node: Element, flows: list[Element]) -> Iterator[Finding]:
    missing = [flow for flow in flows if not standing.can_come(flow)]
    apart = [pair for pair in combinations(flows, 2) if not standing.together(*pair)]
    if missing:
        behind = f"{called(node)} aspetta anche {_from(missing[:1])}, dove si arriva solo dopo averlo passato: {_STILL}"
        yield Finding(node, behind, "Se è un ritorno, riuniscilo prima di qui con un gateway esclusivo.")
    elif apart:
        yield Finding(
            node,
            f"{called(node)} aspetta insieme {_from(apart[0])}, che insieme non arrivano mai: {_STILL}",
            "Riunisci con un gateway esclusivo le strade fra cui si sceglie, col parallelo quelle che partono insieme.",
        )


def _from(flows: list[Element] | tuple[Element, ...]) -> str:
    names = " e ".join(f"«{label(flow) or flow.get('id')}»" for flow in flows)
    return f"i flussi {names}" if len(flows) > 1 else f"il flusso {names}"


def _greedy(node: Element) -> Finding:
    return Finding(
        node,
        f"{called(node)} comincia solo quando si è in {node.get('startQuantity')}, e non ci si è mai: {_STILL}",
        "Togli startQuantity, o falla raggiungere da più strade che partono insieme.",
    )
