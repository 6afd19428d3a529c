"""Regular expressions of XPath 3.1 (what DMN 1.5, section 10.3.4.3 asks), run by the ``regex`` package.

That package alone stops at a timeout, so an expression that would run for ever ends in a refusal. A pattern is
translated word by word: what XPath does not have (look-around, possessive quantifiers, inline flags) is refused,
what the two read differently is rewritten.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from engine.feel.errors import BudgetExceeded, NullResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.feel.budget import Meter

_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0, "q": 0}
_LONGEST_PATTERN = 1000
_LONGEST_INPUT = 100_000
_MOST_REPEATS = 1000
_DEEPEST = 20
_CLASSES = {
    "i": r"[\p{L}_:]",
    "I": r"[^\p{L}_:]",
    "c": r"[\p{L}\p{N}\p{M}_:.\-\u00B7]",
    "C": r"[^\p{L}\p{N}\p{M}_:.\-\u00B7]",
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
}
_LITERALS = frozenset("nrt\\|.?*+(){}[]^$-")
_REPEAT = regex.compile(r"\{(\d+)(?:,(\d*))?\}")
_PROPERTY = regex.compile(r"\{(?:Is[A-Za-z0-9-]+|[A-Z][a-z]?)\}")


def _refused(pattern: str) -> NullResult:
    return NullResult(f"«{pattern[:40]}» non è un’espressione regolare ammessa")


class _Translation:
    """One pattern being rewritten."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = 0
        self.depth = 0
        self.weight = 1

    def take(self) -> str:
        if self.at >= len(self.pattern):
            raise _refused(self.pattern)
        self.at += 1
        return self.pattern[self.at - 1]

    def sees(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def whole(self) -> str:
        parts: list[str] = []
        while self.at < len(self.pattern):
            parts.append(self.one())
        if self.depth:
            raise _refused(self.pattern)
        return "".join(parts)

    def one(self) -> str:
        sign = self.take()
        match sign:
            case "(":
                return self.group()
            case ")":
                self.depth -= 1
                if self.depth < 0:
                    raise _refused(self.pattern)
                return sign
            case "[":
                return self.character_class()
            case "\\":
                return self.escape()
            case "{":
                return self.repeat()
            case "*" | "+" | "?":
                return self.quantifier(sign)
            case "$":
                return r"(?:$)" if self.multiline else r"\Z"
            case "}" | "]":
                raise _refused(self.pattern)
        return sign

    multiline = False

    def group(self) -> str:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _refused(self.pattern)
        if self.sees("?"):
            if not self.sees("?:"):
                raise _refused(self.pattern)
            self.at += 2
            return "(?:"
        self.groups += 1
        return "("

    def repeat(self) -> str:
        match = _REPEAT.match(self.pattern, self.at - 1)
        if match is None:
            raise _refused(self.pattern)
        most = int(match[2] or match[1])
        self.weight *= max(most, 1)
        if self.weight > _MOST_REPEATS:
            raise _refused(self.pattern)
        self.at = match.end()
        return self.quantifier(match[0])

    def quantifier(self, sign: str) -> str:
        """Pass a quantifier on, reluctant or not; a second one on top of it is not XPath's."""
        if self.sees("?"):
            self.at += 1
            sign += "?"
        if self.at < len(self.pattern) and self.pattern[self.at] in "*+?{":
            raise _refused(self.pattern)
        return sign

    def escape(self) -> str:
        sign = self.take()
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign in "pP":
            return self.property(sign)
        if sign.isdigit() and sign != "0":
            return self.back_reference(sign)
        if sign not in _LITERALS:
            raise _refused(self.pattern)
        return "\\" + sign

    def back_reference(self, sign: str) -> str:
        if int(sign) > self.groups:
            raise _refused(self.pattern)
        return f"(?:\\{sign})"

    def property(self, sign: str) -> str:
        match = _PROPERTY.match(self.pattern, self.at)
        if match is None:
            raise _refused(self.pattern)
        self.at = match.end()
        return f"\\{sign}{match[0].replace('{Is', '{In')}"

    def character_class(self) -> str:
        """Rewrite ``[a-z-[aeiou]]``; inside a class only XPath's own escapes have a meaning."""
        parts = ["["]
        if self.sees("^"):
            parts.append(self.take())
        if self.sees("]"):
            raise _refused(self.pattern)
        while True:
            sign = self.take()
            if sign == "]":
                return "".join([*parts, "]"])
            if sign == "-" and self.sees("["):
                self.at += 1
                parts.append("--" + self.character_class())
            elif sign == "\\":
                parts.append(self.escape())
            elif sign == "[":
                raise _refused(self.pattern)
            else:
                parts.append("\\" + sign if sign in "&|~^" or (sign == "-" and self.sees("-")) else sign)


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> regex.Pattern[str]:
    if len(pattern) > _LONGEST_PATTERN or not set(flags) <= _FLAGS.keys():
        raise _refused(pattern)
    options = regex.VERSION1
    for flag in set(flags):
        options |= _FLAGS[flag]
    if "q" in flags:
        return regex.compile(regex.escape(pattern), options)
    translation = _Translation(_without_spaces(pattern) if "x" in flags else pattern)
    translation.multiline = "m" in flags
    try:
        return regex.compile(translation.whole(), options)
    except (regex.error, RecursionError, OverflowError) as error:
        raise _refused(pattern) from error


def _without_spaces(pattern: str) -> str:
    """Drop white space outside character classes, as the flag ``x`` asks."""
    kept, inside = [], 0
    for sign in pattern:
        inside += (sign == "[") - (sign == "]")
        if inside or not sign.isspace():
            kept.append(sign)
    return "".join(kept)


def _matches(text: str, expression: regex.Pattern[str], meter: Meter) -> Iterator[regex.Match[str]]:
    if len(text) > _LONGEST_INPUT:
        raise BudgetExceeded("Il testo da confrontare è troppo lungo.")
    try:
        for match in expression.finditer(text, timeout=meter.seconds_left(), concurrent=False):
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
            raise _refused(pattern)
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def replaced(text: str, pattern: tuple[str, str], replacement: str, meter: Meter) -> str:
    """Replace every match of (pattern, flags); ``$1`` is the first group, ``$0`` all of the match."""
    expression = _compiled(*pattern)
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
