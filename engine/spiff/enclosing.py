"""What a builder may ask of the process or subprocess that an element lies directly in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.bpmn import Element, Flow
    from engine.spiff.attributes import Xml
    from engine.spiff.containers import CallActivity
    from engine.spiff.workflow import Node, ProcessSpec


class Enclosing(Protocol):
    """The process or subprocess being read; ``spec`` is what it becomes."""

    xml: Xml
    spec: ProcessSpec
    #: Catching link events, by the name of the link.
    links: dict[str, Node]

    def inner(self, xml: Xml, element: Element) -> ProcessSpec:
        """Read a subprocess of it."""

    def add(self, node: Node, xml: Xml) -> None:
        """Take a node in, besides those that are built for one element each."""

    def call(self, xml: Xml, call: CallActivity) -> None:
        """Remember a call, whose process is read once this one is."""

    def leaving(self, source: str) -> list[Flow]:
        """Give the sequence flows that leave an element."""
