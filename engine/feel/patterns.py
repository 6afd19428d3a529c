"""XPath's regular expressions rewritten, word by word, for the ``regex`` package.

The source is XPath and XQuery Functions and Operators 3.1, section 5.6.1.

What XPath does not have (look-around, possessive quantifiers, inline flags) is refused; what the two read
differently is rewritten; counted repetitions are bounded, since they multiply a pattern's size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from engine.feel.errors import NullResult

if TYPE_CHECKING:
    from collections.abc import Callable

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
_QUANTIFIERS = "*+?{"
_REPEAT = regex.compile(r"\{(\d+)(?:,(\d*))?\}")
_PROPERTY = regex.compile(r"\{(?:Is[A-Za-z0-9-]+|[A-Z][a-z]?)\}")
#: After a line's end there is a line only where something follows.
_LINE_START = r"(?:\A|(?<=\n)(?!\Z))"
#: Signs that mean something to the package inside a class, but not to XPath.
_PLAIN_IN_CLASS = "&|~^"


def refused(pattern: str) -> NullResult:
    return NullResult(f"«{pattern[:40]}» non è un’espressione regolare ammessa")


class Translation:
    """One pattern being rewritten; ``multiline`` and ``dot_all`` are the flags m and s."""

    def __init__(self, pattern: str, *, multiline: bool, dot_all: bool) -> None:
        self.pattern = pattern
        self.multiline = multiline
        self.dot_all = dot_all
        #: Whether a class stands inside a class, which only the package's newer syntax reads.
        self.nests = False
        self._at = 0
        self._open: list[int] = []
        self._closed: set[int] = set()
        self._groups = 0
        self._weight = 1

    def whole(self) -> str:
        """Return the rewritten pattern; NullResult where it is none of XPath's."""
        parts: list[str] = []
        while self._at < len(self.pattern):
            sign = self._take()
            parts.append(self._word(sign))
            if self._sees(*_QUANTIFIERS) and sign in "(|":
                raise refused(self.pattern)
        if self._open:
            raise refused(self.pattern)
        return "".join(parts)

    def _take(self) -> str:
        if self._at >= len(self.pattern):
            raise refused(self.pattern)
        self._at += 1
        return self.pattern[self._at - 1]

    def _sees(self, *texts: str) -> bool:
        return self.pattern.startswith(texts, self._at)

    def _word(self, sign: str) -> str:
        kinds: dict[str, Callable[[], str]] = {
            "(": self._group,
            ")": self._group_end,
            "[": self._class,
            "\\": self._escape,
            "{": self._repeat,
            "^": lambda: _LINE_START if self.multiline else r"\A",
            "$": lambda: "$" if self.multiline else r"\Z",
            ".": lambda: "." if self.dot_all else r"[^\n\r]",
        }
        if sign in "*+?":
            return self._quantifier(sign)
        if sign in "}]":
            raise refused(self.pattern)
        return kinds[sign]() if sign in kinds else sign

    def _group(self) -> str:
        if len(self._open) >= _DEEPEST:
            raise refused(self.pattern)
        if self._sees("?:"):
            self._at += 2
            self._open.append(0)
            return "(?:"
        if self._sees("?"):
            raise refused(self.pattern)
        self._groups += 1
        self._open.append(self._groups)
        return "("

    def _group_end(self) -> str:
        if not self._open:
            raise refused(self.pattern)
        self._closed.add(self._open.pop())
        return ")"

    def _repeat(self) -> str:
        match = _REPEAT.match(self.pattern, self._at - 1)
        if match is None:
            raise refused(self.pattern)
        self._weight *= max(int(match[2] or match[1]), 1)
        if self._weight > _MOST_REPEATS:
            raise refused(self.pattern)
        self._at = match.end()
        return self._quantifier(match[0])

    def _quantifier(self, sign: str) -> str:
        """Pass a quantifier on, reluctant or not; a second one on top of it is not XPath's."""
        if self._sees("?"):
            self._at += 1
            sign += "?"
        if self._sees(*_QUANTIFIERS):
            raise refused(self.pattern)
        return sign

    def _escape(self, *, in_class: bool = False) -> str:
        sign = self._take()
        if sign in _CLASSES:
            self.nests = self.nests or in_class
            return _CLASSES[sign]
        if sign in "pP":
            found = self._property(sign)
            return found if in_class else f"(?-i:{found})"  # an upper-case letter stays one, whatever the flag i
        if sign in "123456789" and not in_class:
            return self._back_reference(sign)
        if sign not in _LITERALS:
            raise refused(self.pattern)
        return "\\" + sign

    def _back_reference(self, digits: str) -> str:
        """Read as many digits as make the number of a group there is; the group must have ended before."""
        while self._sees(*"0123456789") and int(digits + self.pattern[self._at]) <= self._groups:
            digits += self._take()
        if int(digits) not in self._closed:
            raise refused(self.pattern)
        return f"(?:\\{digits})"

    def _property(self, sign: str) -> str:
        match = _PROPERTY.match(self.pattern, self._at)
        if match is None:
            raise refused(self.pattern)
        self._at = match.end()
        return f"\\{sign}{match[0].replace('{Is', '{In')}"

    def _class(self) -> str:
        """Rewrite ``[a-z-[aeiou]]``; inside a class only XPath's own escapes have a meaning."""
        parts = [self._take() if self._sees("^") else ""]
        while not self._sees("]") or len(parts) == 1:
            if self._sees("-["):
                return self._subtraction("".join(parts))
            parts.append(self._class_word(self._take()))
        self._at += 1
        return f"[{''.join(parts)}]"

    def _subtraction(self, from_what: str) -> str:
        """Rewrite what takes one class away from another; it ends the class, and a ``^`` is the first one's alone."""
        self.nests = True
        self._at += len("-[")
        taken = self._class()
        if self._take() != "]":
            raise refused(self.pattern)
        return f"[[{from_what}]--{taken}]"

    def _class_word(self, sign: str) -> str:
        if sign in "[]":
            raise refused(self.pattern)
        if sign == "\\":
            return self._escape(in_class=True)
        return "\\" + sign if sign in _PLAIN_IN_CLASS else sign
