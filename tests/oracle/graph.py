"""A diagram as the oracle reads it, and the things that run in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from xml.etree import ElementTree as ET

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"


@dataclass(eq=False)
class Node:
    id: str
    kind: str
    xml: ET.Element
    inside: str
    out: list[Flow] = field(default_factory=list)
    into: list[Flow] = field(default_factory=list)
    events: list[Node] = field(default_factory=list)

    def has(self, tag: str) -> bool:
        return self.xml.find(f"{BPMN}{tag}") is not None


@dataclass(eq=False)
class Flow:
    id: str
    source: Node
    target: Node
    condition: str | None


class Graph:
    """Every node and flow of a diagram, whatever scope it lies in."""

    def __init__(self, source: bytes) -> None:
        self.process = ET.fromstring(source).find(f"{BPMN}process")
        self.nodes: dict[str, Node] = {}
        self._read(self.process)

    def _read(self, xml: ET.Element) -> None:
        flows, boundaries = [], []
        for each in xml:
            kind = each.tag.removeprefix(BPMN)
            if kind == "sequenceFlow":
                flows.append(each)
            elif each.get("id") and kind.endswith(("Task", "task", "Event", "Gateway", "subProcess")):
                self.nodes[each.get("id")] = Node(each.get("id"), kind, each, xml.get("id"))
                boundaries += [each] if kind == "boundaryEvent" else []
                self._read(each)
        for each in flows:
            source, target = self.nodes[each.get("sourceRef")], self.nodes[each.get("targetRef")]
            words = each.find(f"{BPMN}conditionExpression")
            flow = Flow(each.get("id"), source, target, None if words is None else words.text)
            source.out.append(flow)
            target.into.append(flow)
        for each in boundaries:
            self.nodes[each.get("attachedToRef")].events.append(self.nodes[each.get("id")])

    def within(self, owner: str, kind: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.inside == owner and node.kind == kind]


_numbers = count()


@dataclass(eq=False)
class Thing:
    """Something that runs: an activity, a waiting event, or a token that waits at a join."""

    node: Node
    scope: Scope
    role: str
    number: int = field(default_factory=lambda: next(_numbers))
    flow: Flow | None = None
    #: Whether it only runs beside what the case is about: a non-interrupting boundary event sent it.
    beside: bool = False
    locals: dict[str, object] = field(default_factory=dict)
    inner: Scope | None = None
    parts: list[Thing] = field(default_factory=list)
    ahead: list[object] = field(default_factory=list)
    turns: int = 0
    body: Thing | None = None
    listeners: list[Alarm] = field(default_factory=list)

    @property
    def reach(self) -> dict[str, object]:
        """Locals in sight, inner ones first."""
        around = self.body.scope.owner if self.body else self.scope.owner
        return {**(around.reach if around else {}), **(self.body.reach if self.body else {}), **self.locals}


@dataclass(eq=False)
class Alarm:
    """An event that somebody listens for: a boundary event, the start of an event subprocess, or one to be caught."""

    node: Node
    number: int = field(default_factory=lambda: next(_numbers))
    message: str | None = None
    due: datetime | None = None
    every: timedelta | None = None
    left: int | None = 1


@dataclass(eq=False)
class Scope:
    """One run of a process or subprocess."""

    id: str
    owner: Thing | None
    things: list[Thing] = field(default_factory=list)
    listeners: list[Alarm] = field(default_factory=list)
    is_over: bool = False
