"""``sort`` (DMN 1.5, section 10.3.4.8)."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from engine.feel.calls import invoke
from engine.feel.compare import order
from engine.feel.errors import NullResult
from engine.feel.library import builtin

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun
    from engine.feel.values import Function


@builtin("sort(list: list, precedes: function)", needs_run=True)
def sort(run: EvaluationRun, values: list[Any], precedes: Function) -> list[Any]:
    """Sort so that the function of (one, other) is true of neighbours; equals keep their order."""
    if not precedes.takes(2):
        raise NullResult("sort: la funzione deve avere due parametri")
    run.meter.step(len(values))
    return sorted(values, key=cmp_to_key(lambda one, other: -(invoke(precedes, [one, other], run) is True)))


@builtin("sort(list: list)", needs_run=True)
def sort_naturally(run: EvaluationRun, values: list[Any]) -> list[Any]:
    def compared(one: Any, other: Any) -> int:
        run.meter.step()
        sign = order(one, other)
        if sign is None:
            raise NullResult("sort: i valori dell’elenco non si possono confrontare")
        return sign

    return sorted(values, key=cmp_to_key(compared))
