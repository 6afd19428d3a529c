"""``in`` and unary tests: whether a value passes what a cell of a decision table says (DMN 1.5, section 10.3.2.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.feel import syntax
from engine.feel.compare import contains, equal
from engine.feel.compiler import Code, compile_node
from engine.feel.frame import Frame
from engine.feel.lexer import LexemeKind
from engine.feel.values import Range

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun
    from engine.feel.parser import Parser

#: The name of the value being tested.
INPUT = syntax.INPUT
_Test = Callable[[Any, Frame], bool | None]


def parse_unary(parser: Parser) -> syntax.UnaryTests:
    """Read the text of a cell: ``-`` or nothing, tests separated by commas, or ``not(…)`` around them."""
    if parser.token.kind is LexemeKind.END or (parser.sees("-") and parser.ahead().kind is LexemeKind.END):
        parser.next()
        return syntax.UnaryTests(())
    negated = parser.token.text == "not" and parser.ahead().text == "(" and _closes_at_end(parser)
    if negated:
        parser.at += 2
    tests = [parser.test()]
    while parser.takes(","):
        tests.append(parser.test())
    if negated:
        parser.expect(")")
    return syntax.UnaryTests(tuple(tests), negated)


def _closes_at_end(parser: Parser) -> bool:
    """Whether the bracket after ``not`` closes where the text ends; otherwise ``not`` is the function."""
    depth = 0
    for ahead in range(1, len(parser.tokens) - parser.at):
        text = parser.ahead(ahead).text if parser.ahead(ahead).kind is LexemeKind.SYMBOL else ""
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return parser.ahead(ahead + 1).kind is LexemeKind.END
    return False


@compile_node.register(syntax.Condition)
def _(node: syntax.Condition) -> Code:
    return compile_node(node.test)


@compile_node.register(syntax.UnaryTests)
def _(node: syntax.UnaryTests) -> Code:
    tests = [_test(test, in_cell=True) for test in node.tests]
    negated = node.negated

    def run(frame: Frame) -> bool | None:
        passed = _passes(frame.find(INPUT), tests, frame) if tests else True
        return passed if passed is None else passed is not negated

    return run


@compile_node.register(syntax.In)
def _(node: syntax.In) -> Code:
    operand = compile_node(node.operand)
    tests = [_test(test) for test in node.tests]
    asks = any(isinstance(test, syntax.Condition) for test in node.tests)

    def run(frame: Frame) -> bool | None:
        value = operand(frame)
        return _passes(value, tests, Frame(frame.run, {INPUT: value}, frame) if asks else frame)

    return run


def _passes(value: Any, tests: list[_Test], frame: Frame) -> bool | None:
    """Whether a value passes one test at least; None where none is passed and one cannot say."""
    found: bool | None = False
    for test in tests:
        passed = test(value, frame)
        if passed is True:
            return True
        found = None if passed is None else found
    return found


def _test(node: syntax.SyntaxNode, *, in_cell: bool = False) -> _Test:
    """Return the closure of one test; in a cell, what comes out true passes, unless it is the value ``true``."""
    code = compile_node(node)
    is_condition, is_range = isinstance(node, syntax.Condition), isinstance(node, syntax.RangeLiteral)
    truth_passes = in_cell and not isinstance(node, syntax.Literal)

    def run(value: Any, frame: Frame) -> bool | None:
        wanted = code(frame)
        if type(value) is str and type(wanted) is str:
            return value == wanted
        if (is_condition and (wanted is None or isinstance(wanted, bool))) or (is_range and wanted is None):
            return wanted
        if truth_passes and wanted is True and not isinstance(value, bool):
            return True
        return is_in(value, wanted, frame.run)

    return run


def is_in(value: Any, wanted: Any, run: EvaluationRun) -> bool | None:
    """Whether a value is in a range, among a list's items, or equal to another value."""
    if isinstance(wanted, Range) and not isinstance(value, Range):
        return _in_range(value, wanted, run)
    if not isinstance(wanted, list):
        return equal(value, wanted, run.meter)
    if isinstance(value, list) and equal(value, wanted, run.meter):
        return True
    run.meter.step(len(wanted))
    return any(_is_item(value, item, run) for item in wanted)


def _is_item(value: Any, item: Any, run: EvaluationRun) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return contains(item, value, run.meter) is True if value is not None else False
    return equal(value, item, run.meter) is True


def _in_range(value: Any, wanted: Range, run: EvaluationRun) -> bool | None:
    if value is None and wanted.operator not in ("=", "!="):
        run.warn("un valore nullo non sta in nessun intervallo")
        return None
    return contains(wanted, value, run.meter)
