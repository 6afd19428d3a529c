"""``in`` and unary tests: whether a value passes what a cell of a decision table says (DMN 1.5, section 10.3.2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel import syntax
from engine.feel.compare import contains, equal
from engine.feel.compiler import Code, compile_node
from engine.feel.lexer import Kind
from engine.feel.values import Range

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.frame import Frame, Run
    from engine.feel.parser import Parser

#: The name of the value being tested.
INPUT = "?"


def parse_unary(parser: Parser) -> syntax.UnaryTests:
    """Read the text of a cell: ``-`` or nothing, tests separated by commas, or ``not(…)`` around them."""
    if parser.token.kind is Kind.END or (parser.sees("-") and parser.ahead().kind is Kind.END):
        parser.next()
        return syntax.UnaryTests(())
    negated = parser.token.text == "not" and parser.ahead().text == "(" and _closes_at_end(parser)
    if negated:
        parser.at += 2
    tests, conditions = _tests(parser)
    if negated:
        parser.expect(")")
    return syntax.UnaryTests(tests, negated, conditions)


def _closes_at_end(parser: Parser) -> bool:
    """Whether the bracket after ``not`` closes where the text ends; otherwise ``not`` is the function."""
    depth = 0
    for ahead in range(1, len(parser.tokens) - parser.at):
        text = parser.ahead(ahead).text if parser.ahead(ahead).kind is Kind.SYMBOL else ""
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return parser.ahead(ahead + 1).kind is Kind.END
    return False


def _tests(parser: Parser) -> tuple[tuple[syntax.Node, ...], frozenset[int]]:
    tests: list[syntax.Node] = []
    conditions = set()
    while True:
        start = parser.at
        tests.append(parser.inside(parser.expression))
        if any(token.text == INPUT and token.kind is Kind.NAME for token in parser.tokens[start : parser.at]):
            conditions.add(len(tests) - 1)
        if not parser.takes(","):
            return tuple(tests), frozenset(conditions)


@compile_node.register(syntax.UnaryTests)
def _(node: syntax.UnaryTests) -> Code:
    tests = [_test(test, condition=turn in node.conditions) for turn, test in enumerate(node.tests)]
    negated = node.negated

    def run(frame: Frame) -> bool | None:
        value = frame.find(INPUT)
        found: bool | None = not tests
        for test in tests:
            passed = test(value, frame)
            if passed is True:
                return not negated
            found = None if passed is None else found
        return found if found is None else found is not negated

    return run


def _test(node: syntax.Node, *, condition: bool) -> Callable[[Any, Frame], bool | None]:
    """Return the closure of one test; ``true`` alone is a value, but what comes out true of any input passes."""
    code, literal = compile_node(node), isinstance(node, syntax.Literal)

    def run(value: Any, frame: Frame) -> bool | None:
        wanted = code(frame)
        if type(value) is str and type(wanted) is str:
            return value == wanted
        if condition and (wanted is None or isinstance(wanted, bool)):
            return bool(wanted) if wanted is not None else None
        if wanted is True and not literal and not isinstance(value, bool):
            return True
        return is_in(value, wanted, frame.run)

    return run


@compile_node.register(syntax.In)
def _(node: syntax.In) -> Code:
    operand = compile_node(node.operand)
    tests = [(compile_node(test), isinstance(test, syntax.RangeLiteral)) for test in node.tests]

    def run(frame: Frame) -> bool | None:
        value = operand(frame)
        found: bool | None = False
        for test, is_range in tests:
            wanted = test(frame)
            passed = None if wanted is None and is_range else is_in(value, wanted, frame.run)
            if passed is True:
                return True
            found = None if passed is None else found
        return found

    return run


def is_in(value: Any, wanted: Any, run: Run) -> bool | None:
    """Whether a value is in a range, among a list's items, or equal to another value."""
    if isinstance(wanted, Range) and not isinstance(value, Range):
        return _in_range(value, wanted, run)
    if not isinstance(wanted, list):
        return equal(value, wanted, run.meter)
    if isinstance(value, list) and equal(value, wanted, run.meter):
        return True
    run.meter.step(len(wanted))
    return any(_is_item(value, item, run) for item in wanted)


def _is_item(value: Any, item: Any, run: Run) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return contains(item, value, run.meter) is True if value is not None else False
    return equal(value, item, run.meter) is True


def _in_range(value: Any, wanted: Range, run: Run) -> bool | None:
    if value is None and wanted.operator not in ("=", "!="):
        run.warn("un valore nullo non sta in nessun intervallo")
        return None
    return contains(wanted, value, run.meter)
