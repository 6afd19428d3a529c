"""Show the sealed envelope and the agenda in the demonstration: two agreements, a deposit, a «giornata»."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk import agenda, cases, comuni, envelope
from desk.agenda import DeskDay
from desk.calendar import local_date
from desk.cases import CaseFilter
from desk.demo.desks_and_people import BUROLO, REFERENTI, SARA
from desk.envelope import EnvelopeReader, Means, NewAgreement, Purpose, agreements
from desk.states import PublicState, Turn
from engine.identity import Actor

if TYPE_CHECKING:
    from datetime import date

    from desk.cases import CaseSummary
    from desk.facilities import Facilities
    from engine.store import Store, UnitOfWork

SHOWN = frozenset({PublicState.IN_ANALYSIS, PublicState.MEETING_PROPOSED, PublicState.MEETING_SET})
HOW_MANY = 2
TEXT = "Testo dimostrativo: al posto di queste righe ci sarebbe come funziona l’idea, cifrata."
A_YEAR = timedelta(days=365)


def show(store: Store, facilities: Facilities) -> None:
    """Let Sara be named on two envelopes and open one of them, and spend a day at one Comune."""
    with store.unit_of_work() as uow:
        for case in _cases(uow):
            _seal(uow, facilities, case)
        _spend_a_day(uow)


def _cases(uow: UnitOfWork) -> list[CaseSummary]:
    narrowed = CaseFilter(states=SHOWN, owner=SARA.username)
    return list(cases.page(uow, SARA.actor, narrowed, size=HOW_MANY).items)


def _seal(uow: UnitOfWork, facilities: Facilities, case: CaseSummary) -> None:
    today = local_date(uow.now)
    signed = NewAgreement("1", today, Means.BY_HAND, today + A_YEAR, [SARA.username], case.requester or "")
    agreements.record(uow, case.id, signed, REFERENTI[case.istat].actor)
    owner = Actor(Turn.REQUESTER.value, {Turn.REQUESTER.value}, (case.istat,))
    envelope.deposit(uow, facilities, case.id, envelope.text_deposit(TEXT), owner)
    reader = EnvelopeReader(SARA.actor, Purpose.FIRST_ANALYSIS, facilities.envelope_keys)
    envelope.open_envelope(uow, case.id, reader)


def _spend_a_day(uow: UnitOfWork) -> None:
    """Take the first opening of the desk of Burolo after next week on which Sara is expected nowhere else."""
    timetable, today = comuni.timetable_of(comuni.get(uow, BUROLO)), local_date(uow.now)
    day = next(day for ahead in range(8, 60) if timetable.on(day := today + timedelta(ahead)) and _is_free(uow, day))
    hours = timetable.on(day)[0]
    agenda.add_desk_day(uow, DeskDay(SARA.username, BUROLO, day, hours.opens, hours.closes), SARA.actor)


def _is_free(uow: UnitOfWork, day: date) -> bool:
    week = agenda.week(uow, None, SARA.username, day, viewer=SARA.actor)
    return not any(each.engagements for each in week.days if each.day == day)
