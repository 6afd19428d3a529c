"""«Pratiche»: list every case that the reader may see, found by number, name or Comune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request

from desk import cases, people
from desk.access import Permission, Role, may
from desk.calendar import local_date
from web.parts.ordering import LATEST_FIRST, ordering
from web.parts.page_links import AFTER, page_links
from web.parts.saved_views import saved_views
from web.request.access import for_roles
from web.request.context import current_actor, now, store
from web.staff.cases.list_address import OWN, OWN_WORDS, SHOWN, CasesAddress
from web.staff.cases.readers import READERS
from web.staff.tasks.rows import UNNAMED, topic_words
from web.words.dates import day_words
from web.words.states import StateWords, state_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.cases import CaseSummary

SIZE = 25
PLACE = "pratiche"
"""Under which the views of this list are saved."""
RUNNING = {"aperte": True, "chiuse": False, OWN: True}


@dataclass(frozen=True)
class CaseRow:
    """One case in the list."""

    numero: str
    chi: str
    titolo: str
    comune: str
    argomento: str
    stato: StateWords
    chi_segue: str
    ricevuta: str


@dataclass(frozen=True)
class CaseFilterLink:
    nome: str
    indirizzo: str
    corrente: bool


@for_roles(*READERS)
def cases_list() -> str:
    address, actor = CasesAddress.read(request.args), current_actor()
    own = actor.user if address.state == OWN else None
    running = RUNNING.get(address.state)
    narrowed = cases.CaseFilter(text=address.text, running=running, owner=own, oldest_first=address.inverse)
    with store().snapshot(now()) as uow:
        page = cases.page(uow, actor, narrowed, after=request.args.get(AFTER), size=SIZE)
        names = people.names(uow, {case.owner for case in page.items if case.owner})
        kept = saved_views(uow, actor, PLACE, "pratiche.elenco", address.pieces())
    return render_template(
        "staff/cases/listing.html",
        sezione="pratiche",
        righe=[_row(case, names) for case in page.items],
        pagine=page_links(page, SIZE),
        indirizzo=address,
        mostra=_choices(address),
        ordine=ordering(LATEST_FIRST, inverse=address.inverse, turned=address.url(inverse=not address.inverse)),
        viste=kept,
        puo_aprire=may(actor, Permission.OPEN_REQUEST),
    )


def _row(case: CaseSummary, names: Mapping[str, str]) -> CaseRow:
    return CaseRow(
        case.number,
        case.requester or UNNAMED,
        case.title or "",
        case.comune,
        topic_words(case.topic),
        state_words(case.state),
        names.get(case.owner or "", ""),
        day_words(case.opened_at, local_date(now())),
    )


def _choices(address: CasesAddress) -> list[CaseFilterLink]:
    own = {OWN: OWN_WORDS} if Role.ANALISTA in current_actor().groups else {}
    shown = {**SHOWN, **own}
    return [CaseFilterLink(name, address.url(state=value), value == address.state) for value, name in shown.items()]
