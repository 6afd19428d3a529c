"""When a join may fire, by the letter of BPMN 2.0 §13.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.graph import Flow, Node, Scope, Thing


def first_of_each_flow(scope: Scope, node: Node) -> dict[Flow, Thing]:
    """Give the token that has waited longest on each incoming flow."""
    first: dict[Flow, Thing] = {}
    for thing in scope.things:
        if thing.node is node and thing.role == "join":
            first.setdefault(thing.flow, thing)
    return first


def is_enabled(scope: Scope, gateway: Node) -> bool:
    """§13.4.3: no token elsewhere has a path to an empty flow unless it also has one to a full flow.

    A path is of sequence flows. What a boundary event may still send to an empty flow is awaited, though the standard
    does not ask for it: the join would fire a second time otherwise.
    """
    full = set(first_of_each_flow(scope, gateway))
    others = [thing.node for thing in scope.things if thing.node is not gateway]
    return not any(paths(node, gateway, attached=True) - full and not paths(node, gateway) & full for node in others)


def paths(node: Node, gateway: Node, *, attached: bool = False) -> set[Flow]:
    """Search the flows into a gateway that a node has a path to, none of which crosses the gateway."""
    seen, ahead, met = set(), [node], set()
    while ahead:
        here = ahead.pop()
        for flow in [*here.out, *(flow for event in here.events if attached for flow in event.out)]:
            if flow.target is gateway:
                met.add(flow)
            elif flow not in seen:
                seen.add(flow)
                ahead.append(flow.target)
    return met


def scopes_in(scope: Scope) -> Iterator[Scope]:
    """Give a scope and all that run inside it."""
    yield scope
    for thing in scope.things:
        for part in (thing, *thing.parts):
            if part.inner:
                yield from scopes_in(part.inner)
