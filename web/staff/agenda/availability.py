"""«Disponibilità»: set the weekly hours and the absences of an analyst."""

from __future__ import annotations

from datetime import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from desk import agenda
from desk.agenda import Slot
from desk.errors import InvalidHours, InvalidPeriod, OverlappingHours
from web.parts import weekly_hours
from web.parts.typed import TypedFields
from web.refusals import notice_of
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.agenda.frame import KEEPERS, analyst_asked, analysts, frame
from web.words.dates import moment_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from desk.comuni.hours import WeeklyHours
    from desk.errors import DeskRefusal
    from web.parts.weekly_hours import HourRow

LATER = "Gli incontri già fissati restano."
START, END = time(0), time(23, 59)
"""What an absence without hours means: whole days."""


@for_roles(*KEEPERS)
def page() -> str:
    return _page()


@for_roles(*KEEPERS)
def keep_hours() -> ResponseReturnValue:
    """Keep the rows as typed, or draw them again with a row more, a row less, or what is wrong."""
    rows, typed, action = weekly_hours.sent(request.form), TypedFields(request.form), request.form.get("_azione", "")
    if action:
        return _page(weekly_hours.changed(rows, action))
    weekly = list(weekly_hours.read(rows, typed).values())
    if not typed.errors:
        try:
            return _kept(request.form.get("analista", ""), weekly)
        except (InvalidHours, OverlappingHours) as refusal:
            typed.wrong("righe", _sentence(refusal))
    return _page(rows, typed.errors), HTTPStatus.UNPROCESSABLE_ENTITY


@for_roles(*KEEPERS)
def declare_absence() -> ResponseReturnValue:
    typed = TypedFields(request.form)
    starts = typed.moment("assenza_dal", "assenza_dalle", START)
    ends = typed.moment("assenza_al", "assenza_alle", END)
    reason = typed.line("assenza_motivo")
    if starts and ends and not typed.errors:
        try:
            return _away(request.form.get("analista", ""), Slot(starts, ends), reason)
        except InvalidPeriod as refusal:
            typed.wrong("assenza_al", _sentence(refusal))
    return _page(errors=typed.errors), HTTPStatus.UNPROCESSABLE_ENTITY


@for_roles(*KEEPERS)
def withdraw_absence(assenza: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        gone = agenda.withdraw_absence(uow, assenza, current_actor())
    announce("Assenza tolta", "In quei giorni si possono di nuovo proporre incontri.")
    return _back(gone.username)


def _kept(username: str, weekly: Sequence[WeeklyHours]) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        agenda.set_hours(uow, username, weekly, current_actor())
    announce(
        "Orari salvati",
        f"Queste ore valgono per i nuovi inviti. {LATER}"
        if weekly
        else f"Senza fasce vale dal lunedì al venerdì, dalle 9:00 alle 18:00. {LATER}",
    )
    return _back(username)


def _away(username: str, away: Slot, reason: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        if any(each.slot == away for each in agenda.absences(uow, username, uow.now)):
            announce("Questa assenza c’era già", "L’hai segnata una volta sola.", tone="info")
            return _back(username)
        agenda.declare_absence(uow, username, away, reason, current_actor())
    words = f"Da {moment_words(away.starts)} a {moment_words(away.ends)}."
    announce("Assenza segnata", f"{words} Gli incontri già fissati restano: se serve, spostali.")
    return _back(username)


def _page(rows: list[HourRow] | None = None, errors: dict[str, str] | None = None) -> str:
    with store().snapshot(now()) as uow:
        known = analysts(uow)
        chosen = analyst_asked(known, request.values.get("analista", ""))
        kept = agenda.hours_of(uow, chosen)
        absences = agenda.absences(uow, chosen, now())
    return render_template(
        "staff/agenda/availability.html",
        **frame("disponibilita"),
        analisti=known,
        scelto=chosen,
        righe=weekly_hours.drawn(kept) if rows is None else rows,
        dichiarati=bool(kept),
        giorni=weekly_hours.WEEKDAYS,
        frequenze=weekly_hours.RHYTHMS,
        assenze=absences,
        scritto=request.form,
        errori=errors or {},
        errore_in_pagina=bool(errors),
    )


def _sentence(refusal: DeskRefusal) -> str:
    notice = notice_of(refusal)
    return f"{notice.title}. {notice.text}"


def _back(username: str) -> ResponseReturnValue:
    return redirect(url_for("agenda.disponibilita", analista=username))
