"""Record a signed confidentiality agreement, or the requester's waiver of one."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import make_response, redirect, render_template, request, url_for

from desk import cases
from desk.access import Permission, require
from desk.calendar import local_date
from desk.envelope import Means, NewAgreement, agreements
from desk.errors import InvalidAgreement
from desk.letters.contents import AGREEMENT_VERSION
from engine.forms import date_of
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.request.page_key import new_key, page_key
from web.staff.cases.readers import READERS
from web.words import envelope as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

USUAL = timedelta(days=365)
PROBLEMS = {
    "versione": "Scrivi la versione del testo firmato: è stampata sotto il titolo dell’accordo.",
    "firmato_il": "Scrivi il giorno della firma: oggi o prima.",
    "valido_fino": "Scrivi l’ultimo giorno di validità: da oggi in poi, al massimo tra dieci anni.",
    "mezzo": "Scegli come è stato firmato.",
    "persone": "Scegli almeno una persona tra quelle dell’elenco.",
    "se_stessi": "Non puoi registrare un accordo che nomina te. Chiedilo a un collega.",
    "firmato_da": "Scrivi chi ha firmato per il richiedente.",
    "cofirma": "Il richiedente ha meno di 18 anni: scrivi chi firma con lui.",
    "id": "Ricarica la pagina e scrivi di nuovo l’accordo.",
}
PLACES = {"se_stessi": "persone", "id": "versione"}
"""Where the page tells a problem, when not at the field of its own name."""


@for_roles(*READERS)
def form(numero: str) -> ResponseReturnValue:
    today = local_date(now())
    usual = {
        "versione": AGREEMENT_VERSION,
        "firmato_il": today.isoformat(),
        "valido_fino": (today + USUAL).isoformat(),
        "mezzo": Means.BY_HAND.value,
    }
    with store().snapshot(now()) as uow:
        return _draw(uow, _recordable(uow, numero), {"chiave": new_key(), **usual}, [])


@for_roles(*READERS)
def record(numero: str) -> ResponseReturnValue:
    """Take the form in; what is wrong is said at its field, and what was typed stays."""
    try:
        with store().unit_of_work(now()) as uow:
            case = _recordable(uow, numero)
            agreements.record(uow, case.id, _typed(), current_actor())
    except InvalidAgreement as refusal:
        with store().snapshot(now()) as uow:
            typed, named = request.form.to_dict(), request.form.getlist("persone")
            return _draw(uow, _recordable(uow, numero), typed, named, refusal.field)
    announce("Accordo registrato", "La busta si può riempire. La aprono solo le persone nominate.")
    return redirect(url_for("busta.page", numero=numero))


@for_roles(*READERS)
def waiver(numero: str) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        return render_template("staff/cases/envelope/waiver.html", sezione="pratiche", pratica=_recordable(uow, numero))


@for_roles(*READERS)
def waive(numero: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        agreements.waive(uow, _recordable(uow, numero).id, current_actor())
    announce("Rinuncia registrata", "La busta si può riempire. Nessuno la apre finché non c’è un accordo.")
    return redirect(url_for("busta.page", numero=numero))


def _recordable(uow: UnitOfWork, number: str) -> CaseSummary:
    case = cases.get(uow, number, current_actor())
    require(current_actor(), Permission.RECORD_AGREEMENT, case.istat)
    return case


def _typed() -> NewAgreement:
    given = request.form
    return NewAgreement(
        version=given.get("versione", ""),
        signed_on=_day("firmato_il"),
        means=_means(),
        valid_to=_day("valido_fino"),
        people=given.getlist("persone"),
        signed_by=given.get("firmato_da", ""),
        co_signer=given.get("cofirma", ""),
        id=page_key(given.get("chiave", "")),
    )


def _day(name: str) -> date:
    found = date_of(request.form.get(name, ""))
    if found is None:
        raise InvalidAgreement(name)
    return found


def _means() -> Means:
    try:
        return Means(request.form.get("mezzo", ""))
    except ValueError:
        raise InvalidAgreement("mezzo") from None


def _draw(
    uow: UnitOfWork, case: CaseSummary, typed: Mapping[str, Any], named: list[str], problem: str | None = None
) -> Response:
    errors = {PLACES.get(problem, problem): PROBLEMS[problem]} if problem else {}
    page = render_template(
        "staff/cases/envelope/agreement.html",
        sezione="pratiche",
        pratica=case,
        persone=[each for each in agreements.nameable(uow, case) if each.username != current_actor().user],
        minorenne=agreements.needs_co_signer(uow, case.id, local_date(now())),
        mezzi=words.MEANS,
        scritto=typed,
        scelte=named,
        errori=errors,
        errore_in_pagina=bool(errors),
    )
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)
