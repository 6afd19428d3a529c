"""One evaluation of a model: the decisions already made, and the record of how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.feel.convert import inward
from engine.feel.frame import EvaluationRun, Frame, Host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.dmn.grid import Grid
    from engine.dmn.hit_policies import Row
    from engine.feel.budget import Meter


@dataclass(slots=True)
class Record:
    """What one evaluation of a table did; ``excluded`` maps a rule to the column that excluded it.

    ``rows`` are the results of the rules that matched; ``default`` says that the table's own stand in for them.
    """

    table: Grid
    values: list[Any]
    matched: tuple[int, ...]
    excluded: dict[int, int]
    rows: list[Row] = field(default_factory=list)
    result: Any = None
    default: bool = False


class Evaluation(EvaluationRun):
    """A run of FEEL that also keeps what the decision tables did, in the order they were evaluated."""

    __slots__ = ("records",)

    def __init__(self, context: Mapping[str, Any], host: Host, meter: Meter | None = None) -> None:
        super().__init__(context, host, meter)
        self.records: list[Record] = []


@dataclass(slots=True)
class Known:
    """What is known in one evaluation of a graph: given inputs by name, decided values by decision.

    A decision service evaluates its own decisions with its own ``Known``, so that what it is called with does not
    leak into the decisions around it.
    """

    run: EvaluationRun
    inputs: Mapping[str, Any]
    decided: dict[int, Any] = field(default_factory=dict)

    def given(self, name: str, namespace: str = "") -> Any:
        """Return an input as a value of the language, null where it was not given.

        One given as ``{namespace}name`` goes before one given by name alone.
        """
        exact = f"{{{namespace}}}{name}"
        return inward(self.inputs.get(exact, self.inputs.get(name)), self.run.meter)

    def frame(self, names: dict[str, Any]) -> Frame:
        return Frame(self.run, names)
