"""The decision requirements graph: inputs, decisions, knowledge and services, each able to give its value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.dmn.boxed import result_type
from engine.dmn.evaluation import Known
from engine.feel.calls import invoke
from engine.feel.kinds import Type, conform
from engine.feel.values import Function

if TYPE_CHECKING:
    from engine.feel.compiler import Code
    from engine.feel.frame import EvaluationRun


@dataclass(slots=True)
class Requirement:
    """What a node needs; ``prefix`` is the name of the import it comes through, empty for the same model."""

    prefix: str
    node: GraphNode


@dataclass(slots=True, kw_only=True)
class GraphNode(ABC):
    """``name`` is the variable's: the one that expressions use; ``label`` is the element's own."""

    id: str
    name: str = ""
    label: str = ""
    type: Type | None = None
    requires: list[Requirement] = field(default_factory=list)

    @abstractmethod
    def value(self, known: Known) -> Any:
        """Return what the node stands for in one evaluation."""

    def answer(self, known: Known) -> Any:
        """Return what whoever asks from outside gets: of a function, its result for what was given."""
        return self.value(known)

    def scope(self, known: Known) -> dict[str, Any]:
        """Return the names this node's logic sees: what it requires, imported names under their import's."""
        names: dict[str, Any] = {}
        for requirement in self.requires:
            node = requirement.node
            place = names.setdefault(requirement.prefix, {}) if requirement.prefix else names
            place[node.name] = node.value(known)
        return names


@dataclass(slots=True, kw_only=True)
class InputData(GraphNode):
    """``namespace`` is that of the model it belongs to."""

    namespace: str = ""

    def value(self, known: Known) -> Any:
        given = known.given(self.name, self.namespace)
        value, fits = conform(given, self.type, known.run)
        if not fits:
            known.run.warn(f"il dato «{self.name}» non è del tipo dichiarato")
        return value


@dataclass(slots=True, kw_only=True)
class Decision(GraphNode):
    code: Code | None = None

    def value(self, known: Known) -> Any:
        if id(self) not in known.decided:
            known.run.meter.enter()
            known.decided[id(self)] = self._decide(known)
            known.run.meter.leave()
        return known.decided[id(self)]

    def _decide(self, known: Known) -> Any:
        if self.code is None:
            return None
        value, fits = conform(self.code(known.frame(self.scope(known))), self.type, known.run)
        if not fits:
            known.run.warn(f"il risultato di «{self.label}» non è del tipo dichiarato")
        return value


@dataclass(slots=True, kw_only=True)
class Knowledge(GraphNode):
    """A business knowledge model: a function whose body sees the knowledge it requires, itself included."""

    code: Code | None = None

    def value(self, known: Known) -> Any:
        if id(self) not in known.decided:
            names: dict[str, Any] = {}
            known.decided[id(self)] = None if self.code is None else self.code(known.frame(names))
            names.update(self.scope(known), **{self.name: known.decided[id(self)]})
        return known.decided[id(self)]

    def answer(self, known: Known) -> Any:
        function = self.value(known)
        parameters = function.parameters if isinstance(function, Function) else None
        return invoke(function, [known.given(name) for name in parameters or ()], known.run)


@dataclass(slots=True, kw_only=True)
class Service(GraphNode):
    """A decision service: some decisions as one function of their inputs (DMN 1.5, section 10.4)."""

    inputs: list[GraphNode] = field(default_factory=list)
    outputs: list[Requirement] = field(default_factory=list)

    def value(self, known: Known) -> Function:
        del known
        names = tuple(node.name for node in self.inputs)
        types = tuple(node.type for node in self.inputs)

        def apply(run: EvaluationRun, arguments: tuple[Any, ...]) -> Any:
            return self.answer(Known(run, dict(zip(names, arguments, strict=True))))

        return Function(self.name, names, apply, types)

    def answer(self, known: Known) -> Any:
        """Evaluate the output decisions; decisions among the inputs take their values from there."""
        for node in self.inputs:
            if isinstance(node, Decision):
                known.decided[id(node)] = conform(known.given(node.name), node.type, known.run)[0]
        values = {output.node.name: output.node.value(known) for output in self.outputs}
        result = next(iter(values.values())) if len(values) == 1 else values
        value, fits = conform(result, result_type(self.type, known.run), known.run)
        if not fits:
            known.run.warn(f"il risultato di «{self.name}» non è del tipo dichiarato")
        return value
