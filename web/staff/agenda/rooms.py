"""«Sala»: keep the room of one's own Comune for something else for some time."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from desk import agenda, comuni
from desk.access import Role
from desk.agenda import on_day
from desk.errors import InvalidPeriod, RoomTaken
from web.parts.typed import NO_DAY, TypedFields
from web.refusals import notice_of
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.agenda.frame import frame
from web.words.dates import day_words, hours_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from desk.agenda import Slot
    from engine.store import UnitOfWork


@for_roles(Role.REFERENTE)
def page() -> str:
    return _page()


@for_roles(Role.REFERENTE)
def occupy() -> ResponseReturnValue:
    typed = TypedFields(request.form)
    day, opens, closes = typed.day("giorno", NO_DAY), typed.hour("dalle"), typed.hour("alle")
    reason = typed.line("motivo")
    if day and opens and closes and not typed.errors:
        try:
            return _occupied(typed.raw("comune"), on_day(day, opens, closes), reason)
        except InvalidPeriod:
            typed.wrong("alle", "L’ora di fine viene dopo quella di inizio.")
        except RoomTaken as refusal:
            notice = notice_of(refusal)
            typed.wrong("dalle", f"{notice.title}. {notice.text}")
    return _page(typed.errors), HTTPStatus.UNPROCESSABLE_ENTITY


@for_roles(Role.REFERENTE)
def release(uso: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        gone = agenda.release_room(uow, uso, current_actor())
    announce("Sala di nuovo libera", f"{_words(gone.slot)} Lì si possono proporre incontri.")
    return redirect(url_for("agenda.sala", comune=gone.istat))


def own_comuni(uow: UnitOfWork) -> Mapping[str, str]:
    """Give the names of the Comuni where the referente works, by ISTAT code."""
    actor = current_actor()
    return {istat: name for istat, name in comuni.joined_names(uow).items() if actor.reaches(istat)}


def _occupied(istat: str, during: Slot, reason: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        agenda.occupy_room(uow, istat, during, reason, current_actor())
    announce("Sala occupata", f"{_words(during)} In quelle ore non proponiamo incontri.")
    return redirect(url_for("agenda.sala", comune=istat))


def _page(errors: dict[str, str] | None = None) -> str:
    with store().snapshot(now()) as uow:
        known = own_comuni(uow)
        asked = request.values.get("comune", "")
        chosen = asked if asked in known else next(iter(known), "")
        uses = agenda.room_busy(uow, chosen, now())
    return render_template(
        "staff/agenda/rooms.html",
        **frame("sala"),
        comuni=known,
        scelto=chosen,
        usi=uses,
        scritto=request.form,
        errori=errors or {},
        errore_in_pagina=bool(errors),
    )


def _words(during: Slot) -> str:
    return f"{day_words(during.starts).capitalize()}, {hours_words(during.starts, during.ends)}."
