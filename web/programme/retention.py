"""«Conservazione»: set retention terms, place legal holds, erase what has expired."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from desk import people, retention
from desk.access import Role
from desk.errors import CaseHeld, HoldNotFound, InvalidTerm, NotExpired, ReasonMissing
from desk.states import PublicState
from engine.errors import InstanceNotFound
from engine.paging import cut
from web.parts.page_links import AFTER, count_words, page_links, same_page
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, facilities, now, store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from engine.store import UnitOfWork
    from web.parts.page_links import Address

pages = Blueprint("conservazione", __name__, url_prefix="/conservazione")
ERASERS = (Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR)
LONGEST_NUMBER = 9
SIZE = 25
AT_ONCE = 100
"""How many pratiche one may erase at once: as many as are shown and can be read."""
HOLDS, STAYING = "blocchi", "restano"
"""The pieces of an address that hold the page of the lists beside the main one."""
Fields = dict[str, str]


@pages.get("")
@for_roles(*ERASERS)
def pagina() -> str:
    return _page({}, {})


@pages.get("/cancella")
@for_roles(*ERASERS)
def anteprima() -> str:
    """Show what would go, before anything goes."""
    actor, piece = current_actor(), request.args.get
    with store().snapshot(now()) as uow:
        going = retention.expired(uow, actor, after=piece(AFTER), size=AT_ONCE)
        staying = retention.expired(uow, actor, held=True, after=piece(STAYING), size=SIZE)
    return render_template(
        "programme/retention_preview.html",
        sezione="conservazione",
        vanno=going.items,
        pagine=page_links(going, AT_ONCE, same_page(AFTER)),
        restano=staying.items,
        pagine_restano=page_links(staying, SIZE, same_page(STAYING)),
    )


@pages.post("/cancella")
@for_roles(*ERASERS)
def cancella() -> ResponseReturnValue:
    """Erase what was shown and chosen, one pratica in one transaction; what changed meanwhile stays."""
    gone = [number for case_id in request.form.getlist("pratica") if (number := _erased(case_id))]
    if gone:
        announce(_so_many(len(gone), "pratica cancellata", "pratiche cancellate"), "Le ricevute sono qui sotto.")
    else:
        announce("Non è stato cancellato niente", "Le pratiche scelte non sono più da cancellare.", tone="info")
    return redirect(url_for("conservazione.pagina"))


@pages.post("/termini")
@for_roles(*ERASERS)
def termini() -> ResponseReturnValue:
    """Change the terms; a term that is no number of months is shown again as it was typed."""
    typed = {state.value: request.form.get(state.value, "").strip() for state in retention.DEFAULTS}
    wrong = {name: "Scrivi quanti mesi, da 1 a 600." for name, text in typed.items() if not _is_number(text)}
    if not wrong:
        wrong = _changed(typed)
    if wrong:
        return _page(typed, wrong), 422
    announce("Termini salvati", "Valgono anche per le pratiche già chiuse.")
    return redirect(url_for("conservazione.pagina"))


@pages.post("/blocchi")
@for_roles(*ERASERS)
def blocca() -> ResponseReturnValue:
    """Keep one pratica from being erased."""
    typed = {name: request.form.get(name, "") for name in ("numero", "motivo")}
    try:
        with store().unit_of_work(now()) as uow:
            retention.place_hold(uow, typed["numero"], typed["motivo"], current_actor())
    except InstanceNotFound:
        return _page(typed, {"numero": "Non c’è una pratica con questo numero."}), 422
    except ReasonMissing:
        return _page(typed, {"motivo": "Scrivi perché va conservata, in 200 caratteri al massimo."}), 422
    announce("Pratica bloccata", "Resta finché qualcuno toglie il blocco.")
    return redirect(url_for("conservazione.pagina"))


@pages.post("/blocchi/<int(max=2147483647):blocco>/togli")
@for_roles(*ERASERS)
def togli(blocco: int) -> ResponseReturnValue:
    with suppress(HoldNotFound), store().unit_of_work(now()) as uow:
        retention.lift(uow, blocco, current_actor())
    announce("Blocco tolto", "La pratica segue di nuovo il suo termine.")
    return redirect(url_for("conservazione.pagina"))


def _page(typed: Fields, wrong: Fields) -> str:
    actor = current_actor()
    with store().snapshot(now()) as uow:
        going = retention.expired(uow, actor, size=0)
        receipts = retention.receipts(uow, actor, after=request.args.get(AFTER), size=SIZE)
        holds = cut(retention.holds(uow, actor), request.args.get(HOLDS), SIZE)
        return render_template(
            "programme/retention.html",
            sezione="conservazione",
            termini=retention.months(uow),
            scadute=going.count,
            quante_scadute=count_words(going),
            blocchi=holds.items,
            pagine_blocchi=page_links(holds, SIZE, _on_the_page(HOLDS)),
            ricevute=receipts.items,
            pagine=page_links(receipts, SIZE, _on_the_page(AFTER)),
            nomi=_names(uow, receipts.items),
            scritto=typed,
            errori=wrong,
            errore_in_pagina=bool(wrong),
        )


def _on_the_page(piece: str) -> Address:
    """Give the addresses of the whole page, which is also drawn again over a form that was sent."""
    others = {name: request.args[name] for name in (AFTER, HOLDS) if name in request.args and name != piece}
    return lambda key: url_for("conservazione.pagina", **others, **{piece: key} if key else {})  # type: ignore[arg-type]


def _names(uow: UnitOfWork, receipts: Sequence[retention.Receipt]) -> dict[str, str]:
    return people.names(uow, {receipt.erased_by for receipt in receipts})


def _erased(case_id: str) -> str | None:
    with suppress(InstanceNotFound, NotExpired, CaseHeld), store().unit_of_work(now()) as uow:
        return retention.erase(uow, facilities(), case_id, current_actor())
    return None


def _changed(typed: Fields) -> Fields:
    """Save the terms, all or none; says which one is impossible."""
    try:
        with store().unit_of_work(now()) as uow:
            for name, text in typed.items():
                retention.set_months(uow, PublicState(name), int(text), current_actor())
    except InvalidTerm as refusal:
        return {refusal.state: "Scrivi quanti mesi, da 1 a 600."}
    return {}


def _is_number(text: str) -> bool:
    """Say whether it is a whole number of a length that can be one of months."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def _so_many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
