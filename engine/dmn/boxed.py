"""Boxed expressions (DMN 1.5, sections 7.3.1 and 10.2.1 to 10.2.9), one function per kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from engine.dmn.reader import ModelReader, guarded, name_of, typed
from engine.dmn.tables import read_table
from engine.dmn.xml import Element, attribute, child, children, text
from engine.feel.calls import invoke
from engine.feel.compiler import Code
from engine.feel.frame import EvaluationRun, Frame
from engine.feel.kinds import FunctionType, NamedType, Type
from engine.feel.loops import collected, filtered, iterated, values_of, verdict
from engine.feel.syntax import PARTIAL
from engine.feel.values import Function
from engine.xml import tag

Kind = Callable[[Element, ModelReader], Code]


def read_boxed(element: Element, reader: ModelReader) -> Code:
    """Return the code of a boxed expression; its own type, if it names one, is enforced."""
    code = KINDS[tag(element)](element, reader)
    wanted = None if tag(element) == "functionDefinition" else reader.type_of(element)
    return typed(code, wanted, attribute(element, "label") or reader.owner[1])


def boxed_child(element: Element) -> Element | None:
    """Return the boxed expression an element holds."""
    return next((inner for inner in children(element) if tag(inner) in KINDS), None)


def read_inner(element: Element | None, reader: ModelReader) -> Code:
    """Return the code of the boxed expression inside an element; null where there is none."""
    inner = None if element is None else boxed_child(element)
    return _null if inner is None else read_boxed(inner, reader)


def _null(_frame: Frame) -> None:
    return None


def _literal(element: Element, reader: ModelReader) -> Code:
    source = text(element)
    return reader.expression(source, element) if source else _null


def _context(element: Element, reader: ModelReader) -> Code:
    entries: list[tuple[str, Code]] = []
    result: Code | None = None
    for entry in children(element, "contextEntry"):
        variable, code = child(entry, "variable"), read_inner(entry, reader)
        if variable is None:
            result = code
        else:
            entries.append((name_of(variable), typed(code, reader.type_of(variable), name_of(variable))))

    def run(frame: Frame) -> Any:
        values: dict[str, Any] = {}
        inner = Frame(frame.run, values, frame)
        for name, code in entries:
            values[name] = code(inner)
        return values if result is None else result(inner)

    return run


def _list(element: Element, reader: ModelReader) -> Code:
    items = [read_boxed(item, reader) for item in children(element) if tag(item) in KINDS]
    return lambda frame: [item(frame) for item in items]


def _relation(element: Element, reader: ModelReader) -> Code:
    columns = [(name_of(column), reader.type_of(column)) for column in children(element, "column")]
    rows = [
        [
            (name, typed(read_boxed(cell, reader), wanted, name))
            for (name, wanted), cell in zip(columns, _cells(row), strict=False)
        ]
        for row in children(element, "row")
    ]
    return lambda frame: [{name: code(frame) for name, code in row} for row in rows]


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in children(row) if tag(cell) in KINDS)


def read_function(element: Element, reader: ModelReader, name: str, result: Type | None = None) -> Code:
    """Return the code that makes the function a ``functionDefinition`` or encapsulated logic describes."""
    if attribute(element, "kind", "FEEL") != "FEEL":
        return reader.problem(element, "Le funzioni Java e PMML non sono ammesse: usa FEEL.")
    parameters = tuple(children(element, "formalParameter"))
    names = tuple(name_of(parameter) for parameter in parameters)
    types = tuple(reader.type_of(parameter) for parameter in parameters)
    body = read_inner(element, reader)
    result = result or reader.type_of(element)

    def make(frame: Frame) -> Function:
        def apply(run: EvaluationRun, arguments: tuple[Any, ...]) -> Any:
            return body(Frame(run, dict(zip(names, arguments, strict=True)), frame))

        return Function(name, names, apply, types, result_type(result, frame.run))

    return make


def result_type(declared: Type | None, run: EvaluationRun) -> Type | None:
    """Return what a function gives: its variable's type may be that of the function itself."""
    meant = declared.meant(run.host.types) if isinstance(declared, NamedType) else declared
    return meant.result if isinstance(meant, FunctionType) else declared


def _function(element: Element, reader: ModelReader) -> Code:
    return read_function(element, reader, reader.owner[1])


def _invocation(element: Element, reader: ModelReader) -> Code:
    called = read_inner(element, reader)
    bindings = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        if parameter is not None:
            code = typed(read_inner(binding, reader), reader.type_of(parameter), name_of(parameter))
            bindings.append((name_of(parameter), code))

    def run(frame: Frame) -> Any:
        function = called(frame)
        return invoke(function, {name: code(frame) for name, code in bindings}, frame.run)

    return run


def _conditional(element: Element, reader: ModelReader) -> Code:
    condition, then, otherwise = (read_inner(child(element, part), reader) for part in ("if", "then", "else"))
    return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)


def _filter(element: Element, reader: ModelReader) -> Code:
    source, condition = read_inner(child(element, "in"), reader), read_inner(child(element, "match"), reader)
    return guarded(lambda frame: filtered(source(frame), condition, frame))


def _for(element: Element, reader: ModelReader) -> Code:
    name = attribute(element, "iteratorVariable")
    source, result = read_inner(child(element, "in"), reader), read_inner(child(element, "return"), reader)
    keeps = any(PARTIAL in str(text) for text in element.itertext())

    def run(frame: Frame) -> list[Any]:
        frames = iterated(name, values_of(source(frame)), frame)
        return collected(frames, result, frame.run.meter, keeps_partial=keeps)

    return guarded(run)


def _quantified(element: Element, reader: ModelReader) -> Code:
    name, every = attribute(element, "iteratorVariable"), tag(element) == "every"
    source, condition = read_inner(child(element, "in"), reader), read_inner(child(element, "satisfies"), reader)

    def run(frame: Frame) -> bool | None:
        frames = iterated(name, values_of(source(frame)), frame)
        return verdict((condition(inner) for inner in frames), every=every)

    return guarded(run)


def _table(element: Element, reader: ModelReader) -> Code:
    return guarded(read_table(element, reader))


KINDS: dict[str, Kind] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": _function,
    "invocation": _invocation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "decisionTable": _table,
}
