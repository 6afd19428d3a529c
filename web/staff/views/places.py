"""Name the lists of which views are saved, what each understands, and what a view says in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, url_for

from web.parts.ordering import LATEST_FIRST, Order
from web.request.access import access_of
from web.request.context import current_visitor
from web.staff.cases.list_address import OWN, OWN_WORDS, SHOWN, CasesAddress
from web.staff.cases.listing import PLACE
from web.staff.tasks.filters import TITLES, comuni_to_choose, steps_to_choose
from web.staff.tasks.list_address import DUE_FILTERS, ListAddress
from web.staff.tasks.listing import COUNTED
from web.staff.tasks.tabs import TABS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.cases.saved_views import View
    from engine.identity import Actor
    from engine.store import UnitOfWork

ORDER = "ordine"


@dataclass(frozen=True)
class ViewedList:
    """A list: its name, its page, the order it has when nobody turns it round, the pieces of address it understands."""

    key: str
    name: str
    endpoint: str
    order: Order
    understood: frozenset[str]

    @property
    def section(self) -> str:
        """Name the place of the menu that the list belongs to."""
        return self.endpoint.partition(".")[0]

    @property
    def reached(self) -> bool:
        """Whether the visitor's role reads this list."""
        access = access_of(self.endpoint)
        return access is not None and (not access.roles or current_visitor().role in access.roles)

    def pieces(self, said: Mapping[str, str]) -> dict[str, str]:
        """Read from an address what a view of this list may keep: nothing else of it."""
        address = CasesAddress.read(said) if self.key == PLACE else ListAddress.read(self.endpoint, said)
        return {name: value for name, value in address.pieces().items() if name in self.understood}

    def url(self, pieces: Mapping[str, str]) -> str:
        return url_for(self.endpoint, **self.pieces(pieces))  # type: ignore[arg-type]


PLACES = {
    tab.key: ViewedList(
        tab.key, tab.nome, tab.endpoint, tab.ordine, frozenset({ORDER, *(TITLES if tab.key in COUNTED else ())})
    )
    for tab in TABS.values()
} | {PLACE: ViewedList(PLACE, "Pratiche", "pratiche.elenco", LATEST_FIRST, frozenset({"q", "stato", ORDER}))}


def place_asked(key: str) -> ViewedList:
    """Give the list of this name, if the visitor's role reads it; else there is no such page."""
    place = PLACES.get(key)
    if place is None or not place.reached:
        abort(404)
    return place


@dataclass(frozen=True)
class ViewWords:
    """What the values of pieces mean to who reads them."""

    by_piece: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, uow: UnitOfWork, actor: Actor) -> ViewWords:
        names = {"comune": comuni_to_choose(uow, actor, limit=None), "passo": steps_to_choose(uow, actor)}
        return cls({**names, "scadenza": DUE_FILTERS, "stato": {**SHOWN, OWN: OWN_WORDS}})

    def known(self, pieces: Mapping[str, str]) -> dict[str, str]:
        """Leave out the values that the visitor could not have chosen."""
        return {name: value for name, value in pieces.items() if value in self.by_piece.get(name, {value})}

    def told(self, place: ViewedList, pieces: Mapping[str, str]) -> list[str]:
        """Say what a view shows: «Comune: Burolo», «Scadenza: in ritardo»."""
        return [self._piece(place, name, value) for name, value in pieces.items()]

    def _piece(self, place: ViewedList, name: str, value: str) -> str:
        if name == ORDER:
            return f"Ordine: {place.order.inverse}"
        words = self.by_piece.get(name, {}).get(value, value)
        return f"Cerca: «{words}»" if name == "q" else f"{TITLES.get(name, 'Mostra')}: {words}"


@dataclass(frozen=True)
class ViewLine:
    """A saved view, as the page of all of them tells it."""

    id: str
    nome: str
    elenco: str
    mostra: list[str]
    #: Nothing where the visitor's present role does not read the list.
    indirizzo: str | None


def line(view: View, words: ViewWords) -> ViewLine:
    place = PLACES[view.place]
    told = words.told(place, view.pieces)
    return ViewLine(view.id, view.name, place.name, told, place.url(view.pieces) if place.reached else None)
