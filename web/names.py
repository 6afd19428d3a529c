"""Names of people and roles as pages say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk import comuni, people
from desk.access import Role
from desk.states import Turn
from engine.identity import ENGINE, EVERYWHERE
from web.context import store
from web.filters import list_words

if TYPE_CHECKING:
    from web.context import Visitor

NOVAIN = frozenset({Role.ANALISTA, Role.COORDINATORE})


def person_name(username: str | None) -> str:
    """Say who somebody is; the engine acts as «Lo sportello», an unknown name stays as it is."""
    if username is None or username == ENGINE.user:
        return "Lo sportello"
    if username == Turn.REQUESTER:
        return "Il richiedente"
    with store().snapshot() as uow:
        return people.names(uow, [username]).get(username, username)


def role_words(visitor: Visitor) -> str:
    """Say in which role and where a person acts: «referente di Burolo», «analista Novain»."""
    return acting_words(visitor.role, visitor.actor.scopes)


def acting_words(role: Role, scopes: frozenset[str]) -> str:
    word = role.lower()
    if role in NOVAIN:
        return f"{word} Novain"
    istats = scopes - {EVERYWHERE}
    if not istats:
        return word
    with store().snapshot() as uow:
        return f"{word} di {list_words(sorted(comuni.get(uow, istat).name for istat in istats))}"
