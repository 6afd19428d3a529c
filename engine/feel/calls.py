"""Calls and function literals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import DecimalException
from typing import Any

from engine.feel import syntax
from engine.feel.compiler import Code, compile_node
from engine.feel.errors import NullResult
from engine.feel.frame import EvaluationRun, Frame, is_missing
from engine.feel.host_calls import host_function
from engine.feel.kinds import conform
from engine.feel.library import LIBRARY
from engine.feel.temporal_text import READERS
from engine.feel.values import Function


@compile_node.register(syntax.FunctionLiteral)
def _(node: syntax.FunctionLiteral) -> Code:
    names = tuple(name for name, _ in node.parameters)
    types = tuple(wanted for _, wanted in node.parameters)
    body = compile_node(node.body)
    if node.external:
        return lambda frame: frame.run.warn("le funzioni esterne non sono ammesse")

    def make(frame: Frame) -> Function:
        def apply(run: EvaluationRun, arguments: tuple[Any, ...]) -> Any:
            return body(Frame(run, dict(zip(names, arguments, strict=True)), frame))

        return Function("funzione", names, apply, types)

    return make


@compile_node.register(syntax.Call)
def _(node: syntax.Call) -> Code:
    function = _function_code(node.function)
    positional = [compile_node(argument) for argument in node.positional]
    if node.named:
        named = [(name, compile_node(argument)) for name, argument in node.named]
        return lambda frame: invoke(function(frame), {name: argument(frame) for name, argument in named}, frame.run)

    def call(frame: Frame) -> Any:
        return invoke(function(frame), [argument(frame) for argument in positional], frame.run)

    written = _written(node)
    return call if written is None else _ready(function, *written, otherwise=call)


def _written(node: syntax.Call) -> tuple[Function, Any] | None:
    """Read ``date("2026-11-22")`` and its like once: the tables of large models consist of them.

    Return the function and what it always gives; None for any other call, and where it would give null.
    """
    name, arguments = node.function, node.positional
    if not isinstance(name, syntax.Name) or name.name not in READERS or len(arguments) != 1:
        return None
    text = arguments[0].value if isinstance(arguments[0], syntax.Literal) else None
    try:
        return (LIBRARY[name.name], READERS[name.name](text)) if isinstance(text, str) else None
    except NullResult:
        return None


def _ready(function: Code, built_in: Function, value: Any, *, otherwise: Code) -> Code:
    def run(frame: Frame) -> Any:
        if function(frame) is not built_in:
            return otherwise(frame)
        frame.run.meter.step()
        return value

    return run


def _function_code(node: syntax.SyntaxNode) -> Code:
    """Read what is called: a function in scope, or else the built-in one, even where a variable hides its name."""
    if not isinstance(node, syntax.Name):
        return compile_node(node)
    name = node.name
    built_in = LIBRARY.get(name)

    def find(frame: Frame) -> Any:
        value = frame.find(name)
        if isinstance(value, Function):
            return value
        found = host_function(frame.run, name) or built_in
        if found is None:
            frame.run.warn(f"la funzione «{name}» non esiste" if is_missing(value) else f"«{name}» non è una funzione")
        return found

    return find


def invoke(function: Any, arguments: Sequence[Any] | Mapping[str, Any], run: EvaluationRun) -> Any:
    """Call a function; whatever it cannot do becomes null and a warning."""
    if not isinstance(function, Function):
        run.warn("ciò che si chiama qui non è una funzione")
        return None
    run.meter.step()
    run.meter.enter()
    try:
        return _applied(function, arguments, run)
    except NullResult as fault:
        run.warn(str(fault))
        return None
    except DecimalException:
        run.warn(f"{function.name}: il risultato non è un numero")
        return None
    finally:
        run.meter.leave()


def _applied(function: Function, arguments: Sequence[Any] | Mapping[str, Any], run: EvaluationRun) -> Any:
    ordered = _in_order(function, arguments) if isinstance(arguments, Mapping) else tuple(arguments)
    _check_count(function, len(ordered))
    if any(function.types):
        ordered = tuple(_typed(function, value, turn, run) for turn, value in enumerate(ordered))
    result = function.apply(run, ordered)
    if function.result is None:
        return result
    conformed, fits = conform(result, function.result, run)
    if not fits:
        raise NullResult(f"il risultato di «{function.name}» non è del tipo dichiarato")
    return conformed


def _in_order(function: Function, arguments: Mapping[str, Any]) -> tuple[Any, ...]:
    if function.by_name is not None:
        return function.by_name(arguments)
    names = function.parameters
    if names is None:
        raise NullResult(f"«{function.name}» non ha parametri con un nome")
    unknown = [name for name in arguments if name not in names]
    if unknown:
        raise NullResult(f"«{function.name}» non ha il parametro «{unknown[0]}»")
    given = [name in arguments for name in names]
    if False in given[: sum(given)]:
        raise NullResult(f"a «{function.name}» manca il parametro «{names[given.index(False)]}»")
    return tuple(arguments[name] for name in names if name in arguments)


def _check_count(function: Function, count: int) -> None:
    if not function.takes(count):
        raise NullResult(f"«{function.name}» vuole {len(function.parameters or ())} argomenti, non {count}")


def _typed(function: Function, value: Any, turn: int, run: EvaluationRun) -> Any:
    wanted = function.types[turn] if turn < len(function.types) else None
    conformed, fits = conform(value, wanted, run)
    if not fits:
        raise NullResult(f"l’argomento {turn + 1} di «{function.name}» non è del tipo giusto")
    return conformed
