"""Ranges read from text: ``range("[18..65)")`` (DMN 1.5, section 10.3.4.1)."""

from __future__ import annotations

import re
from typing import Any

from engine.feel.compare import order
from engine.feel.decimals import number
from engine.feel.errors import NullResult
from engine.feel.lexer import unescape
from engine.feel.temporal_text import read_any
from engine.feel.values import Range

_RANGE = re.compile(r"\s*([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", re.DOTALL)
_AT = re.compile(r'@\s*("[^"\\]*")')
_CALL = re.compile(r'(?:date and time|date|time|duration)\(\s*("[^"\\]*")\s*\)')
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_LONGEST = 1000


def read_range(text: str) -> Range:
    """Read a range whose ends are literals; an end left out is open to infinity."""
    match = _RANGE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise NullResult(f"range: «{text[:40]}» non è un intervallo")
    opening, low, high, closing = match.groups()
    start, end = _end(low), _end(high)
    included = opening == "[", closing == "]"
    if not _fits(start, end, included):
        raise NullResult(f"range: gli estremi di «{text[:40]}» non si possono confrontare")
    return Range(start, end, *included)


def _fits(start: Any, end: Any, included: tuple[bool, bool]) -> bool:
    if start is None or end is None:
        return not (start is end or (start is None and included[0]) or (end is None and included[1]))
    sign = order(start, end)
    return sign is not None and sign <= 0


def _end(text: str) -> Any:
    if text in ("", "null"):
        return None
    if _NUMBER.fullmatch(text):
        return number(text)
    if _TEXT.fullmatch(text):
        return unescape(text)
    match = _AT.fullmatch(text) or _CALL.fullmatch(text)
    if match is None:
        raise NullResult(f"range: «{text[:40]}» non è un estremo")
    return read_any(unescape(match.group(1)))
