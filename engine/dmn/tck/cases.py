"""The kit's test files: inputs, and the expected result of each decision."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.dmn.xml import Element, attribute, child, children
from engine.feel.budget import Budget, Meter
from engine.feel.compare import equal
from engine.feel.convert import inward
from engine.feel.temporal import NANOS, DateTime, Time
from engine.feel.temporal_text import read_date, read_date_time, read_duration, read_time
from engine.xml import read_xml, tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
#: How far a number may be from the expected one: the kit writes 15 digits of results that have 34.
_TOLERANCE = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class Case:
    """One expected result; ``ref`` is the decision, or the decision service where the kit calls one."""

    id: str
    model: Path
    ref: str
    inputs: dict[str, Any]
    result: str
    expected: Any
    service: bool


def cases(file: Path) -> Iterator[Case]:
    """Give the results that a test file expects, in its order."""
    root = read_xml(file.read_bytes(), file.name)
    name = child(root, "modelName")
    model = file.parent / ((name.text or "").strip() if name is not None else "")
    for element in children(root, "testCase"):
        inputs = {attribute(part, "name"): _value(part) for part in children(element, "inputNode")}
        service = attribute(element, "type") == "decisionService"
        for result in children(element, "resultNode"):
            node = attribute(result, "name")
            ref = attribute(element, "invocableName") if service else node
            expected = child(result, "expected")
            wanted = None if expected is None else _value(expected)
            yield Case(f"{attribute(element, 'id')}/{node}", model, ref, inputs, node, wanted, service)


def _value(element: Element) -> Any:
    """Return the value that an element's children describe; attributes of ``value`` tell its type."""
    components = list(children(element, "component"))
    if components:
        return {attribute(part, "name"): _value(part) for part in components}
    for part in children(element, "value", "list"):
        return [_value(item) for item in children(part, "item")] if tag(part) == "list" else _scalar(part)
    return None


def _scalar(element: Element) -> Any:
    if element.get(f"{_INSTANCE}nil") == "true":
        return None
    text = element.text or ""
    kind = attribute(element, f"{_INSTANCE}type").rpartition(":")[2]
    return text if kind in ("string", "") else _READERS.get(kind, _number)(text.strip())


def _number(text: str) -> Decimal:
    return Decimal(text)


def _boolean(text: str) -> bool:
    return text in ("true", "1")


_READERS: dict[str, Any] = {
    "boolean": _boolean,
    "date": read_date,
    "dateTime": read_date_time,
    "time": read_time,
    "duration": read_duration,
}


def same(expected: Any, found: Any) -> bool:
    """Whether a result is the expected one; dates and times must agree to the nanosecond."""
    meter = Meter(Budget(seconds=5))
    return _same(inward(expected, meter), inward(found, meter), meter)


def _same(expected: Any, found: Any, meter: Meter) -> bool:
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(
            _same(one, other, meter) for one, other in zip(expected, found, strict=True)
        )
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(_same(expected[key], found[key], meter) for key in expected)
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(expected - found) <= _TOLERANCE * max(Decimal(1), abs(expected))
    if equal(expected, found, meter) is not True:
        return False
    return _fraction(expected) == _fraction(found)


def _fraction(value: Any) -> int | None:
    """Return the nanoseconds that equality leaves out of a moment."""
    clock = value.time if isinstance(value, DateTime) else value
    return clock.nanos % NANOS if isinstance(clock, Time) else None
