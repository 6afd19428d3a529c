"""«Pratiche»: every case that the reader may see, found by number, name or Comune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request, url_for

from desk import cases, people
from desk.access import Permission, Role, may
from desk.calendar import local_date
from web.access import for_roles
from web.attivita.rows import UNNAMED, topic_words
from web.context import current_actor, now, store
from web.filters import day_words
from web.page_links import AFTER, page_links
from web.pratiche.roles import READERS
from web.pratiche.states import StateWords, state_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.cases import CaseSummary

SIZE = 25
RUNNING = {"aperte": True, "chiuse": False}
OWN = "mie"
"""Cases that the reader follows: only analysts follow cases."""


@dataclass(frozen=True)
class Row:
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
class Choice:
    nome: str
    indirizzo: str
    corrente: bool


@for_roles(*READERS)
def cases_list() -> str:
    text, state = request.args.get("q", "").strip(), request.args.get("stato", "")
    owner = current_actor().user if state == OWN else None
    narrowed = cases.CaseFilter(text=text, running=True if owner else RUNNING.get(state), owner=owner)
    with store().snapshot(now()) as uow:
        page = cases.page(uow, current_actor(), narrowed, after=request.args.get(AFTER), size=SIZE)
        names = people.names(uow, {case.owner for case in page.items if case.owner})
    return render_template(
        "pratiche/elenco.html",
        sezione="pratiche",
        righe=[_row(case, names) for case in page.items],
        pagine=page_links(page, SIZE),
        cercato=text,
        mostra=_choices(text, state),
        senza_ricerca=_address("", state),
        stato=state,
        puo_aprire=may(current_actor(), Permission.OPEN_REQUEST),
    )


def _row(case: CaseSummary, names: Mapping[str, str]) -> Row:
    return Row(
        case.number,
        case.requester or UNNAMED,
        case.title or "",
        case.comune,
        topic_words(case.topic),
        state_words(case.state),
        names.get(case.owner or "", ""),
        day_words(case.opened_at, local_date(now())),
    )


def _choices(text: str, state: str) -> list[Choice]:
    words = {"": "Tutte", "aperte": "Aperte", "chiuse": "Concluse"}
    if Role.ANALISTA in current_actor().groups:
        words[OWN] = "Aperte e seguite da me"
    return [Choice(name, _address(text, value), value == state) for value, name in words.items()]


def _address(text: str, state: str) -> str:
    said = {"q": text, "stato": state}
    return url_for("pratiche.elenco", **{name: value for name, value in said.items() if value})  # type: ignore[arg-type]
