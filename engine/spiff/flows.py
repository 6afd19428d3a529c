"""Choose the sequence flows that a token leaves by (BPMN 2.0 §13.3.1, §13.4.2, §13.4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NoPathChosen
from engine.spiff.scope import is_true
from engine.spiff.workflow import Node

if TYPE_CHECKING:
    from engine.spiff.workflow import Outgoing, Token


class FlowNode(Node):
    """Passes each token straight on, over every flow whose condition holds."""

    def choose(self, token: Token) -> list[Outgoing]:
        """Pick the flows a completed token leaves by."""
        return inclusive_choice(self, token)


def inclusive_choice(node: Node, token: Token) -> list[Outgoing]:
    """Take every flow without a condition or with a true one; the default flow only when no other condition is true.

    Raises:
        NoPathChosen: all flows have conditions, none is true and there is no default.

    """
    chosen = [way for way in node.outgoing if way.flow.id != node.default and _is_open(way, token)]
    if node.default and not any(way.flow.condition for way in chosen):
        chosen += _default(node)
    if node.outgoing and not chosen:
        raise NoPathChosen(node.element.id)
    return chosen


def exclusive_choice(node: Node, token: Token) -> list[Outgoing]:
    """Take the first flow, in the file's order, whose condition is true, else the default flow.

    Raises:
        NoPathChosen: no condition is true and there is no default.

    """
    for way in node.outgoing:
        if way.flow.id != node.default and _is_open(way, token):
            return [way]
    if node.outgoing and not node.default:
        raise NoPathChosen(node.element.id)
    return _default(node)


def _is_open(way: Outgoing, token: Token) -> bool:
    return way.flow.condition is None or is_true(token, way.flow.condition, way.flow.id)


def _default(node: Node) -> list[Outgoing]:
    return [way for way in node.outgoing if way.flow.id == node.default]
