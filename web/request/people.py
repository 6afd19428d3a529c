"""Name people as pages do."""

from __future__ import annotations

from desk import people
from desk.states import Turn
from engine.identity import ENGINE
from web.request.context import store


def person_name(username: str | None) -> str:
    """Say who somebody is; the engine acts as «Lo sportello», an unknown name stays as it is."""
    if username is None or username == ENGINE.user:
        return "Lo sportello"
    if username == Turn.REQUESTER:
        return "Il richiedente"
    with store().snapshot() as uow:
        return people.names(uow, [username]).get(username, username)
