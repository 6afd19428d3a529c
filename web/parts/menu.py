"""Build the two menus: of those who work, by role, and of those who read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from flask import current_app, g, url_for

from desk.access import sees_cases
from engine import tasks
from engine.identity import EVERYWHERE
from web.request.access import access_of
from web.request.context import store, visitor

if TYPE_CHECKING:
    from desk.model import Comune
    from engine.identity import Actor


@dataclass(frozen=True)
class MenuEntry:
    """One place of the work menu. ``tasto`` is its key after «G»; ``conta`` says how much is to be done there."""

    chiave: str
    nome: str
    endpoint: str
    tasto: str
    conta: str | None = None
    #: Whether it is only for roles that have cases to see.
    pratiche: bool = True


SEARCH = "pratiche.elenco"
TASKS = MenuEntry("attivita", "Attività", "attivita.elenco", "a")
PLACES = (
    TASKS,
    MenuEntry("pratiche", "Pratiche", "pratiche.elenco", "p"),
    MenuEntry("agenda", "Agenda", "agenda.pagina", "g"),
    MenuEntry("ufficio", "Il mio Comune", "ufficio.scelta", "c", pratiche=False),
    MenuEntry("conservazione", "Conservazione", "conservazione.pagina", "v", pratiche=False),
    MenuEntry("incidenti", "Incidenti", "incidenti.elenco", "i", pratiche=False),
)


def work_menu() -> list[MenuEntry]:
    """List the places that the visitor's role reaches; a role without cases is offered no empty list of them.

    They are the same in all that is drawn for one request, the parts of a page included.
    """
    if "menu" not in g:
        g.menu = _places()
    return cast("list[MenuEntry]", g.menu)


def _places() -> list[MenuEntry]:
    known = visitor()
    if known is None:
        return []
    places = PLACES if sees_cases(known.actor) else [place for place in PLACES if not place.pratiche]
    return [_as_told(place, known.actor) for place in places if _reached(place.endpoint, known.role)]


def office_name(actor: Actor) -> str:
    """Name the place of the desks: one's own, or all of them."""
    return "Comuni" if EVERYWHERE in actor.scopes else "Il mio Comune" if len(actor.scopes) == 1 else "I miei Comuni"


def search_endpoint() -> str | None:
    """Name the page that answers the search field, for whoever has cases to search."""
    known = visitor()
    return SEARCH if known and sees_cases(known.actor) and _reached(SEARCH, known.role) else None


def public_menu(comune: Comune | None = None) -> list[tuple[str, str, str]]:
    """List key, words and address of the public pages."""
    own = url_for("towns.page", istat=comune.istat) if comune else url_for("home.page")
    towns = [] if comune else [("comuni", "I Comuni", url_for("towns.every"))]
    return [
        ("sportello", "Lo sportello", own),
        *towns,
        ("segui", "Segui la tua richiesta", url_for("follow.form")),
        ("faq", "Domande frequenti", url_for("legal.faq")),
    ]


def _as_told(place: MenuEntry, actor: Actor) -> MenuEntry:
    if place.chiave == "ufficio":
        return replace(place, nome=office_name(actor))
    return replace(place, conta=_to_do(actor)) if place is TASKS else place


def _to_do(actor: Actor) -> str | None:
    """Count the actor's own tasks as the menu shows them; None where there are none."""
    with store().snapshot() as uow:
        page = tasks.inbox(uow, actor, size=0)
    return f"oltre {page.count}" if page.capped else str(page.count or "") or None


def _reached(endpoint: str, role: str) -> bool:
    if endpoint not in current_app.view_functions:
        return False
    access = access_of(endpoint)
    return access is not None and (not access.roles or role in access.roles)
