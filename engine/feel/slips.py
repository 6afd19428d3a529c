"""Expressions that can be read but hardly say what their author meant: a date that is a division, a test never true."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING, Final

from engine.feel import syntax
from engine.feel.errors import FeelError
from engine.feel.expression import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.feel.expression import Expression

Slip = tuple[syntax.SyntaxNode, str]

_FIRST_YEAR: Final = 1000
_PARTS_OF_A_DATE: Final = 3
_PARTS_OF_A_DECIMAL: Final = 2
_CONVERSIONS: Final = {
    "date": '«{}» non è una data: si scrive "2026-12-31", anno, mese, giorno.',
    "time": '«{}» non è un’ora: si scrive "09:30:00".',
    "date and time": '«{}» non è una data con l’ora: si scrive "2026-12-31T09:30:00".',
    "duration": '«{}» non è una durata: cinque giorni si scrivono "P5D", cinque ore "PT5H", cinque mesi "P5M".',
}


def slips_in(expression: Expression) -> Iterator[Slip]:
    """Give each part that is probably a slip, with what to write instead."""
    if isinstance(expression.tree, syntax.UnaryTests):
        yield from _in_cell(expression.tree, expression.text)
    yield from _in(expression.tree, expression.text)


def _in(node: syntax.SyntaxNode | syntax.Iterator, text: str) -> Iterator[Slip]:
    if isinstance(node, syntax.SyntaxNode):
        yield from _slip(node, text)
    for field in node.__dataclass_fields__:
        for child in syntax.nodes_in(getattr(node, field)):
            yield from _in(child, text)


def _number(node: syntax.SyntaxNode) -> Decimal | None:
    return node.value if isinstance(node, syntax.Literal) and isinstance(node.value, Decimal) else None


def _in_cell(cell: syntax.UnaryTests, text: str) -> Iterator[Slip]:
    """Find a decimal comma, which a cell reads as «or», and a hyphen for a range."""
    if len(cell.tests) == _PARTS_OF_A_DECIMAL and _is_decimal_comma(cell.tests[1], text):
        yield (
            cell.tests[1],
            "la virgola qui vuol dire «oppure»: i decimali vogliono il punto, i valori uno spazio dopo.",
        )
    for test in cell.tests:
        if isinstance(test, syntax.Chain) and _operands(test, "-") and len(test.rest) == 1:
            yield test, "questa è una sottrazione: un intervallo si scrive [0..19]."


def _is_decimal_comma(second: syntax.SyntaxNode, text: str) -> bool:
    at = second.at
    return _number(second) is not None and text[at - 1] == "," and text[at - 2].isdigit()


def _operands(chain: syntax.Chain, operator: str) -> list[Decimal]:
    """Give the numbers between which only this operator stands; none where anything else does."""
    numbers = [_number(node) for node in (chain.first, *(operand for _, operand in chain.rest))]
    if any(sign != operator for sign, _ in chain.rest):
        return []
    known = [number for number in numbers if number is not None]
    return known if len(known) == len(numbers) else []


@singledispatch
def _slip(_node: syntax.SyntaxNode, _text: str) -> Iterator[Slip]:
    """Say what is odd about one node, whatever is inside it."""
    yield from ()


@_slip.register(syntax.Chain)
def _(node: syntax.Chain, _text: str) -> Iterator[Slip]:
    for operator, year in (("/", -1), ("-", 0)):
        numbers = _operands(node, operator)
        if len(numbers) == _PARTS_OF_A_DATE and numbers[year] >= _FIRST_YEAR:
            year_first = numbers if year == 0 else numbers[::-1]
            wanted = "-".join(f"{int(number):02}" for number in year_first)
            yield node, f'qui si calcola con i numeri: una data si scrive date("{wanted}").'


@_slip.register(syntax.Logic)
def _(node: syntax.Logic, _text: str) -> Iterator[Slip]:
    for operand in node.operands:
        value = operand.value if isinstance(operand, syntax.Literal) else None
        if isinstance(operand, syntax.OperatorRange) or isinstance(value, (str, Decimal)):
            yield (
                operand,
                f"«{node.operator}» unisce condizioni intere: x = 1 {node.operator} x = 2. In una cella: 1, 2.",
            )
            return


@_slip.register(syntax.RangeLiteral)
def _(node: syntax.RangeLiteral, text: str) -> Iterator[Slip]:
    low, high = _number(node.low), _number(node.high)
    if low is not None and high is not None and low > high:
        yield node, "l’intervallo è vuoto: prima va il valore più piccolo."
    if text[node.high.at - 1 : node.high.at + 1] == "..":
        yield node.high, "un intervallo ha due punti, non tre: [0..19]."


@_slip.register(syntax.Call)
def _(node: syntax.Call, _text: str) -> Iterator[Slip]:
    name = node.function.name if isinstance(node.function, syntax.Name) else ""
    values = [each.value for each in node.positional if isinstance(each, syntax.Literal)]
    is_text = len(values) == len(node.positional) == 1 and isinstance(values[0], str)
    if name in _CONVERSIONS and is_text and _is_null(f"{name}({json.dumps(values[0])})"):
        yield node, _CONVERSIONS[name].format(values[0])


def _is_null(call: str) -> bool:
    try:
        return read(call).evaluate({}) is None
    except FeelError:
        return False
