"""The expressions of a diagram: all that the engine evaluates, and each in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from engine.check.diagram import camunda, extension, text_of
from engine.check.rules import Finding
from engine.check.words import line_of
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine import feel
    from engine.check.diagram import Diagram

ALWAYS: Final = (
    "conditionExpression",
    "completionCondition",
    "loopCondition",
    "loopCardinality",
    "condition",
)
"""Elements whose text is an expression without a leading ``=``."""
_PREFIXED: Final = ("timeDate", "timeDuration", "timeCycle")
ATTRIBUTES: Final = (
    "assignee",
    "candidateGroups",
    "candidateUsers",
    "dueDate",
    "followUpDate",
    "priority",
    "collection",
    "decisionRef",
    "topic",
    "formKey",
    "formRef",
)
"""Camunda's attributes that are expressions where they begin with ``=``; a collection is always one."""
_PARAMETERS: Final = ("property", "inputParameter", "outputParameter")
_MAPPINGS: Final = ("in", "out")
_SOURCES: Final = ("source", "sourceExpression")


class WrittenExpression(NamedTuple):
    """One expression as it stands in the file.

    ``element`` is what it belongs to, ``where`` the element that holds it: in its text if ``is_text``, else in an
    attribute, whose lines are not the file's. ``is_feel`` says whether it is an expression without a leading ``=``.
    """

    element: Element
    where: Element
    raw: str
    is_feel: bool
    is_text: bool = False

    @property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def source(self) -> str:
        """The text less the leading ``=``."""
        return self.text.removeprefix("=")

    @property
    def line(self) -> int:
        """The line of the file on which the expression begins, where tags take one line each."""
        return line_of(self.where) + (self._before.count("\n") if self.is_text else 0)

    @property
    def _before(self) -> str:
        blank = len(self.raw) - len(self.raw.lstrip())
        return self.raw[: blank + self.text.startswith("=")]

    def finding(self, diagram: Diagram, fault: feel.ExpressionProblem, message: str, advice: str) -> Finding:
        """Tell of a fault in it: the message goes on with its place, as the author counts it, and what it is."""
        found = fault.after(self._before)
        line = diagram.text_line(self.where) + found.line - 1 if self.is_text else line_of(self.where)
        told = f"{message} alla {found.place}: {fault.message}"
        return Finding(self.element, told, advice, line, found.column)


def written(diagram: Diagram) -> Iterator[WrittenExpression]:
    """Give every expression, and every text that would be one if it began with ``=``."""
    for element in diagram.elements:
        name = tag(element)
        if name in ALWAYS or name == "loopDataInputRef":
            yield _text(element, element, is_feel=True)
        elif name in _PREFIXED:
            yield _text(element, element, is_feel=False)
        elif name == "script":
            task = element.getparent()
            if task is not None and "feel" in task.get("scriptFormat", "").lower():
                yield _text(element, element, is_feel=True)
        else:
            yield from (each for each in _in_attributes(element) if each.text)


def _text(element: Element, where: Element, *, is_feel: bool) -> WrittenExpression:
    return WrittenExpression(element, where, "".join(map(str, where.itertext())), is_feel, is_text=True)


def _in_attributes(element: Element) -> Iterator[WrittenExpression]:
    for name in ATTRIBUTES:
        yield WrittenExpression(element, element, camunda(element, name) or "", name == "collection")
    for each in (each for name in _PARAMETERS for each in extension(element, name)):
        yield WrittenExpression(element, each, each.get("value", ""), is_feel=False)
        yield _text(element, each, is_feel=False)
    for each in (each for name in _MAPPINGS for each in extension(element, name)):
        yield from (WrittenExpression(element, each, each.get(name, ""), is_feel=True) for name in _SOURCES)


def is_juel(text: str) -> bool:
    return "${" in text or "#{" in text


def in_their_language(diagram: Diagram) -> Iterator[WrittenExpression]:
    """Give the expressions that mean to be FEEL."""
    for expression in written(diagram):
        meant = (expression.is_feel or expression.text.startswith("=")) and not is_juel(expression.text)
        if meant and expression.source and _speaks_feel(diagram, expression.element):
            yield expression


def _speaks_feel(diagram: Diagram, element: Element) -> bool:
    language = element.get("language", diagram.root.get("expressionLanguage", "feel"))
    return "feel" in language.lower() or tag(element) not in ALWAYS or text_of(element).startswith("=")
