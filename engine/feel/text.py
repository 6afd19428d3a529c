"""Write values as text, as ``string()`` does."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel import decimals
from engine.feel.lexer import is_simple_name
from engine.feel.temporal import is_temporal
from engine.feel.temporal_text import write
from engine.feel.values import Range

if TYPE_CHECKING:
    from engine.feel.budget import Meter


def text_of(value: Any, meter: Meter) -> str:
    """Write a value the way an expression could be written to give it."""
    meter.step()
    match value:
        case None | bool():
            return _CONSTANTS[value]
        case str():
            return _quoted(value, meter)
        case list():
            return _joined("[", [text_of(item, meter) for item in _entered(value, meter)], "]", meter)
        case dict():
            entries = [f"{_key(key, meter)}: {text_of(item, meter)}" for key, item in _entered(value, meter).items()]
            return _joined("{", entries, "}", meter)
        case Range():
            return _range(value, meter)
    return _scalar(value)


_CONSTANTS = {None: "null", True: "true", False: "false"}


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return decimals.text_of(value)
    return write(value) if is_temporal(value) else "function"


def _entered(value: Any, meter: Meter) -> Any:
    meter.enter()
    return value


def _joined(opening: str, texts: list[str], closing: str, meter: Meter) -> str:
    meter.leave()
    meter.grow(sum(map(len, texts)))
    return opening + ", ".join(texts) + closing


def _quoted(value: str, meter: Meter) -> str:
    meter.grow(len(value))
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _key(key: str, meter: Meter) -> str:
    return key if key and all(map(is_simple_name, key.split())) else _quoted(key, meter)


def _range(value: Range, meter: Meter) -> str:
    if value.operator:
        return f"({value.operator} {text_of(value.start, meter)})"
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    start, end = ("" if bound is None else text_of(bound, meter) for bound in (value.start, value.end))
    return f"{opening}{start}..{end}{closing}"
