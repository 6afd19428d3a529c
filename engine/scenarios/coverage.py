"""Which nodes and flows of a diagram the cases have passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from engine.bpmn import ProcessModel
    from engine.store import Event


@dataclass(frozen=True)
class Coverage:
    """The ids of everything in a diagram, and of what has been passed so far."""

    nodes: frozenset[str] = frozenset()
    flows: frozenset[str] = frozenset()
    passed_nodes: frozenset[str] = frozenset()
    passed_flows: frozenset[str] = frozenset()

    @classmethod
    def of(cls, model: ProcessModel, history: Iterable[Event]) -> Self:
        """Follow one case through its diagram by the history that its transitions wrote."""
        trail = [(kind, name) for event in history for kind, name in event.facts.get("trail", ())]
        flows = {name for kind, name in trail if kind == "flow"} & set(model.flows)
        nodes = {name for kind, name in trail if kind in ("completed", "decision", "ended")}
        nodes |= {end for flow in flows for end in (model.flows[flow].source, model.flows[flow].target)}
        nodes |= {model.elements[name].parent for name in nodes if name in model.elements}
        known = frozenset(model.elements)
        return cls(known, frozenset(model.flows), frozenset(nodes & known), frozenset(flows))

    def __or__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.nodes | other.nodes,
            self.flows | other.flows,
            self.passed_nodes | other.passed_nodes,
            self.passed_flows | other.passed_flows,
        )

    @property
    def missed_nodes(self) -> frozenset[str]:
        return self.nodes - self.passed_nodes

    @property
    def missed_flows(self) -> frozenset[str]:
        return self.flows - self.passed_flows

    def __str__(self) -> str:
        return "\n".join(
            (
                _line("Passi percorsi", self.passed_nodes, self.nodes),
                _line("Frecce percorse", self.passed_flows, self.flows),
            )
        )


def _line(what: str, passed: Collection[str], whole: Collection[str]) -> str:
    share = 100 * len(passed) // len(whole) if whole else 100
    missed = sorted(set(whole) - set(passed))
    return f"{what}: {len(passed)} su {len(whole)} ({share} %)" + (f"; mai: {', '.join(missed)}" if missed else "")
