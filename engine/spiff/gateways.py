"""Gateways: split and join the tokens of a case (BPMN 2.0 §13.4).

A token that arrives at a join waits there and notes its flow; nothing is inferred from the past, so a join inside a
loop counts each turn by itself.
"""

# ruff: noqa: SLF001  # SpiffWorkflow's protected names are its extension points

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from engine.spiff.flows import FlowNode, exclusive_choice
from engine.spiff.workflow import BESIDE, Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.spiff.workflow import Outgoing, Token


class Exclusive(FlowNode):
    """Passes each token on along the first flow, in the file's order, whose condition is true."""

    def choose(self, token: Token) -> list[Outgoing]:
        """Pick one flow."""
        return exclusive_choice(self, token)


class Join(FlowNode):
    """Waits for tokens on its incoming flows and takes one from each that has any."""

    joins = True

    def arrived(self, token: Token) -> dict[int, Token]:
        """Give the token that waits longest on each flow, the one just arriving included."""
        first: dict[int, Token] = {}
        for other in token.parent.children:
            # One that has fired already, and only awaits its turn to run, has arrived for good.
            if other.task_spec is self and other.state == TaskState.WAITING:
                first.setdefault(other.internal_data["flow"], other)
        return first

    def fire(self, arrived: Mapping[int, Token]) -> None:
        """Melt the waiting tokens into one, which goes on."""
        first, *others = arrived.values()
        if any(BESIDE not in token.internal_data for token in others):
            first.internal_data.pop(BESIDE, None)
        for other in others:
            other.forget()
        first._ready()


class Parallel(Join):
    """Waits for one token on every incoming flow; sends one out on every outgoing flow, whatever its condition."""

    def _update_hook(self, token: Token) -> bool:
        if self.incoming > 1:
            token._set_state(TaskState.WAITING)
            arrived = self.arrived(token)
            if len(arrived) == self.incoming:
                self.fire(arrived)
        return self.incoming <= 1

    def choose(self, token: Token) -> list[Outgoing]:  # noqa: ARG002  # conditions do not matter here (§10.6.4)
        """Pick every flow."""
        return self.outgoing


class Inclusive(Join):
    """Waits until no token on its way here could still arrive on an empty flow (BPMN 2.0 §13.4.3)."""

    #: For every node of the scope, the incoming flows it has a path to that does not cross this gateway.
    paths: Mapping[str, frozenset[int]]
    #: The same, and those that boundary events of the activities on the way may send a token to.
    reach: Mapping[str, frozenset[int]]

    def _update_hook(self, token: Token) -> bool:
        if self.incoming > 1:
            token._set_state(TaskState.WAITING)
        return self.incoming <= 1

    def awaken(self, token: Token) -> bool:
        """Fire unless another token may come to an empty flow, and to no full one."""
        if token.state != TaskState.WAITING:
            return False
        arrived = self.arrived(token)
        if any(self._may_come(other, frozenset(arrived)) for other in token.parent.children):
            return False
        self.fire(arrived)
        return True

    def _may_come(self, other: Token, full: frozenset[int]) -> bool:
        if other.task_spec is self or other.is_listening:
            return False
        name, nowhere = other.task_spec.name, frozenset[int]()
        return bool(self.reach.get(name, nowhere) - full) and not self.paths.get(name, nowhere) & full


def measure_reach(gateway: Inclusive, nodes: list[Node], sources: Mapping[Node, list[Node]]) -> None:
    """Work out which incoming flows of a gateway each node of its scope leads to; ``sources`` goes against the flow.

    Paths are made of sequence flows, and of links, which stand for one. A boundary event is worth waiting for, since it
    may send a token; but that its flow is full says nothing of the activity it watches, which goes on by its own.
    """
    attached = {event: [node] for node in nodes for event in node.boundary}
    gateway.paths = _measured(gateway, nodes, sources)
    gateway.reach = _measured(gateway, nodes, {**sources, **attached})


def _measured(gateway: Inclusive, nodes: list[Node], sources: Mapping[Node, list[Node]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {node.name: set() for node in nodes}
    for node in nodes:
        for way in node.outgoing:
            if way.target is gateway:
                _climb(gateway, node, way.position, (found, sources))
    return {name: frozenset(flows) for name, flows in found.items()}


def _climb(
    gateway: Inclusive, node: Node, position: int, maps: tuple[dict[str, set[int]], Mapping[Node, list[Node]]]
) -> None:
    found, sources = maps
    ahead = [node]
    while ahead:
        here = ahead.pop()
        if here is not gateway and position not in found[here.name]:
            found[here.name].add(position)
            ahead += sources.get(here, [])
