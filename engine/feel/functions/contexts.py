"""Context functions (DMN 1.5, section 10.3.4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.errors import NullResult
from engine.feel.library import builtin
from engine.feel.properties import property_of

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun


@builtin("get value(m: context, key: string)", needs_run=True)
def get_value(run: EvaluationRun, context: dict[str, Any], key: str) -> Any:
    return property_of(context, key, run.meter)


@builtin("get value(m: context, keys: list)", needs_run=True)
def get_value_along(run: EvaluationRun, context: dict[str, Any], keys: list[Any]) -> Any:
    """Follow a path of keys; an empty path is nowhere."""
    if not keys:
        raise NullResult("get value: nessuna chiave")
    value: Any = context
    for key in _texts(keys):
        run.meter.step()
        if not isinstance(value, dict):
            raise NullResult("get value: la chiave non porta a un contesto")
        value = property_of(value, key, run.meter)
    return value


def _texts(keys: list[Any]) -> list[str]:
    if not all(isinstance(key, str) for key in keys):
        raise NullResult("le chiavi devono essere testi")
    return keys


@builtin("get entries(m: context)")
def get_entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list)")
def context_of(entries: list[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            raise NullResult("context: ogni voce deve avere «key» e «value»")
        if entry["key"] in made:
            raise NullResult(f"context: la chiave «{entry['key']}» è ripetuta")
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put(context: context, key: string, value: any?)", needs_run=True)
def context_put(run: EvaluationRun, context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    run.meter.grow(len(context))
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: any?)", needs_run=True)
def context_put_along(run: EvaluationRun, context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any]:
    """Put a value at the end of a path of keys, through the contexts that are there."""
    if not keys:
        raise NullResult("context put: nessuna chiave")
    first, *rest = _texts(keys)
    if not rest:
        return context_put(run, context, first, value)
    inner = context.get(first)
    if not isinstance(inner, dict):
        raise NullResult(f"context put: «{first}» non è un contesto")
    run.meter.enter()
    made = context_put(run, context, first, context_put_along(run, inner, rest, value))
    run.meter.leave()
    return made


@builtin("context merge(contexts: list)", needs_run=True)
def context_merge(run: EvaluationRun, contexts: list[Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise NullResult("context merge: l’elenco contiene altro che contesti")
        run.meter.step()
        run.meter.grow(len(context))
        merged.update(context)
    return merged
