"""Split text into tokens (DMN 1.5, section 10.3.1.2, rules 27 to 36 and 62 to 69)."""

from __future__ import annotations

import re
import sys
from enum import Enum
from typing import NamedTuple

from engine.feel.budget import TEXT_LIMIT
from engine.feel.errors import FeelError
from engine.feel.habits import instead


class LexemeKind(Enum):
    NUMBER = "number"
    STRING = "string"
    NAME = "name"
    KEYWORD = "keyword"
    SYMBOL = "symbol"
    END = "end"
    SPACE = "space"
    STRAY = "stray"


_WORDS = "for in return if then else some every satisfies and or between instance of function external"
KEYWORDS = frozenset(f"{_WORDS} true false null".split())

#: What begins a name: rule 28, less the spaces of rule 62 that lie among its characters.
_START = r"?_A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u167F\u1681-\u180D\u180F-\u1FFF"
_START += r"\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFEFE\uFF00-\uFFFD"
_START += r"\U00010000-\U000EFFFF"
_PART = _START + r"0-9\u00B7\u0300-\u036F\u203F\u2040"

_TOKEN = re.compile(
    rf"""(?P<space>(?:[\s\u180E\u200B\uFEFF]|//[^\n]*|/\*.*?\*/)+)
    |(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<name>[{_START}][{_PART}]*)
    |(?P<symbol>\*\*|<=|>=|!=|\.\.|->|[-+*/=<>()\[\]{{}},:.@'])
    |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)
_KINDS = {kind.value: kind for kind in LexemeKind}
_SIMPLE_NAME = re.compile(rf"[{_START}][{_PART}]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Lexeme(NamedTuple):
    """One word of the language; ``start`` and ``end`` are offsets in the text."""

    kind: LexemeKind
    text: str
    start: int
    end: int


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, both from 1."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1


def tokens(text: str) -> list[Lexeme]:
    """Split a text into tokens, the last one of kind END; FeelError where a character belongs to none."""
    if len(text) > TEXT_LIMIT:
        raise FeelError(f"L’espressione è troppo lunga: il limite è {TEXT_LIMIT} caratteri.")
    found: list[Lexeme] = []
    for match in _TOKEN.finditer(text):
        kind = _KINDS[match.lastgroup or ""]
        if kind is LexemeKind.STRAY:
            raise _stray(text, match.start())
        if kind is not LexemeKind.SPACE:
            word, (start, end) = match.group(), match.span()
            found.append(Lexeme(LexemeKind.KEYWORD if word in KEYWORDS else kind, word, start, end))
    found.append(Lexeme(LexemeKind.END, "", len(text), len(text)))
    return found


def _stray(text: str, at: int) -> FeelError:
    line, column = place(text, at)
    if text[at] == '"':
        message = "Il testo tra virgolette non è chiuso."
    elif text.startswith("/*", at):
        message = "Il commento non è chiuso."
    else:
        message = f"Il carattere «{text[at]}» non può stare qui."
    return FeelError(instead(message, text, at), line, column)


def is_simple_name(name: str) -> bool:
    """Whether a name is one word, so that no scope is needed to read it."""
    return _SIMPLE_NAME.fullmatch(name) is not None and name not in KEYWORDS


def unescape(literal: str) -> str:
    """Turn a string literal, quotes included, into its value; surrogate pairs become one character."""
    body = literal[1:-1]
    if "\\" not in body:
        return body
    value = _ESCAPE.sub(_unescaped, body)
    value = _SURROGATES.sub(_joined, value)
    return _LONE_SURROGATE.sub("\ufffd", value)


def _unescaped(match: re.Match[str]) -> str:
    digits = match.group(1) or match.group(2)
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= sys.maxunicode else "\ufffd"
    return _PLAIN_ESCAPES.get(match.group(3), match.group())


def _joined(match: re.Match[str]) -> str:
    high, low = map(ord, match.group())
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
