"""Search text without regard to case and accents."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Characters of a search that count: more than any name has."""


def searchable(text: str) -> str:
    """Bring a text to the form in which it is stored for searching and compared."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("’", "'").split())


def patterns(text: str) -> list[str]:
    """Make a LIKE pattern, whose escape character is a backslash, for each word that must be found somewhere."""
    words = searchable(text[:LONGEST]).split()
    return ["%" + re.sub(r"([%_\\])", r"\\\1", word) + "%" for word in words]
