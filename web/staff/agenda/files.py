"""Give the agenda to programs: the calendar file of a meeting, and the week behind the times of an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, jsonify

from desk import agenda, cases
from desk.access import Role
from web.request.access import for_roles
from web.request.context import current_actor, current_visitor, now, store
from web.request.downloads import attached
from web.request.public_address import kept_address
from web.staff.agenda.frame import READERS
from web.staff.agenda.lines import closed_words, lines_of
from web.staff.agenda.week import monday_asked
from web.words.dates import hour_words

if TYPE_CHECKING:
    from flask import Response

    from desk.agenda import AgendaDay
    from desk.cases import CaseSummary

CLOSED = "Sportello chiuso"


@for_roles(*READERS)
def calendar(numero: str) -> Response:
    """Give the meeting of a case for one's own calendar; one never fixed has no file."""
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        convocation = agenda.convocation_of(uow, case.id)
        if convocation is None or convocation.last_fixed is None:
            abort(404)
        link = kept_address("pratiche.riepilogo", numero=numero)
        text = agenda.calendar_file(uow, convocation, link)
    return attached(text, f"convocazione-{case.number}.ics", "text/calendar; charset=utf-8")


@for_roles(*READERS)
def behind(numero: str) -> Response:
    """Give what else a week holds for who proposes times to the requester of a case: closed hours and engagements."""
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        week = agenda.week(uow, case.istat, _analyst(case), monday_asked(), viewer=current_actor())
    return jsonify(giorni=[_told(day, case) for day in week.days])


def _analyst(case: CaseSummary) -> str | None:
    known = current_visitor()
    return known.actor.user if known.role == Role.ANALISTA else case.owner


def _told(day: AgendaDay, case: CaseSummary) -> dict[str, object]:
    busy = [
        line for line in lines_of(day, {}, {}) if line.tipo != "giornata" and not line.indirizzo.endswith(case.number)
    ]
    return {
        "giorno": day.day.isoformat(),
        "chiuso": closed_words(day) or CLOSED,
        "aperto": [[hour_words(each.starts), hour_words(each.ends)] for each in day.open],
        "impegni": [{"inizio": line.inizio, "fine": line.fine, "parole": line.chi} for line in busy],
    }
