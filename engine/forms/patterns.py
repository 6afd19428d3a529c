"""Patterns a designer writes, matched in time that grows only with the text: RE2 has no backtracking to abuse."""

from __future__ import annotations

from functools import cache

import re2  # type: ignore[import-untyped]  # the library has no types

_MEMORY = 1 << 20


@cache
def _matcher(pattern: str) -> re2._Regexp:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    return re2.compile(pattern, options)


def fault(pattern: str) -> str | None:
    """Say, in RE2's words, why a pattern cannot be used; ``None`` when it can."""
    try:
        _matcher(pattern)
    except re2.error as refused:
        reason = refused.args[0] if refused.args else ""
        return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
    return None


def matches(pattern: str, text: str) -> bool:
    """Find the pattern anywhere in the text, as form-js does (``RegExp.test``); anchors are the designer's."""
    return _matcher(pattern).search(text) is not None
