"""Hit policies: what becomes of the rules that matched (DMN 1.5, section 8.2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from engine.feel.arithmetic import add
from engine.feel.compare import equal, order
from engine.feel.errors import NullResult
from engine.feel.unary import is_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.feel.frame import EvaluationRun

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The results of the rules that matched, one list of output values per rule.

    ``names`` are the outputs; ``listed`` the values each may have, best first, for the policies in ``RANKING``.
    """

    rows: Sequence[Row]
    names: Sequence[str]
    listed: Sequence[list[Any]]
    run: EvaluationRun

    def together(self, row: Row) -> Any:
        """Return one value for one output, a context for several."""
        return row[0] if len(self.names) == 1 else dict(zip(self.names, row, strict=True))

    def all(self) -> list[Any]:
        return [self.together(row) for row in self.rows]

    def ranked(self) -> list[Row]:
        return sorted(self.rows, key=self._rank)

    def _rank(self, row: Row) -> list[int]:
        self.run.meter.step(sum(map(len, self.listed)))
        return [
            next((turn for turn, wanted in enumerate(values) if is_in(value, wanted, self.run) is True), len(values))
            for value, values in zip(row, self.listed, strict=True)
        ]


def _unique(rows: Rows) -> Any:
    if len(rows.rows) > 1:
        raise NullResult("corrispondono più regole, ma la tabella ne ammette una sola (UNIQUE)")
    return rows.together(rows.rows[0])


def _any(rows: Rows) -> Any:
    first, *others = rows.all()
    if not all(equal(first, other, rows.run.meter) is True for other in others):
        raise NullResult("le regole che corrispondono danno risultati diversi (ANY)")
    return first


def _least(values: list[Any], sign: int) -> Any:
    best = values[0]
    for value in values[1:]:
        found = order(value, best)
        if found is None:
            raise NullResult("i risultati da confrontare non hanno un ordine")
        best = value if found == sign else best
    return best


def _aggregated(rows: Rows, aggregate: Callable[[list[Any]], Any]) -> Any:
    return rows.together([aggregate(list(column)) for column in zip(*rows.rows, strict=True)])


def _summed(rows: Rows) -> Any:
    if any(isinstance(value, str) for row in rows.rows for value in row):
        raise NullResult("i testi non si sommano")
    return _aggregated(rows, lambda values: reduce(lambda one, other: add(one, other, rows.run.meter), values))


POLICIES: dict[str, Callable[[Rows], Any]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": lambda rows: rows.together(rows.rows[0]),
    "PRIORITY": lambda rows: rows.together(rows.ranked()[0]),
    "RULE ORDER": Rows.all,
    "OUTPUT ORDER": lambda rows: [rows.together(row) for row in rows.ranked()],
    "COLLECT": Rows.all,
    "COLLECT SUM": _summed,
    "COLLECT MIN": lambda rows: _aggregated(rows, lambda values: _least(values, -1)),
    "COLLECT MAX": lambda rows: _aggregated(rows, lambda values: _least(values, 1)),
    "COLLECT COUNT": lambda rows: _aggregated(rows, lambda values: Decimal(len(values))),
}
#: Policies that give a list, one item per rule.
LISTING = frozenset({"RULE ORDER", "OUTPUT ORDER", "COLLECT"})
#: Policies for which the order of the output values counts.
RANKING = frozenset({"PRIORITY", "OUTPUT ORDER"})
#: What a table gives when no rule matches and it has no default.
WITHOUT_MATCH: dict[str, Callable[[], Any]] = {"COLLECT": list, "COLLECT COUNT": lambda: Decimal(0)}
