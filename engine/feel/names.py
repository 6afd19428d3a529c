"""Names with spaces and symbols, found by the longest match against the names that are known.

FEEL lets a name hold spaces, operators and keywords (``date and time``, ``days in weekend``, ``foo+bar``), so a text
can only be read against the names in scope (DMN 1.5, section 10.3.1.2). Where no known name matches, neighbouring
words are taken as one name, since two names can never stand side by side otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeGuard

from engine.feel.budget import NAMES_LIMIT
from engine.feel.errors import BudgetExceeded, FeelError
from engine.feel.lexer import Kind, Token, is_simple_name, tokens

#: How deep inside a context's values names are looked for.
_LEVELS = 4
#: Items of a list that are looked at: the items of one list have the same shape.
_SAMPLE = 3


class KnownNames:
    """The names that a parser recognises although they are not one word; those of ``base`` among them."""

    def __init__(self, names: Iterable[str] = (), base: KnownNames | None = None) -> None:
        self._base = base
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        words = _words(name)
        if not words or (len(words) == 1 and is_simple_name(name)):
            return
        entries = self._by_first.setdefault(words[0], [])
        if (words, name) not in entries:
            entries.append((words, name))
            entries.sort(key=lambda entry: -len(entry[0]))

    def longest(self, found: Sequence[Token], at: int) -> tuple[str, int] | None:
        """Return the longest known name that starts at a token, and how many tokens it takes."""
        mine = self._longest_own(found, at) if found[at].text in self._by_first else None
        other = None if self._base is None else self._base.longest(found, at)
        if mine is None or other is None:
            return mine or other
        return mine if mine[1] >= other[1] else other

    def _longest_own(self, found: Sequence[Token], at: int) -> tuple[str, int] | None:
        for words, name in self._by_first[found[at].text]:
            if tuple(token.text for token in found[at : at + len(words)]) == words:
                return name, len(words)
        return None


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokens(name) if token.kind is not Kind.END)
    except FeelError:
        return ()


_simple = lru_cache(maxsize=8192)(is_simple_name)


def compound_names(context: Mapping[Any, Any]) -> frozenset[str]:
    """Return the names in a context, and in the contexts it holds, that are not one word.

    BudgetExceeded where there are more names than anybody can mean.
    """
    found: set[str] = set()
    waiting: list[tuple[object, int]] = [(context, 0)]
    seen = 0
    while waiting:
        value, level = waiting.pop()
        seen += len(value) if isinstance(value, Mapping) else 0
        if seen > NAMES_LIMIT:
            raise BudgetExceeded("Il contesto dell’espressione ha troppi nomi.")
        if isinstance(value, Mapping):
            found.update(key for key in value if isinstance(key, str) and not _simple(key))
        if level < _LEVELS:
            waiting += [(inner, level + 1) for inner in _inside(value)]
    return frozenset(found)


def _inside(value: object) -> list[Any]:
    inner = list(value.values()) if isinstance(value, Mapping) else list(value[:_SAMPLE]) if _is_list(value) else []
    return [each for each in inner if isinstance(each, (Mapping, list, tuple))]


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (list, tuple))
