"""Decision tables (DMN 1.5, section 8): rules of unary tests, a hit policy, and a record of what matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.dmn.evaluation import Evaluation
from engine.dmn.hit_policies import LISTING, POLICIES, RANKING, WITHOUT_MATCH, Row, Rows
from engine.feel.errors import NullResult
from engine.feel.frame import Frame
from engine.feel.kinds import Type, conform
from engine.feel.unary import INPUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.feel.compiler import Code


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions; ``allowed`` tests the input's value before any rule does.

    ``label`` names it for designers, ``heading`` for everybody: empty where only an expression would.
    """

    label: str
    heading: str
    code: Code
    allowed: Code | None
    type: Type | None


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results; ``values`` gives the listed output values, best first."""

    name: str
    label: str
    type: Type | None
    values: Code
    default: Code | None


@dataclass(frozen=True, slots=True)
class Cell:
    column: int
    text: str
    code: Code | None

    @property
    def says(self) -> bool:
        """Whether the cell is more than a dash."""
        return self.code is not None


@dataclass(frozen=True, slots=True)
class Rule:
    index: int
    cells: tuple[Cell, ...]
    outputs: tuple[Code, ...]
    annotation: str


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    hit_policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    def __call__(self, frame: Frame) -> Any:
        """Decide; NullResult where the inputs are not allowed or the rules contradict the hit policy."""
        if not self.outputs:
            return None
        values = [self._input(column, frame) for column in self.inputs]
        matched, excluded = self._select([Frame(frame.run, {INPUT: value}, frame) for value in values])
        record = Record(self, values, tuple(rule.index for rule in matched), excluded)
        if isinstance(frame.run, Evaluation):
            frame.run.records.append(record)
        record.rows = [self._row(rule.outputs, frame) for rule in matched]
        record.default = not matched and any(column.default for column in self.outputs)
        record.result = self._decided(record.rows, frame)
        return record.result

    def _decided(self, rows: list[Row], frame: Frame) -> Any:
        if not rows:
            return self._nothing(frame)
        listed = [column.values(frame) or [] for column in self.outputs] if self.hit_policy in RANKING else []
        return POLICIES[self.hit_policy](Rows(rows, self.names, listed, frame.run))

    @property
    def gives_list(self) -> bool:
        return self.hit_policy in LISTING

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.outputs]

    def _input(self, column: Input, frame: Frame) -> Any:
        value, fits = conform(column.code(frame), column.type, frame.run)
        if not fits:
            raise NullResult(f"«{column.label}» non è del tipo che la tabella «{self.name}» vuole")
        if column.allowed is not None and column.allowed(Frame(frame.run, {INPUT: value}, frame)) is not True:
            raise NullResult(f"il valore di «{column.label}» non è tra quelli ammessi")
        return value

    def _select(self, frames: Sequence[Frame]) -> tuple[list[Rule], dict[int, int]]:
        matched: list[Rule] = []
        excluded: dict[int, int] = {}
        for rule in self.rules:
            if (len(rule.cells), len(rule.outputs)) != (len(frames), len(self.outputs)):
                continue
            for cell in rule.cells:
                if cell.code is not None and cell.code(frames[cell.column]) is not True:
                    excluded[rule.index] = cell.column
                    break
            else:
                matched.append(rule)
                if self.hit_policy == "FIRST":
                    break
        return matched, excluded

    def _nothing(self, frame: Frame) -> Any:
        if any(column.default for column in self.outputs):
            row = self._row([column.default or _null for column in self.outputs], frame)
            return Rows([row], self.names, [], frame.run).together(row)
        return WITHOUT_MATCH.get(self.hit_policy, _null)()

    def _row(self, codes: Sequence[Code], frame: Frame) -> list[Any]:
        return [self._output(column, code(frame), frame) for column, code in zip(self.outputs, codes, strict=True)]

    def _output(self, column: Output, value: Any, frame: Frame) -> Any:
        conformed, fits = conform(value, column.type, frame.run)
        if not fits:
            raise NullResult(f"il risultato «{column.name}» della tabella «{self.name}» non è del tipo dichiarato")
        return conformed


def _null(_frame: Frame | None = None) -> None:
    return None


@dataclass(slots=True)
class Record:
    """What one evaluation of a table did; ``excluded`` maps a rule to the column that excluded it.

    ``rows`` are the results of the rules that matched; ``default`` says that the table's own stand in for them.
    """

    table: Table
    values: list[Any]
    matched: tuple[int, ...]
    excluded: dict[int, int]
    rows: list[Row] = field(default_factory=list)
    result: Any = None
    default: bool = False
