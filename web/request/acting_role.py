"""Say in words the role a person acts in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk import comuni
from desk.access import Role
from engine.identity import EVERYWHERE
from web.words.dates import list_words

if TYPE_CHECKING:
    from engine.store import UnitOfWork

MOST_NAMED = 4
"""Comuni: the words stand in the head of every page."""
OF_THE_FIRM = frozenset({Role.ANALISTA, Role.COORDINATORE})


def acting_words(uow: UnitOfWork, firm: str, role: Role, scopes: frozenset[str]) -> str:
    """Say in which role and where a person acts: «referente di Burolo», «analista» and the firm's name."""
    word = role.lower()
    if role in OF_THE_FIRM:
        return f"{word} {firm}"
    if not scopes - {EVERYWHERE}:
        return word
    own = comuni.names(uow, scopes)
    few = own if len(own) <= MOST_NAMED else [*own[: MOST_NAMED - 1], f"altri {len(own) - MOST_NAMED + 1} Comuni"]
    return f"{word} di {list_words(few)}"
