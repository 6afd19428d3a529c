"""Set the weekly hours of a desk: the whole week is one form, and is kept as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from desk import comuni
from desk.errors import OverlappingHours
from web.parts.typed import TypedFields
from web.parts.weekly_hours import RHYTHMS, WEEKDAYS, changed, drawn, note_overlap, read, sent, with_one_more
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.office.office import CHANGED, KEEPERS, kept_office, not_yet, office_page, pages, seal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from desk.model import Comune
    from engine.store import UnitOfWork
    from web.parts.weekly_hours import HourRow


@pages.get("/<istat>/orari")
@for_roles(*KEEPERS)
def orari(istat: str) -> str:
    with store().snapshot(now()) as uow:
        comune = kept_office(uow, istat)
        rows = drawn(comuni.timetable_of(comune).weekly)
        return _page(uow, comune, rows or with_one_more(rows), TypedFields({}))


@pages.post("/<istat>/orari")
@for_roles(*KEEPERS)
def scrivi_orari(istat: str) -> ResponseReturnValue:
    """Keep the hours; or give the form back with a row more or less, or with what is wrong."""
    typed, rows, asked = TypedFields(request.form), sent(request.form), request.form.get("azione", "salva")
    if asked != "salva":
        with store().snapshot(now()) as uow:
            return _page(uow, kept_office(uow, istat), changed(rows, asked), TypedFields({}), touched=True)
    _keep(istat, rows, typed)
    if not typed.errors:
        announce("Orari salvati", "Valgono subito, anche sulla pagina pubblica.")
        return redirect(url_for("ufficio.orari", istat=istat))
    with store().snapshot(now()) as uow:
        return not_yet(_page(uow, kept_office(uow, istat), rows, typed, touched=True), typed)


def _keep(istat: str, rows: Sequence[HourRow], typed: TypedFields) -> None:
    weekly = read(rows, typed)
    with store().unit_of_work(now()) as uow:
        comuni.lock_desk(uow, istat)
        if _seen(kept_office(uow, istat)) != typed.raw("visto"):
            typed.wrong("orari", CHANGED)
        if typed.errors:
            return
        try:
            comuni.set_hours(uow, istat, list(weekly.values()), current_actor())
        except OverlappingHours as refusal:
            note_overlap(weekly, refusal, typed)


def _seen(comune: Comune) -> str:
    return seal(comuni.timetable_of(comune).weekly)


def _page(
    uow: UnitOfWork, comune: Comune, rows: Sequence[HourRow], typed: TypedFields, *, touched: bool = False
) -> str:
    return office_page(
        uow,
        comune,
        "hours",
        righe=rows,
        ritmi=RHYTHMS,
        giorni_settimana=WEEKDAYS,
        visto=_seen(comune),
        errori=typed.errors,
        errore_in_pagina=bool(typed.errors),
        da_salvare=touched,
    )
