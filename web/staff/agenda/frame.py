"""Frame every page of the agenda: its parts, and whose agenda it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

from desk import people
from desk.access import Role
from web.request.context import current_visitor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.store import UnitOfWork

READERS = (Role.REFERENTE, Role.ANALISTA, Role.COORDINATORE)
KEEPERS = (Role.ANALISTA, Role.COORDINATORE)

PARTS = {
    "pagina": ("Settimana", READERS),
    "disponibilita": ("Disponibilità", KEEPERS),
    "giornate": ("Giornate di sportello", KEEPERS),
    "sala": ("Sala", (Role.REFERENTE,)),
}


@dataclass(frozen=True)
class AgendaTab:
    nome: str
    indirizzo: str
    corrente: bool


def frame(current: str) -> dict[str, Any]:
    """Give what the frame of the page draws, whatever its part."""
    role = current_visitor().role
    parts = [
        AgendaTab(name, url_for(f"agenda.{key}"), key == current)
        for key, (name, roles) in PARTS.items()
        if role in roles
    ]
    return {"sezione": "agenda", "parti": parts, "parte": PARTS[current][0]}


def analysts(uow: UnitOfWork) -> Mapping[str, str]:
    """Give the names of the analysts whose agenda the visitor keeps, by user name."""
    known = current_visitor()
    if known.role == Role.ANALISTA:
        return {known.actor.user: known.name}
    return {user.username: user.name for user in people.holding(uow, Role.ANALISTA)}


def analyst_asked(known: Mapping[str, str], asked: str) -> str:
    """Give the analyst asked for, or the first; empty when there is none at all."""
    return asked if asked in known else next(iter(known), "")
