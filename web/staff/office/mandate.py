"""Record a referente's mandate, by the programme's office: qualification, training, from when to when."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from desk import people
from desk.access import Permission, Role, require
from desk.calendar import local_date
from desk.errors import InvalidPeriod, OverlappingMandates, RoleNotHeld, TrainingIncomplete
from desk.people import mandates
from desk.people.mandates import Charge, Qualification
from engine.forms import date_of, typed_day
from web.parts.typed import TypedFields
from web.refusals import notice_of
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.office.office import kept_office, not_yet, office_page, pages
from web.words.mandates import QUALIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from desk.model import Mandate, User
    from engine.store import UnitOfWork

RECORDERS = (Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR)


@pages.get("/<istat>/referenti/<username>")
@for_roles(*RECORDERS)
def incarico(istat: str, username: str) -> str:
    return _page(istat, username, TypedFields({}), request.args.get("corregge", ""))


@pages.post("/<istat>/referenti/<username>")
@for_roles(*RECORDERS)
def registra_incarico(istat: str, username: str) -> ResponseReturnValue:
    typed = TypedFields(request.form)
    charge = _charge(typed)
    if charge and not typed.errors:
        _record(istat, username, charge, typed)
    if typed.errors:
        return not_yet(_page(istat, username, typed, typed.raw("corregge")), typed)
    return redirect(url_for("ufficio.elenco_referenti", istat=istat))


def _record(istat: str, username: str, charge: Charge, typed: TypedFields) -> None:
    try:
        with store().unit_of_work(now()) as uow:
            corrected = date_of(typed.raw("corregge"))
            mandates.record(uow, username, istat, charge, current_actor(), instead_of=corrected)
            lacking, name = (
                mandates.why_not(uow, username, istat, local_date(uow.now)),
                _referente(uow, istat, username),
            )
    except (InvalidPeriod, OverlappingMandates, TrainingIncomplete) as refusal:
        notice = notice_of(refusal)
        typed.wrong(_field_of(refusal), f"{notice.title}. {notice.text}")
        return
    now_words = "Per ora non riceve richieste: guarda che cosa manca." if lacking else "Può ricevere richieste."
    announce(f"Incarico di {name.name} registrato", now_words, tone="attesa" if lacking else "ok")


def _field_of(refusal: InvalidPeriod | OverlappingMandates | TrainingIncomplete) -> str:
    if isinstance(refusal, TrainingIncomplete):
        return "formazione_il"
    return "al" if isinstance(refusal, InvalidPeriod) else "dal"


def _charge(typed: TypedFields) -> Charge | None:
    qualification = _qualification(typed)
    first = typed.day("dal", "Scrivi da quale giorno vale l’incarico.")
    charge = {
        "ends_on": typed.day("al"),
        "trained_on": typed.day("formazione_il"),
        "agreement_on": typed.day("accordo_il"),
    }
    body = typed.words("formazione_di")
    return Charge(qualification, first, trained_by=body, **charge) if qualification and first else None


def _qualification(typed: TypedFields) -> Qualification | None:
    with suppress(ValueError):
        return Qualification(typed.raw("qualifica"))
    typed.wrong("qualifica", "Scegli che cosa fa la persona nel Comune.")
    return None


def _page(istat: str, username: str, typed: TypedFields, corrected: str) -> str:
    with store().snapshot(now()) as uow:
        comune = kept_office(uow, istat)
        require(current_actor(), Permission.MANAGE_MANDATES, istat)
        person = _referente(uow, istat, username)
        recorded = mandates.of(uow, istat, [username])[username]
        return office_page(
            uow,
            comune,
            "mandate",
            persona=person,
            incarichi=recorded,
            corregge=corrected if date_of(corrected) else "",
            qualifiche=QUALIFICATIONS,
            scritto=typed.fields or _suggested(recorded, date_of(corrected), local_date(uow.now)),
            errori=typed.errors,
            errore_in_pagina=bool(typed.errors),
        )


def _referente(uow: UnitOfWork, istat: str, username: str) -> User:
    """Give a referente of the Comune.

    Raises:
        UserNotFound, RoleNotHeld: the person is none.

    """
    person = people.get(uow, username)
    if istat not in people.scopes(person, Role.REFERENTE):
        raise RoleNotHeld(username, Role.REFERENTE)
    return person


def _suggested(recorded: Sequence[Mandate], corrected: date | None, today: date) -> Mapping[str, str]:
    """Fill the form with the mandate to correct; or with a renewal that follows the last one."""
    same = next((each for each in recorded if each.starts_on == corrected), None)
    last = same or (recorded[-1] if recorded else None)
    if last is None:
        return {"dal": typed_day(today)}
    period = (same.starts_on, same.ends_on) if same else (_renewed(last, today), None)
    days = {"dal": period[0], "al": period[1], "formazione_il": last.trained_on, "accordo_il": last.agreement_on}
    return {
        "qualifica": last.qualification,
        "formazione_di": last.trained_by or "",
        **{name: typed_day(day) for name, day in days.items() if day},
    }


def _renewed(last: Mandate, today: date) -> date:
    return max(today, last.ends_on + timedelta(1)) if last.ends_on else today
