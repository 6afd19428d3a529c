"""Ranges read from text: ``range("[18..65)")`` (DMN 1.5, section 10.3.4.1)."""

from __future__ import annotations

import re
from typing import Any

from engine.feel.compare import order
from engine.feel.decimals import number
from engine.feel.errors import NullResult
from engine.feel.lexer import unescape
from engine.feel.temporal_text import READERS, read_any
from engine.feel.values import Range

_AT = re.compile(r'@\s*("[^"\\]*")')
_CALL = re.compile(r'(date and time|date|time|duration)\(\s*("[^"\\]*")\s*\)')
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_LONGEST = 1000
_OPENING, _CLOSING = frozenset("[(]"), frozenset("])[")


def read_range(text: str) -> Range:
    """Read a range whose ends are literals; an end left out is open to infinity."""
    trimmed = text.strip() if len(text) <= _LONGEST else ""
    opening, closing = trimmed[:1], trimmed[1:][-1:]
    low, dots, high = trimmed[1:-1].partition("..")
    if not dots or opening not in _OPENING or closing not in _CLOSING:
        raise NullResult(f"range: «{text[:40]}» non è un intervallo")
    start, end = _end(low.strip()), _end(high.strip())
    included = opening == "[", closing == "]"
    if not _are_ends(start, end, included):
        raise NullResult(f"range: gli estremi di «{text[:40]}» non si possono confrontare")
    return Range(start, end, *included)


def _are_ends(start: Any, end: Any, included: tuple[bool, bool]) -> bool:
    """Whether two ends make a range: one may be missing, where its bracket is open."""
    if start is None or end is None:
        return start is not end and not included[0 if start is None else 1]
    sign = order(start, end)
    return sign is not None and sign <= 0


def _end(text: str) -> Any:
    if text in ("", "null"):
        return None
    if _NUMBER.fullmatch(text):
        return number(text)
    if _TEXT.fullmatch(text):
        return unescape(text)
    if match := _AT.fullmatch(text):
        return read_any(unescape(match[1]))
    if match := _CALL.fullmatch(text):
        return READERS[match[1]](unescape(match[2]))
    raise NullResult(f"range: «{text[:40]}» non è un estremo")
