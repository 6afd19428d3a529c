"""The kit's test files: what is called with which inputs, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.dmn.xml import Element, attribute, child, children, is_true, own_text
from engine.feel.temporal_text import read_date, read_date_time, read_duration, read_time
from engine.xml import read_xml, tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
#: Kinds of test case that call one thing of the model by ``invocableName``; the others ask for each decision by name.
_CALLING = frozenset({"decisionService", "bkm"})


@dataclass(frozen=True)
class ExpectedResult:
    """One expected result: a ``resultNode`` of a ``testCase``. Its values are read when they are asked for.

    Reading them raises NullResult or InvalidOperation where a value is not what its ``xsi:type`` says.
    """

    model: Path
    element: Element
    result: Element

    @property
    def id(self) -> str:
        return f"{attribute(self.element, 'id')}/{self.node}"

    @property
    def node(self) -> str:
        return attribute(self.result, "name")

    @property
    def calls(self) -> str:
        """The decision service or business knowledge model that the case calls; empty where it asks for a decision."""
        kind = attribute(self.element, "type")
        return attribute(self.element, "invocableName", self.node) if kind in _CALLING else ""

    @property
    def inputs(self) -> dict[str, Any]:
        return {_input_name(part): value_of(part) for part in children(self.element, "inputNode")}

    @property
    def expected(self) -> Any:
        expected = child(self.result, "expected")
        return None if expected is None else value_of(expected)

    @property
    def may_fail(self) -> bool:
        """Whether the case expects an error, which for us is null with a warning, or a refusal."""
        return is_true(self.result, "errorResult") or child(self.result, "expectedError") is not None


def cases(file: Path) -> Iterator[ExpectedResult]:
    """Give the results that a test file expects, in its order."""
    root = read_xml(file.read_bytes(), file.name)
    name = child(root, "modelName")
    model = file.parent / ("" if name is None else own_text(name).strip())
    for element in children(root, "testCase"):
        for result in children(element, "resultNode"):
            yield ExpectedResult(model, element, result)


def _input_name(element: Element) -> str:
    """Return an input's name; for one of an imported model its namespace stands before it, in braces."""
    namespace, name = attribute(element, "namespace"), attribute(element, "name")
    return f"{{{namespace}}}{name}" if namespace else name


def value_of(element: Element) -> Any:
    """Return the value that an element's children describe."""
    if _is_nil(element):
        return None
    components = list(children(element, "component"))
    if components:
        return {attribute(part, "name"): value_of(part) for part in components}
    for part in children(element, "value", "list"):
        return _list(part) if tag(part) == "list" else _scalar(part)
    return None


def _is_nil(element: Element) -> bool:
    return is_true(element, f"{_INSTANCE}nil")


def _list(element: Element) -> list[Any] | None:
    return None if _is_nil(element) else [value_of(item) for item in children(element, "item")]


def _scalar(element: Element) -> Any:
    if _is_nil(element):
        return None
    text = own_text(element)
    kind = attribute(element, f"{_INSTANCE}type").rpartition(":")[2]
    return text if kind in _TEXTS else _READERS.get(kind, Decimal)(text.strip())


def _boolean(text: str) -> bool:
    return text in ("true", "1")


_TEXTS = frozenset({"", "string", "normalizedString", "token", "anyURI", "anySimpleType"})
_READERS: dict[str, Any] = {
    "boolean": _boolean,
    "date": read_date,
    "dateTime": read_date_time,
    "time": read_time,
    "duration": read_duration,
    "dayTimeDuration": read_duration,
    "yearMonthDuration": read_duration,
}
