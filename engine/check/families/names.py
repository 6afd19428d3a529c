"""Names and calls in expressions: each should have a value when the case comes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import feel
from engine.check.rules import Finding, rule
from engine.check.words import SLIP, UNKNOWN_NAME, WRONG_CALL, called
from engine.check.written import in_their_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.check.diagram import Diagram
    from engine.feel.check import Rule


@rule("unknown-name", "advice")
def unknown_name(diagram: Diagram) -> Iterator[Finding]:
    """Tell of a name that nothing writes: it is null wherever it stands (DMN 1.5 §10.3.2.5), most often a slip.

    A program may give variables of its own when it starts a case, so it is no reason to refuse.
    """
    yield from _told(diagram, "unknown-name", UNKNOWN_NAME)


@rule("wrong-call", "advice")
def wrong_call(diagram: Diagram) -> Iterator[Finding]:
    """Tell of a call of a built-in function that gives null whatever its arguments are (DMN 1.5 §10.3.2.13.1)."""
    yield from _told(diagram, "wrong-call", WRONG_CALL)


@rule("slip", "advice")
def slip(diagram: Diagram) -> Iterator[Finding]:
    """Tell of what can be read but is most often a slip: a date that is a division, a length that is none."""
    yield from _told(diagram, "slip", SLIP)


def _told(diagram: Diagram, which: Rule, advice: str) -> Iterator[Finding]:
    names = diagram.folder.names
    if names is None:
        return
    for expression in in_their_language(diagram):
        never = feel.never_chosen(expression.source, names, diagram.folder.choices)
        for fault in (*feel.check(expression.source, names), *never):
            if fault.rule == which:
                message = f"{called(expression.element)} ha un’espressione da rivedere"
                yield expression.finding(diagram, fault, message, advice)
