"""A DMN model, loaded once and evaluated many times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from engine.dmn.contradictions import contradictions_in
from engine.dmn.evaluation import Evaluation, Known
from engine.dmn.graph import Decision, GraphNode, InputData
from engine.dmn.names import unsound_in
from engine.dmn.refusals import ModelProblem, UnknownDecision
from engine.dmn.sources import gather
from engine.dmn.structure import Structure, read_structure
from engine.dmn.trace import Result
from engine.feel.budget import Budget
from engine.feel.convert import outward
from engine.feel.errors import BudgetExceeded
from engine.feel.frame import Host

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

#: What one evaluation of a model may use: more than one expression, since a model is many.
BUDGET = Budget(steps=400_000, depth=100, seconds=0.12)


@dataclass(frozen=True, slots=True)
class Offered:
    """A decision that a model offers, by id and name."""

    id: str
    name: str


class Model:
    """The decisions of one file, with what it imports."""

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        nodes = structure.nodes
        self._declared = frozenset(node.name for node in nodes.values())
        self._answering = {key: node for key, node in nodes.items() if not isinstance(node, InputData)}

    @classmethod
    def load(cls, source: bytes | str | Path, imports: Iterable[bytes] = (), names: Iterable[str] = ()) -> Self:
        """Read a model from its text or from a file.

        Imported models are looked for by namespace among ``imports`` and, for a file, beside it. ``names`` are those of
        the functions that ``evaluate`` will be given, where they are more than a plain word. Raises
        engine.errors.InvalidXml and InvalidModel; expressions that cannot be read are ``problems``, not refusals.
        """
        return cls(read_structure(gather(source, imports), names))

    @property
    def name(self) -> str:
        return self._structure.name

    @property
    def problems(self) -> list[ModelProblem]:
        """What in this model and its imports cannot be evaluated, with Italian messages."""
        return self._structure.all_problems()

    @property
    def own_problems(self) -> list[ModelProblem]:
        """What in this model's own file cannot be evaluated."""
        return list(self._structure.reader.problems)

    def unsound(self, variables: Collection[str], functions: Collection[str] = ()) -> list[ModelProblem]:
        """Tell what in this model's own file is always null, where cases have these variables."""
        return unsound_in(self._structure, variables, functions)

    @property
    def contradictions(self) -> list[ModelProblem]:
        """Tell which rules of this model's own tables cannot all be meant."""
        return list(contradictions_in(self._structure))

    @property
    def decisions(self) -> list[Offered]:
        nodes = self._structure.nodes.values()
        return [Offered(node.id, node.label) for node in nodes if isinstance(node, Decision)]

    def evaluate(
        self,
        ref: str,
        inputs: Mapping[str, Any],
        *,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., Any]] | None = None,
        budget: Budget = BUDGET,
    ) -> Result:
        """Evaluate a decision, a decision service or a business knowledge model, by id or name.

        ``inputs`` are given by name; an input of an imported model that shares its name with another may be given as
        ``{namespace}name``. A name that the model declares is seen only by what requires it.

        Raises UnknownDecision, and engine.feel.FeelError where the budget runs out; everything else that goes wrong
        is null with a warning.
        """
        node = self._find(ref)
        run = Evaluation(self._undeclared(inputs), Host(now, functions or {}, budget, self._structure.types))
        try:
            value = node.answer(Known(run, inputs))
            return Result(outward(value, run.meter), tuple(run.warnings), tuple(run.records))
        except (RecursionError, MemoryError) as error:
            raise BudgetExceeded("La decisione è annidata troppo in profondità.") from error

    def _undeclared(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in inputs.items() if name not in self._declared}

    def _find(self, ref: str) -> GraphNode:
        if ref in self._answering:
            return self._answering[ref]
        for node in self._answering.values():
            if ref in (node.label, node.name):
                return node
        raise UnknownDecision(ref)
