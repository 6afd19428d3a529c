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
    """§13.4.3: no token elsewhere has a path to an empty flow unless it also has one to a full flow."""
    full = set(first_of_each_flow(scope, gateway))
    for thing in scope.things:
        met = set() if thing.node is gateway else paths(thing.node, gateway)
        if met - full and not met & full:
            return False
    return True


def paths(node: Node, gateway: Node) -> set[Flow]:
    """Search the flows into a gateway that a node has a path to, none of which crosses the gateway."""
    seen, ahead, met = set(), [node], set()
    while ahead:
        here = ahead.pop()
        for flow in [*here.out, *(flow for event in here.events for flow in event.out)]:
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
