"""Names with spaces and symbols, found by the longest match against the names that are known.

FEEL lets a name hold spaces, operators and keywords (``date and time``, ``days in weekend``, ``foo+bar``), so a text
can only be read against the names in scope (DMN 1.5, section 10.3.1.2). Where no known name matches, neighbouring
words are taken as one name, since two names can never stand side by side otherwise.

Most texts have no place where such a name could begin (``importo > 1000``); for them no scope is looked through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from engine.feel.budget import ENTRIES_LIMIT, NAME_LIMIT, NAMES_LIMIT
from engine.feel.convert import entries_of
from engine.feel.errors import BudgetExceeded, FeelError
from engine.feel.lexer import Lexeme, LexemeKind, is_simple_name, tokens

#: How deep inside a context's values names are looked for.
_LEVELS = 4
#: Items of a list that are looked at: the items of one list have the same shape.
_SAMPLE = 3
_PLAIN = frozenset({str, int, bool, type(None), Decimal, float, date, datetime})
#: Exactly these: a class derived from them may answer with code of its own, and is null in the language.
_LISTS = (list, tuple)
_WORDS = (LexemeKind.NAME, LexemeKind.KEYWORD, LexemeKind.NUMBER)
#: What a name may hold besides words (rule 30).
_SYMBOLS = frozenset({".", "/", "-", "'", "+", "*", "**"})

#: A tree of words: what may follow a word, and under None the name that ends there.
_Tree = dict[str | None, Any]
#: The first two words of a name.
Start = tuple[str, str]


class KnownNames:
    """The names that a parser recognises although they are not one word; those of ``base`` among them."""

    def __init__(self, names: Iterable[str] = (), base: KnownNames | None = None) -> None:
        self._base = base
        self._tree: _Tree = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        words = _words(name)
        if not words or (len(words) == 1 and words[0] == name and is_simple_name(name)):
            return
        place = self._tree
        for word in words:
            place = place.setdefault(word, {})
        place.setdefault(None, name)

    def longest(self, found: Sequence[Lexeme], at: int) -> tuple[str, int] | None:
        """Return the longest known name that starts at a token, and how many tokens it takes."""
        mine = self._longest_own(found, at) if found[at].text in self._tree else None
        other = None if self._base is None else self._base.longest(found, at)
        if mine is None or other is None:
            return mine or other
        return mine if mine[1] >= other[1] else other

    def _longest_own(self, found: Sequence[Lexeme], at: int) -> tuple[str, int] | None:
        best, place = None, self._tree
        for end in range(at, len(found)):
            if found[end].text not in place:
                break
            place = place[found[end].text]
            best = (place[None], end - at + 1) if None in place else best
        return best


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    if len(name) > NAME_LIMIT:
        return ()
    try:
        return tuple(token.text for token in tokens(name) if token.kind is not LexemeKind.END)
    except FeelError:
        return ()


@lru_cache(maxsize=8192)
def name_start(name: str) -> Start | None:
    """Return how a name of several words begins, as rules 27 to 30 allow it; None for any other."""
    try:
        first, *rest = tokens(name)
    except FeelError:
        return None
    is_one = len(rest) > 1 and first.kind is LexemeKind.NAME and all(map(_continues, rest[:-1]))
    return (first.text, rest[0].text) if is_one else None


def _continues(token: Lexeme) -> bool:
    return token.kind in _WORDS or (token.kind is LexemeKind.SYMBOL and token.text in _SYMBOLS)


class Openings(NamedTuple):
    """Where a text has room for a name of several words."""

    #: How such a name could begin: a word, and what follows it if a name may hold that.
    starts: frozenset[Start]
    #: How far inside the scope it may lie: only after a dot or in a filter has what is inside a value a name.
    levels: int


def openings(text: str) -> Openings:
    """Find where a text has room for a name of several words; FeelError where a character belongs to no token."""
    found = tokens(text)
    places = [
        at for at, (one, after) in enumerate(pairwise(found)) if one.kind is LexemeKind.NAME and _continues(after)
    ]
    inside = any(token.text == "[" for token in found) or any(at and found[at - 1].text == "." for at in places)
    return Openings(frozenset((found[at].text, found[at + 1].text) for at in places), _LEVELS if inside else 0)


def compound_names(context: Mapping[Any, Any], room: Openings) -> frozenset[str]:
    """Return the names of several words in a context, and in the contexts it holds, that there is room for.

    BudgetExceeded where there are more names than anybody can mean.
    """
    odd: list[str] = []
    waiting: list[tuple[Any, int]] = [(context, 0)] if room.starts else []
    seen = 0
    while waiting:
        value, level = waiting.pop()
        inner = value[:_SAMPLE] if type(value) in _LISTS else entries_of(value)
        seen += len(inner)
        if isinstance(inner, dict):
            odd += [name for name in inner if type(name) is str and not name.isidentifier()]
            inner = list(inner.values())
        if seen > ENTRIES_LIMIT or len(odd) > NAMES_LIMIT:
            raise BudgetExceeded("Il contesto dell’espressione ha troppi nomi.")
        if level < room.levels:
            waiting += [(each, level + 1) for each in inner if type(each) not in _PLAIN and _holds_more(each)]
    return frozenset(name for name in odd if len(name) <= NAME_LIMIT and name_start(name) in room.starts)


def _holds_more(value: Any) -> bool:
    return type(value) in _LISTS or issubclass(type(value), Mapping)
