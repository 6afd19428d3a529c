"""Describe the desk: where it is, how one reaches it, what it says of itself, its patron's feast."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import get_month_names
from flask import redirect, request, url_for

from desk import comuni
from desk.calendar import Patron
from desk.words.days import LOCALE
from engine.forms import is_telephone
from web.parts.typed import TypedFields
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.office.office import CHANGED, KEEPERS, kept_office, not_yet, office_page, pages, seal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from desk.model import Comune

LEAP_YEAR = 2024
PRESENTATION = 600
SAME = {
    "indirizzo": "address",
    "sala": "room",
    "accesso": "accessibility",
    "telefono": "phone",
    "email": "email",
    "pec": "pec",
    "presentazione": "presentation",
    "patrono": "patron_name",
    "patrono_giorno": "patron_day",
    "patrono_mese": "patron_month",
}
"""The fields of the form and what they say of the Comune."""


@pages.get("/<istat>/sede")
@for_roles(*KEEPERS)
def sede(istat: str) -> str:
    return _page(istat, TypedFields({}))


@pages.post("/<istat>/sede")
@for_roles(*KEEPERS)
def scrivi_sede(istat: str) -> ResponseReturnValue:
    typed = TypedFields(request.form)
    _keep(istat, typed)
    if typed.errors:
        return not_yet(_page(istat, typed), typed)
    announce("Sede e contatti salvati", "Valgono subito, anche sulla pagina pubblica e negli inviti.")
    return redirect(url_for("ufficio.sede", istat=istat))


def _keep(istat: str, typed: TypedFields) -> None:
    office, patron = _office(typed), _patron(typed)
    with store().unit_of_work(now()) as uow:
        comuni.lock_desk(uow, istat)
        comune = kept_office(uow, istat)
        if seal(_told(comune)) != typed.raw("visto"):
            typed.wrong("sede", CHANGED)
        if typed.errors:
            return
        comuni.describe(uow, istat, office, current_actor())
        if patron != comuni.patron_of(comune):
            comuni.set_patron(uow, istat, patron, current_actor())


def _office(typed: TypedFields) -> comuni.Office:
    return comuni.Office(
        address=typed.words("indirizzo"),
        room=typed.words("sala"),
        accessibility=typed.words("accesso"),
        phone=_phone(typed),
        email=typed.mail("email"),
        pec=typed.mail("pec"),
        presentation=typed.words("presentazione", PRESENTATION),
    )


def _phone(typed: TypedFields) -> str | None:
    number = typed.words("telefono", 40)
    if number and not is_telephone(number):
        typed.wrong("telefono", "Scrivi solo il numero, per esempio 0125 000 000 o 0125 000 000 int. 23.")
    return number


def _patron(typed: TypedFields) -> Patron | None:
    """Read the feast; nothing when no day is given: custom moves it, and the Comune may not have said."""
    name, day, month = typed.words("patrono"), typed.raw("patrono_giorno"), typed.number("patrono_mese", 1, 12)
    if not (name or day or month):
        return None
    with suppress(ValueError):
        kept = date(LEAP_YEAR, month or 0, typed.number("patrono_giorno", 1, 31) or 0)
        return Patron(kept.month, kept.day, name or comuni.PATRON)
    typed.wrong("patrono_giorno", "Scegli il giorno e il mese della festa, o lascia tutto vuoto.")
    return None


def _told(comune: Comune) -> Mapping[str, str]:
    """Give what the Comune tells, field by field, as one types it."""
    values = {field: getattr(comune, name) for field, name in SAME.items()}
    return {field: "" if value is None else str(value) for field, value in values.items()}


def _page(istat: str, typed: TypedFields) -> str:
    with store().snapshot(now()) as uow:
        comune = kept_office(uow, istat)
        told = _told(comune)
        return office_page(
            uow,
            comune,
            "seat",
            scritto=typed.fields or told,
            visto=seal(told),
            mesi=get_month_names("wide", locale=LOCALE),
            massimo=PRESENTATION,
            errori=typed.errors,
            errore_in_pagina=bool(typed.errors),
        )
