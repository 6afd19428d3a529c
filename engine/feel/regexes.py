"""Regular expressions of XPath 3.1 (what DMN 1.5, section 10.3.4.3 asks), run by the ``regex`` package.

That package alone stops at a timeout, so an expression that would run for ever ends in a refusal.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from engine.feel.errors import BudgetExceeded, NullResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.feel.budget import Meter
from engine.feel.patterns import Translation, refused

_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0, "q": 0}
_LONGEST_PATTERN = 1000
_LONGEST_INPUT = 20_000
#: Signs of a pattern that take a step to compile.
_SIGNS_A_STEP = 8


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> regex.Pattern[str]:
    if len(pattern) > _LONGEST_PATTERN or not set(flags) <= _FLAGS.keys():
        raise refused(pattern)
    options = sum(_FLAGS[flag] for flag in set(flags))
    if "q" in flags:
        return regex.compile(regex.escape(pattern), options)
    source = _without_spaces(pattern) if "x" in flags else pattern
    translation = Translation(source, multiline="m" in flags, dot_all="s" in flags)
    try:
        rewritten = translation.whole()
        return regex.compile(rewritten, options | (regex.VERSION1 if translation.nests else regex.VERSION0))
    except (regex.error, RecursionError, OverflowError) as error:
        raise refused(pattern) from error


def _without_spaces(pattern: str) -> str:
    """Drop white space outside character classes, as the flag ``x`` asks."""
    kept, inside, escaped = [], 0, False
    for sign in pattern:
        inside += 0 if escaped else (sign == "[") - (sign == "]")
        escaped = sign == "\\" and not escaped
        if inside or not sign.isspace():
            kept.append(sign)
    return "".join(kept)


def _matches(text: str, expression: regex.Pattern[str], meter: Meter) -> Iterator[regex.Match[str]]:
    meter.step(1 + len(expression.pattern) // _SIGNS_A_STEP)
    if len(text) > _LONGEST_INPUT:
        raise BudgetExceeded("Il testo da confrontare è troppo lungo.")
    try:
        for match in expression.finditer(text, timeout=max(meter.seconds_left(), 0.001), concurrent=False):
            meter.step()
            yield match
    except TimeoutError as error:
        raise BudgetExceeded("L’espressione regolare richiede troppo tempo ed è stata fermata.") from error
    except MemoryError as error:
        raise BudgetExceeded("L’espressione regolare richiede troppa memoria ed è stata fermata.") from error


def found(text: str, pattern: str, flags: str, meter: Meter) -> bool:
    """Whether a pattern matches anywhere in a text."""
    return any(True for _ in _matches(text, _compiled(pattern, flags), meter))


def split(text: str, pattern: str, meter: Meter) -> list[str]:
    """Cut a text where a pattern matches; a pattern that matches nothing at all is refused."""
    pieces, start = [], 0
    for match in _matches(text, _compiled(pattern, ""), meter):
        if match.start() == match.end():
            raise refused(pattern)
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def replaced(text: str, pattern: tuple[str, str], replacement: str, meter: Meter) -> str:
    """Replace every match of (pattern, flags); ``$1`` is the first group, ``$0`` all of the match."""
    expression = _compiled(*pattern)
    if any(True for _ in _matches("", expression, meter)):
        raise NullResult("replace: l’espressione regolare corrisponde anche al testo vuoto")
    parts = [replacement] if "q" in pattern[1] else list(_replacement_parts(replacement, expression.groups))
    pieces, start = [], 0
    for match in _matches(text, expression, meter):
        filled = "".join(part if isinstance(part, str) else match[part] or "" for part in parts)
        meter.grow(match.start() - start + len(filled))
        pieces += [text[start : match.start()], filled]
        start = match.end()
    return "".join([*pieces, text[start:]])


def _replacement_parts(replacement: str, groups: int) -> Iterator[str | int]:
    at = 0
    while at < len(replacement):
        sign, after = replacement[at], replacement[at + 1 : at + 2]
        if sign == "$" and after.isdigit() and after.isascii():
            end = at + 2
            while (
                end < len(replacement) and replacement[end].isdigit() and int(replacement[at + 1 : end + 1]) <= groups
            ):
                end += 1
            group = int(replacement[at + 1 : end])
            yield group if group <= groups else ""
            at = end
        elif sign in "$\\" and not (sign == "\\" and after in ("$", "\\")):
            raise NullResult(f"replace: «{replacement[:40]}» non è una sostituzione ammessa")
        else:
            yield after if sign == "\\" else sign
            at += 2 if sign == "\\" else 1
