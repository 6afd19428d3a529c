"""Search and sort text as people do: without regard to case, accents and apostrophes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from engine import characters

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 200
"""Characters of a search that count: more than any name has."""
_PLAIN = str.maketrans(dict.fromkeys("'’‘‛ʼ´`′", "") | {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})
"""An apostrophe is often an accent: «Nicolo'» is Nicolò. The letters are those that no accent makes."""
_ABROAD = re.compile(r"(?<!\S)(?:\+|00)39[\s./-]*(?=\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s./()\-\u2010-\u2015]+(?=\d)")
_FIGURES = re.compile(r"[\d./()\-\u2010-\u2015]*\d[\d./()\-\u2010-\u2015]*")


def searchable(text: str) -> str:
    """Bring a text to the form in which it is stored for searching and compared."""
    plain = characters.line(text).casefold().translate(_PLAIN)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return " ".join(bare.split())


def indexed(values: Iterable[str | None]) -> str:
    """Bring what a row is found by into one text, numbers also without what parts their digits."""
    texts = [searchable(value) for value in values if value]
    joined = [squeezed for text in texts if (squeezed := _BETWEEN_DIGITS.sub("", text)) != text]
    return " ".join(dict.fromkeys([*texts, *joined]))


def searched(text: str) -> list[str]:
    """Give the words of a search, each of which must be found; a telephone is sought without the prefix of Italy."""
    words = searchable(_ABROAD.sub("", text[:LONGEST])).split()
    return [re.sub(r"\D", "", word) if _FIGURES.fullmatch(word) else word for word in words]


def patterns(text: str) -> list[str]:
    """Make a LIKE pattern, whose escape character is a backslash, for each word that must be found somewhere."""
    return ["%" + re.sub(r"([%_\\])", r"\\\1", word) + "%" for word in searched(text)]


def in_order(name: str) -> tuple[str, str]:
    """Give the key by which Italians sort names: «Ènio» stands among the E, «anna» before «Bruno»."""
    return searchable(name), name
