"""A diagram made ready to run: what it says, and the nodes that its tokens stand on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from engine.bpmn import ProcessModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.spiff.containers import Root
    from engine.spiff.workflow import Node


@dataclass(frozen=True)
class Executable(ProcessModel):
    """A process with the nodes that its tokens stand on."""

    #: What a stored state counts positions in: derived from the element ids alone, in alphabetical order.
    names: tuple[str, ...]
    root: Root = field(repr=False)
    #: The nodes that ``names`` names.
    nodes: tuple[Node, ...] = field(repr=False)
    #: Start event at which ``Process.begin`` puts the first token.
    start: str | None = None

    @cached_property
    def positions(self) -> Mapping[Node, int]:
        """Where each node stands in ``names``."""
        return {node: position for position, node in enumerate(self.nodes)}

    def node(self, element: str) -> Node:
        """Find the node of an element of the process itself."""
        return self.nodes[self.names.index(f"{self.key}:{element}")]

    @cached_property
    def mark(self) -> int:
        """A checksum of ``names``, by which a stored state knows its diagram."""
        return crc32("\n".join(self.names).encode())

    def starting_at(self, start: str) -> Executable:
        """Give the same process, begun at this start event instead of the one without a trigger.

        Raises KeyError for an id that is no start event of the process.
        """
        if all(each.element.id != start for each in self.starts):
            raise KeyError(start)
        return replace(self, start=start)
