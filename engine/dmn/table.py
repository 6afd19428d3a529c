"""Decision tables (DMN 1.5, section 8): rules of unary tests, a hit policy, and a record of what matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.dmn.evaluation import Evaluation, Record
from engine.dmn.given_text import read_as
from engine.dmn.grid import Grid
from engine.dmn.hit_policies import POLICIES, RANKING, WITHOUT_MATCH, Row, Rows
from engine.feel.errors import NullResult
from engine.feel.frame import Frame
from engine.feel.kinds import conform
from engine.feel.unary import INPUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.dmn.grid import DecisionRule, Input, Output
    from engine.feel.compiler import Code


class Table(Grid):
    """A decision table that decides."""

    __slots__ = ()

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

    def _input(self, column: Input, frame: Frame) -> Any:
        raw = column.code(frame)
        value, fits = conform(raw, column.type, frame.run)
        if not fits and isinstance(raw, str):
            value, fits = read_as(raw, column.type, frame.run)
        if not fits:
            raise NullResult(f"«{column.label}» non è del tipo che la tabella «{self.name}» vuole")
        if column.allowed is not None and column.allowed(Frame(frame.run, {INPUT: value}, frame)) is not True:
            raise NullResult(f"il valore di «{column.label}» non è tra quelli ammessi")
        return value

    def _select(self, frames: Sequence[Frame]) -> tuple[list[DecisionRule], dict[int, int]]:
        matched: list[DecisionRule] = []
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
