"""The Python functions that a host has registered, as functions of the language."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.feel.clock import working_time
from engine.feel.convert import inward, outward
from engine.feel.errors import FeelError, NullResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.frame import EvaluationRun
from engine.feel.values import Function


def host_function(run: EvaluationRun, name: str) -> Function | None:
    """Return an extra function of the host as a value of the language.

    It receives and returns Python's own values; what it raises becomes null with a warning, so that no other
    exception can leave an evaluation.
    """
    call = run.host.functions.get(name)
    if call is None:
        return None
    names = parameter_names(call)
    required = None if names is None else required_count(call)
    return Function(name, names, lambda run, arguments: apply(run, name, call, arguments), required=required)


@lru_cache(maxsize=256)
def parameter_names(call: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return a Python function's parameters, underscores written as spaces; None where they cannot be told."""
    try:
        parameters = inspect.signature(call).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(parameter.kind in (parameter.VAR_POSITIONAL, parameter.KEYWORD_ONLY) for parameter in parameters):
        return None
    return tuple(parameter.name.strip("_").replace("_", " ") for parameter in parameters)


@lru_cache(maxsize=256)
def required_count(call: Callable[..., Any]) -> int:
    """Return how many parameters have no default."""
    return sum(parameter.default is parameter.empty for parameter in inspect.signature(call).parameters.values())


def apply(run: EvaluationRun, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Call the function with Python's values; whatever goes wrong inside it becomes null and a warning."""
    plain = [outward(argument, run.meter) for argument in arguments]
    begun = working_time()
    try:
        given = call(*plain)
        run.meter.pardon(working_time() - begun)
        return inward(given, run.meter)
    except FeelError:
        raise
    except Exception as error:  # the host's function is not ours: its failure is a null, as for a built-in one
        raise NullResult(f"{name}: {error}") from error
