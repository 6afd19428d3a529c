"""Set special days: when the desk is closed though it is its day, or open though it is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from desk import comuni
from desk.calendar import Closure, local_date
from desk.comuni.hours import ExtraordinaryOpening
from desk.errors import OverlappingHours
from web.parts.typed import TypedFields
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.office.office import KEEPERS, kept_office, not_yet, office_page, pages
from web.words.dates import day_words, hours_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from desk.model import SpecialDay
    from engine.store import UnitOfWork

FARTHEST = timedelta(730)
LONGEST = timedelta(366)


@pages.get("/<istat>/giorni")
@for_roles(*KEEPERS)
def giorni(istat: str) -> str:
    return _page(istat, TypedFields({}))


@pages.post("/<istat>/chiusure")
@for_roles(*KEEPERS)
def chiudi(istat: str) -> ResponseReturnValue:
    typed = TypedFields(request.form)
    closure = _closure(typed)
    return _kept(
        istat, typed, None if closure is None else lambda uow: comuni.close(uow, istat, closure, current_actor())
    )


@pages.post("/<istat>/aperture")
@for_roles(*KEEPERS)
def apri(istat: str) -> ResponseReturnValue:
    typed = TypedFields(request.form)
    opening = _opening(typed)
    return _kept(
        istat, typed, None if opening is None else lambda uow: comuni.open_on(uow, istat, opening, current_actor())
    )


@pages.post("/<istat>/giorni/<int:special_day_id>/togli")
@for_roles(*KEEPERS)
def togli(istat: str, special_day_id: int) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        comuni.remove_special_day(uow, istat, special_day_id, current_actor())
    announce("Giorno tolto", "Da ora vale di nuovo l’orario della settimana.")
    return redirect(url_for("ufficio.giorni", istat=istat))


def _kept(istat: str, typed: TypedFields, change: Callable[[UnitOfWork], None] | None) -> ResponseReturnValue:
    """Make the change that was typed, or give the form back with what is wrong."""
    if change is not None and not typed.errors:
        with store().unit_of_work(now()) as uow:
            _make(uow, change, typed)
    if typed.errors:
        return not_yet(_page(istat, typed), typed)
    announce("Giorno aggiunto", "Vale subito, anche sulla pagina pubblica.")
    return redirect(url_for("ufficio.giorni", istat=istat))


def _make(uow: UnitOfWork, change: Callable[[UnitOfWork], None], typed: TypedFields) -> None:
    try:
        change(uow)
    except OverlappingHours as refusal:
        other = hours_words(refusal.other.opens, refusal.other.closes)
        typed.wrong("dalle", f"Quel giorno c’è già un’apertura straordinaria: {other}.")


def _closure(typed: TypedFields) -> Closure | None:
    first = _day_to_come(typed, "dal", "Scrivi il primo giorno di chiusura.")
    last = typed.day("al") or first
    reason = _reason(typed, "motivo")
    if first and last and not timedelta(0) <= last - first <= LONGEST:
        before = last < first
        typed.wrong("al", "Viene prima del primo giorno." if before else "È più di un anno: controlla la data.")
    return Closure(first, last, reason) if first and last else None


def _opening(typed: TypedFields) -> ExtraordinaryOpening | None:
    day = _day_to_come(typed, "giorno", "Scrivi il giorno di apertura.")
    opens = typed.hour("dalle", "Scrivi a che ora apre.")
    closes = typed.hour("alle", "Scrivi a che ora chiude.")
    reason = _reason(typed, "motivo_apertura")
    if opens and closes and closes <= opens:
        typed.wrong("alle", "La chiusura deve venire dopo l’apertura.")
    return ExtraordinaryOpening(day, opens, closes, reason) if day and opens and closes else None


def _day_to_come(typed: TypedFields, name: str, missing: str) -> date | None:
    day, today = typed.day(name, missing), local_date(now())
    if day and not today <= day <= today + FARTHEST:
        past = f"{day_words(day, today).capitalize()} è già passato."
        typed.wrong(name, past if day < today else "È tra più di due anni: controlla la data.")
    return day


def _reason(typed: TypedFields, name: str) -> str:
    reason = typed.words(name)
    if not reason:
        typed.wrong(name, "Scrivi il motivo: lo legge chi vuole venire.")
    return reason or ""


def _page(istat: str, typed: TypedFields) -> str:
    with store().snapshot(now()) as uow:
        comune = kept_office(uow, istat)
        return office_page(
            uow,
            comune,
            "days",
            giorni=[day for day in comune.special_days if day.last >= local_date(uow.now)],
            parole=_words,
            scritto=typed.fields,
            errori=typed.errors,
            errore_in_pagina=bool(typed.errors),
        )


def _words(day: SpecialDay) -> str:
    """Say on which days, and for an opening at which hours, the desk is not as usual."""
    if day.opens and day.closes:
        return f"{day_words(day.first)}, {hours_words(day.opens, day.closes)}"
    return day_words(day.first) if day.first == day.last else f"da {day_words(day.first)} a {day_words(day.last)}"
