"""List functions that give back lists, positions or membership (DMN 1.5, section 10.3.4.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.calls import invoke
from engine.feel.compare import equal
from engine.feel.errors import NullResult
from engine.feel.library import as_list, builtin

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun
    from engine.feel.values import Function


@builtin("list contains(list: list, element: any?)", needs_run=True)
def list_contains(run: EvaluationRun, values: list[Any], element: Any) -> bool:
    run.meter.step(len(values))
    return any(equal(value, element, run.meter) is True for value in values)


def _index(values: list[Any], position: Decimal, last: int) -> int:
    """Return the Python index of a position counted from 1, or from the end where it is negative."""
    index = int(position)
    if index == 0 or index > last or -index > len(values):
        raise NullResult("la posizione è fuori dall’elenco")
    return index - 1 if index > 0 else len(values) + index


@builtin("sublist(list: list, start position: number, length?: number)")
def sublist(values: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    begin = _index(values, start, len(values))
    if length is None:
        return values[begin:]
    if length < 1 or begin + length > len(values):
        raise NullResult("sublist: la lunghezza è fuori dall’elenco")
    return values[begin : begin + int(length)]


@builtin("append(list: list, *item: any?)")
def append(values: list[Any], items: list[Any]) -> list[Any]:
    return [*values, *items]


@builtin("concatenate(*list: any?)")
def concatenate(lists: list[Any]) -> list[Any]:
    if None in lists:
        raise NullResult("concatenate: uno degli elenchi è nullo")
    return [item for values in lists for item in as_list(values)]


@builtin("insert before(list: list, position: number, newItem: any?)")
def insert_before(values: list[Any], position: Decimal, item: Any) -> list[Any]:
    index = _index(values, position, len(values))
    return [*values[:index], item, *values[index:]]


@builtin("remove(list: list, position: number)")
def remove(values: list[Any], position: Decimal) -> list[Any]:
    index = _index(values, position, len(values))
    return [*values[:index], *values[index + 1 :]]


@builtin("list replace(list: list, position: number, newItem: any?)")
def replace_at(values: list[Any], position: Decimal, item: Any) -> list[Any]:
    index = _index(values, position, len(values))
    return [*values[:index], item, *values[index + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any?)", needs_run=True)
def replace_where(run: EvaluationRun, values: list[Any], match: Function, item: Any) -> list[Any]:
    """Replace every item for which the function of (item, new item) is true."""
    if not match.takes(2):
        raise NullResult("list replace: la funzione deve avere due parametri")
    replaced = []
    for value in values:
        verdict = invoke(match, [value, item], run)
        if not isinstance(verdict, bool):
            raise NullResult("list replace: la funzione deve dare vero o falso")
        replaced.append(item if verdict else value)
    return replaced


@builtin("reverse(list: list)")
def reverse(values: list[Any]) -> list[Any]:
    return values[::-1]


@builtin("index of(list: list, match: any?)", needs_run=True)
def index_of(run: EvaluationRun, values: list[Any], match: Any) -> list[Decimal]:
    run.meter.step(len(values))
    return [Decimal(turn) for turn, value in enumerate(values, 1) if equal(value, match, run.meter) is True]


@builtin("distinct values(list: list)", needs_run=True)
def distinct_values(run: EvaluationRun, values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        run.meter.step(len(found) + 1)
        if not any(equal(value, known, run.meter) is True for known in found):
            found.append(value)
    return found


@builtin("union(*list: any?)", needs_run=True)
def union(run: EvaluationRun, lists: list[Any]) -> list[Any]:
    return distinct_values(run, [item for values in lists for item in as_list(values)])


@builtin("flatten(list: list)", needs_run=True)
def flatten(run: EvaluationRun, values: list[Any]) -> list[Any]:
    found: list[Any] = []
    _flatten_into(found, values, run)
    return found


def _flatten_into(found: list[Any], values: list[Any], run: EvaluationRun) -> None:
    run.meter.enter()
    for value in values:
        run.meter.step()
        if isinstance(value, list):
            _flatten_into(found, value, run)
        else:
            found.append(value)
    run.meter.leave()
