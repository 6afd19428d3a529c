"""Read decision tables from their XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.grid import DecisionRule, Input, Output, TableCell
from engine.dmn.hit_policies import POLICIES
from engine.dmn.item_types import allowed_text, named
from engine.dmn.reader import ModelReader, name_of
from engine.dmn.table import Table
from engine.dmn.words import plain_name
from engine.dmn.xml import Element, attribute, child, children, text, type_ref
from engine.feel.lexer import is_simple_name

if TYPE_CHECKING:
    from engine.feel.compiler import Code
    from engine.feel.kinds import Type

_DASH = frozenset({"", "-"})


def read_table(element: Element, reader: ModelReader) -> Table:
    """Return the table; a cell that cannot be read matches nothing and is a problem of the model."""
    outputs = tuple(_output(part, element, reader) for part in children(element, "output"))
    inputs = tuple(_inputs(element, reader))
    annotations = [name_of(part) for part in children(element, "annotation")]
    rules = tuple(
        _rule(index, part, annotations, reader) for index, part in enumerate(children(element, "rule"), start=1)
    )
    _check_shape(element, (len(inputs), len(outputs)), rules, reader)
    name = attribute(element, "label") or reader.owner[1]
    return Table(name, _hit_policy(element, reader), inputs, outputs, rules)


def _check_shape(
    element: Element, columns: tuple[int, int], rules: tuple[DecisionRule, ...], reader: ModelReader
) -> None:
    """Note rules that have not one cell for each column; such a rule never matches."""
    for rule, part in zip(rules, children(element, "rule"), strict=True):
        if (len(rule.cells), len(rule.outputs)) != columns:
            reader.problem(part, f"La regola {rule.index} non ha una cella per ogni colonna.")
    if not columns[1]:
        reader.problem(element, "La tabella non ha colonne di risultato.")


def _hit_policy(element: Element, reader: ModelReader) -> str:
    policy, aggregation = attribute(element, "hitPolicy", "UNIQUE"), attribute(element, "aggregation")
    named = f"{policy} {aggregation}" if policy == "COLLECT" and aggregation else policy
    if named not in POLICIES:
        reader.problem(element, f"La politica «{named}» non esiste: scegli tra {', '.join(POLICIES)}.")
        return "UNIQUE"
    return named


def _inputs(element: Element, reader: ModelReader) -> list[Input]:
    return [_input(part, reader) for part in children(element, "input")]


def _input(element: Element, reader: ModelReader) -> Input:
    expression = child(element, "inputExpression")
    source, label = text(expression), attribute(element, "label")
    allowed = child(element, "inputValues")
    return Input(
        label or source,
        label or (plain_name(source) if is_simple_name(source) else ""),
        reader.expression(source or "null", element if expression is None else expression),
        reader.unary(text(allowed), allowed) if allowed is not None and text(allowed) else None,
        reader.type_of(expression),
    )


def _output(element: Element, table: Element, reader: ModelReader) -> Output:
    label, default = attribute(element, "label"), child(element, "defaultOutputEntry")
    return Output(
        name_of(element) or label or attribute(table, "outputLabel"),
        label or attribute(table, "outputLabel"),
        reader.type_of(element),
        _ranked(element, table, reader),
        _entry(default, reader) if default is not None and text(default) else None,
    )


def _ranked(element: Element, table: Element, reader: ModelReader) -> Code:
    """Return the code of an output's values, best first: its own, or else those its type allows."""
    values = child(element, "outputValues")
    source = text(values) or allowed_text(_type(element, reader)) or _allowed_by_result(element, table, reader)
    return reader.expression(f"[{source}]", element if values is None else values)


def _allowed_by_result(element: Element, table: Element, reader: ModelReader) -> str:
    """Return the values that the type of the table's result, or of the variable it goes to, allows an output."""
    holder = table.getparent()
    whole = _type(table, reader) or _type(None if holder is None else child(holder, "variable"), reader)
    several = len(list(children(table, "output"))) > 1
    return allowed_text(whole, name_of(element) if several else "")


def _type(element: Element | None, reader: ModelReader) -> Type | None:
    return named(type_ref(element), reader.types)


def _entry(element: Element, reader: ModelReader) -> Code:
    return reader.expression(text(element) or "null", element)


def _rule(index: int, element: Element, annotations: list[str], reader: ModelReader) -> DecisionRule:
    cells = tuple(_cell(column, part, reader) for column, part in enumerate(children(element, "inputEntry")))
    outputs = tuple(_output_entry(part, reader) for part in children(element, "outputEntry"))
    return DecisionRule(index, cells, outputs, _annotation(element, annotations))


def _output_entry(element: Element, reader: ModelReader) -> Code:
    return reader.expression("null" if text(element) in _DASH else text(element), element)


def _cell(column: int, element: Element, reader: ModelReader) -> TableCell:
    source = text(element)
    return TableCell(column, source or "-", None if source in _DASH else reader.unary(source, element))


def _annotation(element: Element, names: list[str]) -> str:
    """Return what the rule says of itself: its annotations, or else its description."""
    entries = [text(part) for part in children(element, "annotationEntry")]
    said = [
        f"{name}: {entry}" if len(names) > 1 and name else entry for name, entry in _paired(names, entries) if entry
    ]
    description = child(element, "description")
    return "; ".join(said) or ((description.text or "").strip() if description is not None else "")


def _paired(names: list[str], entries: list[str]) -> list[tuple[str, str]]:
    return [(names[turn] if turn < len(names) else "", entry) for turn, entry in enumerate(entries)]
