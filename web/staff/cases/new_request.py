"""«Nuova richiesta»: open a case at a referente's desk and go straight to its first form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from desk import cases, comuni
from desk.access import Role
from desk.calendar import local_date
from desk.people import mandates
from engine.errors import AlreadyStarted
from web.parts.case.next_steps import next_steps
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.request.page_key import new_key, page_key
from web.words.mandates import lack_words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from desk.model import Comune
    from engine.store import UnitOfWork

pages = Blueprint("nuova_richiesta", __name__, url_prefix="/nuova-richiesta")


@pages.get("/")
@for_roles(Role.REFERENTE)
def form() -> ResponseReturnValue:
    """Ask at which desk, where there is more than one, and only then open the case; say where they may not and why."""
    with store().snapshot(now()) as uow:
        own = _own(uow)
    return render_template(
        "staff/cases/new_request.html",
        sezione="attivita",
        comuni=[comune for comune, reasons in own if not reasons],
        esclusi=[(comune, reasons) for comune, reasons in own if reasons],
        chiave=new_key(),
    )


@pages.post("/")
@for_roles(Role.REFERENTE)
def open_request() -> ResponseReturnValue:
    istat = request.form.get("comune", "")
    if not istat:
        announce("Scegli a quale sportello arriva la richiesta.", tone="attesa")
        return redirect(url_for("nuova_richiesta.form"))
    chosen = page_key(request.form.get("chiave", ""))
    try:
        with store().unit_of_work(now()) as uow:
            cases.open_request(uow, current_actor(), istat, case_id=chosen)
    except AlreadyStarted:
        announce("La richiesta era già aperta", "Hai premuto due volte: ce n’è una sola.", tone="info")
    with store().snapshot(now()) as uow:
        return redirect(_first_page(uow, cases.get(uow, chosen, current_actor())))


def _own(uow: UnitOfWork) -> list[tuple[Comune, list[str]]]:
    """List the actor's desks, each with why they receive no requests there, and what to do; nothing when they do."""
    actor, today = current_actor(), local_date(uow.now)
    own = comuni.chosen(uow, actor.scopes)
    held = mandates.held_by(uow, actor.user, [comune.istat for comune in own])
    return [(comune, [lack_words(each) for each in mandates.lacking(held[comune.istat], today)]) for comune in own]


def _first_page(uow: UnitOfWork, case: CaseSummary) -> str:
    """Give the page of the actor's first task in the case, or the case's own where there is none."""
    mine = next((step for step in next_steps(uow, case, current_actor()) if step.indirizzo), None)
    if mine:
        return mine.indirizzo
    return url_for("pratiche.riepilogo", numero=case.number)
