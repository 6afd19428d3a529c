"""«Giornate di sportello»: set the days that an analyst spends in one Comune, and list who comes that day."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from desk import agenda, comuni
from desk.agenda import DeskDay, Slot, on_day
from desk.calendar import local_date
from desk.errors import (
    AgendaEntryNotFound,
    ComuneNotFound,
    ComuneNotJoined,
    DeskClosed,
    InvalidHours,
    OverlappingHours,
)
from web.parts.typed import NO_DAY, TypedFields
from web.refusals import notice_of
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.agenda.frame import KEEPERS, analyst_asked, analysts, frame
from web.staff.agenda.lines import AgendaLine, meeting_line
from web.words.dates import day_words, hours_words, list_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from desk.agenda import EngagedTime
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Grouped:
    """One «giornata», and who is called or invited for it."""

    day: DeskDay
    comune: str
    meetings: Sequence[AgendaLine]


@for_roles(*KEEPERS)
def page() -> str:
    return _page()


@for_roles(*KEEPERS)
def add() -> ResponseReturnValue:
    typed = TypedFields(request.form)
    day, opens, closes = typed.day("giorno", NO_DAY), typed.hour("dalle"), typed.hour("alle")
    if day and day < local_date(now()):
        typed.wrong("giorno", "Questo giorno è già passato.")
    if day and opens and closes and not typed.errors:
        wanted = DeskDay(typed.raw("analista"), typed.raw("comune"), day, opens, closes)
        try:
            return _added(wanted)
        except (ComuneNotFound, ComuneNotJoined):
            typed.wrong("comune", "Scegli un Comune che ha lo sportello.")
        except (InvalidHours, DeskClosed, OverlappingHours) as refusal:
            notice = notice_of(refusal)
            typed.wrong("dalle", f"{notice.title}. {notice.text}")
    return _page(typed.errors), HTTPStatus.UNPROCESSABLE_ENTITY


@for_roles(*KEEPERS)
def confirm(giornata: str) -> str:
    """Show who comes that day before it is taken away."""
    with store().snapshot(now()) as uow:
        found = _found(uow, giornata)
        names, towns = analysts(uow), comuni.joined_names(uow)
        met = _grouped(uow, [found], towns)[0].meetings
    return render_template(
        "staff/agenda/remove_desk_day.html",
        **frame("giornate"),
        giornata=found,
        comune=towns.get(found.istat, ""),
        analista=names.get(found.username, ""),
        incontri=met,
    )


@for_roles(*KEEPERS)
def remove(giornata: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        gone = agenda.remove_desk_day(uow, giornata, current_actor())
    announce("Giornata tolta", f"{day_words(gone.day).capitalize()} valgono di nuovo gli orari di sempre.")
    return redirect(url_for("agenda.giornate", analista=gone.username))


def _added(wanted: DeskDay) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        agenda.add_desk_day(uow, wanted, current_actor())
        comune = comuni.get(uow, wanted.istat).name
        elsewhere = _elsewhere(uow, wanted)
    words = f"{day_words(wanted.day).capitalize()}, {hours_words(wanted.opens, wanted.closes)}."
    announce(f"Giornata a {comune} aggiunta", f"{words} Quel giorno proponiamo solo incontri lì.")
    if elsewhere:
        told = f"Gli incontri restano dove sono: {list_words(elsewhere)}. Se serve, spostali dalla loro pratica."
        announce("Quel giorno c’è già altro, in un altro Comune", told, tone="attesa")
    return redirect(url_for("agenda.giornate", analista=wanted.username))


def _elsewhere(uow: UnitOfWork, wanted: DeskDay) -> list[str]:
    """Name the Comuni, with their hours, where the analyst is already expected that day."""
    week = agenda.week(uow, None, wanted.username, wanted.day, viewer=current_actor())
    met = [each for day in week.days if day.day == wanted.day for each in day.engagements]
    others = [each for each in met if each.in_person and each.istat != wanted.istat]
    return [f"{each.comune} {hours_words(each.slot.starts, each.slot.ends)}" for each in others]


def _page(errors: dict[str, str] | None = None) -> str:
    with store().snapshot(now()) as uow:
        known, towns = analysts(uow), comuni.joined_names(uow)
        chosen = analyst_asked(known, request.values.get("analista", ""))
        coming = agenda.desk_days(uow, local_date(now()), username=chosen)
        days = _grouped(uow, coming, towns)
    return render_template(
        "staff/agenda/desk_days.html",
        **frame("giornate"),
        analisti=known,
        scelto=chosen,
        giornate=days,
        comuni=[("", "Scegli"), *towns.items()],
        scritto=request.form,
        errori=errors or {},
        errore_in_pagina=bool(errors),
    )


def _found(uow: UnitOfWork, wanted: str) -> DeskDay:
    """Find a «giornata» to come in an agenda that the visitor keeps."""
    for each in agenda.desk_days(uow, local_date(now())):
        if each.id == wanted and agenda.may_keep(current_actor(), each.username):
            return each
    raise AgendaEntryNotFound(wanted)


def _grouped(uow: UnitOfWork, days: Sequence[DeskDay], towns: Mapping[str, str]) -> list[Grouped]:
    """Put to each «giornata» of one analyst the meetings in its Comune and its hours, all read in one statement."""
    hours = [on_day(each.day, each.opens, each.closes) for each in days]
    if not hours:
        return []
    whole = Slot(hours[0].starts, max(each.ends for each in hours))
    met = agenda.engagements(uow, whole, analyst=days[0].username, viewer=current_actor())
    return [
        Grouped(day, towns.get(day.istat, ""), [meeting_line(each) for each in met if _is_of(each, day, during)])
        for day, during in zip(days, hours, strict=True)
    ]


def _is_of(met: EngagedTime, day: DeskDay, during: Slot) -> bool:
    return met.istat == day.istat and met.slot.starts < during.ends and during.starts < met.slot.ends
