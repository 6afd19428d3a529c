"""The functions that bring a list down to one value (DMN 1.5, section 10.3.4.4)."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from engine.feel.compare import order
from engine.feel.decimals import ARITHMETIC
from engine.feel.errors import NullResult
from engine.feel.library import builtin
from engine.feel.temporal import DayTimeDuration, YearMonthDuration

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun

_LEAST_FOR_DEVIATION = 2


def _numbers(values: list[Any], run: EvaluationRun) -> list[Decimal]:
    run.meter.step(len(values))
    if not values:
        raise NullResult("l’elenco è vuoto")
    if not all(type(value) is Decimal for value in values):
        raise NullResult("l’elenco contiene altro che numeri")
    return values


@builtin("count(list: list)")
def count(values: list[Any]) -> Decimal:
    return Decimal(len(values))


def _extreme(values: list[Any], run: EvaluationRun, sign: int) -> Any:
    run.meter.step(len(values))
    if not values:
        raise NullResult("l’elenco è vuoto")
    best = values[0]
    for value in values:
        found = order(value, best)
        if found is None:
            raise NullResult("i valori dell’elenco non si possono confrontare")
        best = value if found == sign else best
    return best


@builtin("min(list: list)", needs_run=True)
@builtin("min(*list: any?)", needs_run=True)
def minimum(run: EvaluationRun, values: list[Any]) -> Any:
    return _extreme(values, run, -1)


@builtin("max(list: list)", needs_run=True)
@builtin("max(*list: any?)", needs_run=True)
def maximum(run: EvaluationRun, values: list[Any]) -> Any:
    return _extreme(values, run, 1)


@builtin("sum(list: list)", needs_run=True)
@builtin("sum(*list: any?)", needs_run=True)
def total(run: EvaluationRun, values: list[Any]) -> Any:
    """Add numbers, or durations of one kind."""
    if values and all(isinstance(value, DayTimeDuration) for value in values):
        return DayTimeDuration(sum(value.nanos for value in values))
    if values and all(isinstance(value, YearMonthDuration) for value in values):
        return YearMonthDuration(sum(value.months for value in values))
    return reduce(ARITHMETIC.add, _numbers(values, run))


@builtin("product(list: list)", needs_run=True)
@builtin("product(*list: any?)", needs_run=True)
def product(run: EvaluationRun, values: list[Any]) -> Decimal:
    return reduce(ARITHMETIC.multiply, _numbers(values, run))


@builtin("mean(list: list)", needs_run=True)
@builtin("mean(*list: any?)", needs_run=True)
def mean(run: EvaluationRun, values: list[Any]) -> Decimal:
    return ARITHMETIC.divide(reduce(ARITHMETIC.add, _numbers(values, run)), Decimal(len(values)))


@builtin("median(list: list)", needs_run=True)
@builtin("median(*list: any?)", needs_run=True)
def median(run: EvaluationRun, values: list[Any]) -> Decimal:
    ordered = sorted(_numbers(values, run))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return ARITHMETIC.divide(ARITHMETIC.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@builtin("stddev(list: list)", needs_run=True)
@builtin("stddev(*list: any?)", needs_run=True)
def deviation(run: EvaluationRun, values: list[Any]) -> Decimal:
    """Return the standard deviation of a sample."""
    if len(_numbers(values, run)) < _LEAST_FOR_DEVIATION:
        raise NullResult("stddev: servono almeno due numeri")
    middle = mean(run, values)
    squares = [ARITHMETIC.power(ARITHMETIC.subtract(value, middle), Decimal(2)) for value in values]
    variance = ARITHMETIC.divide(reduce(ARITHMETIC.add, squares), Decimal(len(values) - 1))
    return ARITHMETIC.sqrt(variance)


@builtin("mode(list: list)", needs_run=True)
@builtin("mode(*list: any?)", needs_run=True)
def mode(run: EvaluationRun, values: list[Any]) -> list[Decimal]:
    """Return the values that occur most often, smallest first."""
    if not values:
        return []
    times: dict[Decimal, int] = {}
    for value in _numbers(values, run):
        times[value] = times.get(value, 0) + 1
    most = max(times.values())
    return sorted(value for value, found in times.items() if found == most)


def _verdict(values: list[Any], run: EvaluationRun, *, decisive: bool) -> bool | None:
    run.meter.step(len(values))
    if not all(value is None or isinstance(value, bool) for value in values):
        raise NullResult("l’elenco contiene altro che vero e falso")
    if any(value is decisive for value in values):
        return decisive
    return None if None in values else not decisive


@builtin("all(list: list?)", needs_run=True)
@builtin("all(*list: any?)", needs_run=True)
@builtin("and(list: list?)", needs_run=True)
@builtin("and(*list: any?)", needs_run=True)
def conjunction(run: EvaluationRun, values: list[Any] | None) -> bool | None:
    return None if values is None else _verdict(values, run, decisive=False)


@builtin("any(list: list?)", needs_run=True)
@builtin("any(*list: any?)", needs_run=True)
@builtin("or(list: list?)", needs_run=True)
@builtin("or(*list: any?)", needs_run=True)
def disjunction(run: EvaluationRun, values: list[Any] | None) -> bool | None:
    return None if values is None else _verdict(values, run, decisive=True)
