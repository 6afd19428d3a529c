"""Compile the syntax tree into closures, once, to be run many times.

Every closure takes the frame of names it runs in and returns a value of the language. Null never raises: an
operation without a result returns None and leaves a warning in the run (DMN 1.5, section 10.3.2.1).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import singledispatch
from typing import Any

from engine.feel import syntax
from engine.feel.arithmetic import FAILURES, OPERATIONS, negate, reason
from engine.feel.compare import contains, equal, order
from engine.feel.errors import NullResult
from engine.feel.frame import Frame, is_missing
from engine.feel.host_calls import host_function
from engine.feel.kinds import is_instance
from engine.feel.library import LIBRARY
from engine.feel.properties import property_of
from engine.feel.temporal_text import read_any
from engine.feel.values import Range

Code = Callable[[Frame], Any]


@singledispatch
def compile_node(node: syntax.SyntaxNode) -> Code:
    """Return the closure of a node."""
    raise TypeError(type(node).__name__)


def _constant(value: Any) -> Code:
    return lambda _frame: value


@compile_node.register(syntax.Literal)
def _(node: syntax.Literal) -> Code:
    return _constant(node.value)


@compile_node.register(syntax.AtLiteral)
def _(node: syntax.AtLiteral) -> Code:
    try:
        return _constant(read_any(node.text))
    except NullResult as fault:
        message = str(fault)

    def nothing(frame: Frame) -> None:
        frame.run.warn(message)

    return nothing


@compile_node.register(syntax.Name)
def _(node: syntax.Name) -> Code:
    name = node.name

    def read(frame: Frame) -> Any:
        value = frame.find(name)
        return value if not is_missing(value) else _function_named(frame, name)

    return read


def _function_named(frame: Frame, name: str) -> Any:
    found = host_function(frame.run, name) or LIBRARY.get(name)
    if found is None:
        frame.run.warn(f"«{name}» non esiste")
    return found


@compile_node.register(syntax.Path)
def _(node: syntax.Path) -> Code:
    source, name = compile_node(node.source), node.name

    def walk(frame: Frame) -> Any:
        value = source(frame)
        if type(value) is dict and name in value:
            return value[name]
        try:
            return property_of(value, name, frame.run.meter)
        except NullResult as fault:
            frame.run.warn(str(fault))
            return None

    return walk


@compile_node.register(syntax.Negation)
def _(node: syntax.Negation) -> Code:
    operand = compile_node(node.operand)

    def run(frame: Frame) -> Any:
        value = operand(frame)
        try:
            return negate(value)
        except FAILURES as fault:
            frame.run.warn(reason(fault))
            return None

    return run


@compile_node.register(syntax.Chain)
def _(node: syntax.Chain) -> Code:
    first = compile_node(node.first)
    rest = [(OPERATIONS[sign], compile_node(operand)) for sign, operand in node.rest]

    def run(frame: Frame) -> Any:
        value = first(frame)
        for operation, operand in rest:
            other = operand(frame)
            try:
                value = operation(value, other, frame.run.meter)
            except FAILURES as fault:
                frame.run.warn(reason(fault))
                value = None
        return value

    return run


@compile_node.register(syntax.Logic)
def _(node: syntax.Logic) -> Code:
    operands = [compile_node(operand) for operand in node.operands]
    decisive: bool = node.operator == "or"

    def run(frame: Frame) -> bool | None:
        result: bool | None = not decisive
        for operand in operands:
            value = operand(frame)
            if value is decisive:
                return bool(decisive)
            if value is not (not decisive):
                result = None
        return result

    return run


@compile_node.register(syntax.Comparison)
def _(node: syntax.Comparison) -> Code:
    left, right = compile_node(node.left), compile_node(node.right)
    if node.operator in ("=", "!="):
        return _equality(left, right, wanted=node.operator == "=")
    accepted, direct = _SIGNS[node.operator], _DIRECT[node.operator]

    def run(frame: Frame) -> bool | None:
        mine, other = left(frame), right(frame)
        if type(mine) is Decimal and type(other) is Decimal:
            return bool(direct(mine, other))
        sign = order(mine, other)
        if sign is None:
            frame.run.warn("il confronto tra questi valori non è definito")
            return None
        return sign in accepted

    return run


_SIGNS = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}
_DIRECT = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def _equality(left: Code, right: Code, *, wanted: bool) -> Code:
    def run(frame: Frame) -> bool | None:
        mine, other = left(frame), right(frame)
        if type(mine) is str and type(other) is str:
            return (mine == other) is wanted
        same = equal(mine, other, frame.run.meter)
        if same is None:
            frame.run.warn("l’uguaglianza tra valori di tipo diverso non è definita")
            return None
        return same is wanted

    return run


@compile_node.register(syntax.Between)
def _(node: syntax.Between) -> Code:
    operand, low, high = compile_node(node.operand), compile_node(node.low), compile_node(node.high)

    def run(frame: Frame) -> bool | None:
        value, start, end = operand(frame), low(frame), high(frame)
        if value is None or start is None or end is None:
            return None
        return contains(Range(start, end), value, frame.run.meter)

    return run


@compile_node.register(syntax.If)
def _(node: syntax.If) -> Code:
    condition, then, otherwise = compile_node(node.condition), compile_node(node.then), compile_node(node.otherwise)
    return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)


@compile_node.register(syntax.RangeLiteral)
def _(node: syntax.RangeLiteral) -> Code:
    low, high = compile_node(node.low), compile_node(node.high)
    low_included, high_included = node.low_included, node.high_included
    if isinstance(node.low, syntax.Literal) and isinstance(node.high, syntax.Literal):
        start, end = node.low.value, node.high.value
        if order(start, end) is not None:
            return _constant(Range(start, end, low_included, high_included))

    def run(frame: Frame) -> Range | None:
        start, end = low(frame), high(frame)
        if order(start, end) is None:
            frame.run.warn("gli estremi di questo intervallo non si possono confrontare")
            return None
        return Range(start, end, low_included, high_included)

    return run


@compile_node.register(syntax.OperatorRange)
def _(node: syntax.OperatorRange) -> Code:
    operand, sign = compile_node(node.operand), node.operator
    if isinstance(node.operand, syntax.Literal):
        return _constant(operator_range(sign, node.operand.value))
    return lambda frame: operator_range(sign, operand(frame))


def operator_range(sign: str, value: Any) -> Range | None:
    """Return ``< value`` as a range; null has no place on any side of it, except for equality."""
    if sign in ("=", "!="):
        return Range(value, value, sign == "=", sign == "=", sign)
    if value is None:
        return None
    if sign in ("<", "<="):
        return Range(None, value, start_included=False, end_included=sign == "<=")
    return Range(value, None, start_included=sign == ">=", end_included=False)


@compile_node.register(syntax.ListLiteral)
def _(node: syntax.ListLiteral) -> Code:
    items = [compile_node(item) for item in node.items]

    def run(frame: Frame) -> list[Any]:
        frame.run.meter.grow(len(items))
        frame.run.meter.step()
        return [item(frame) for item in items]

    return run


@compile_node.register(syntax.ContextLiteral)
def _(node: syntax.ContextLiteral) -> Code:
    entries = [(name, compile_node(entry)) for name, entry in node.entries]
    if len({name for name, _ in entries}) < len(entries):
        return _constant(None)

    def run(frame: Frame) -> dict[str, Any]:
        values: dict[str, Any] = {}
        inner = Frame(frame.run, values, frame)
        frame.run.meter.grow(len(entries))
        for name, entry in entries:
            values[name] = entry(inner)
        return values

    return run


@compile_node.register(syntax.InstanceOf)
def _(node: syntax.InstanceOf) -> Code:
    operand, wanted = compile_node(node.operand), node.type

    def run(frame: Frame) -> bool | None:
        return is_instance(operand(frame), wanted, frame.run)

    return run
