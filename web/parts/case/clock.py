"""Tell how long the step in progress has taken, of how long it may take; while it stands still, since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.calendar import local_date
from desk.comuni import calendars
from engine import tasks
from engine.history import EventType
from web.request.context import now
from web.words.deadlines import Deadline, deadline, explanation, plain_days, working_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desk.calendar import WorkingCalendar
    from desk.cases import CaseSummary
    from engine.store import Event, UnitOfWork

MOVING = (EventType.TASK_COMPLETED, EventType.MESSAGE_RECEIVED, EventType.TIMER_FIRED)


@dataclass(frozen=True)
class Clock:
    """The time of a case; ``percento`` is the part used of the step's term, past 100 when it is late."""

    parole: str
    nota: str = ""
    passo: str = ""
    scadenza: Deadline | None = None
    spiegazione: str = ""
    percento: int = 0
    fermo_dal: datetime | None = None


@dataclass(frozen=True)
class Term:
    """What has to be done between two moments."""

    what: str
    begins: datetime
    ends: datetime


def clock(uow: UnitOfWork, case: CaseSummary, history: Sequence[Event]) -> Clock:
    """Tell the time of the step, or of the requester's answer, that is due first; while it stands still, since when."""
    age = plain_days((local_date(case.closed_at or now()) - local_date(case.opened_at)).days)
    if case.closed_at:
        return Clock("È finito", f"È durata {age}." if age != "oggi" else "Si è conclusa il giorno stesso.")
    note = f"Aperta da {age}." if age != "oggi" else "Aperta oggi."
    if case.state.stops_the_clock:
        return Clock("È fermo", f"Aspettiamo il richiedente. {note}", fermo_dal=_last_move(history, case))
    terms = [
        Term(task.name, task.created_at, task.due_at)
        for task in tasks.of_case(uow, case.id)
        if task.state == "created" and task.due_at
    ]
    if case.answer_by:
        terms.append(Term("Risposta del richiedente", _last_move(history, case), case.answer_by))
    if not terms:
        return Clock("Nessun termine in corso", note)
    return _running(min(terms, key=lambda term: term.ends), calendars.calendar(uow, case.istat), note)


def _running(term: Term, calendar: WorkingCalendar, note: str) -> Clock:
    start, due_at = term.begins, term.ends
    used, allowed = (calendar.between(local_date(start), local_date(until)) for until in (now(), due_at))
    return Clock(
        f"{used} su {working_days(allowed)}",
        note,
        term.what,
        deadline(due_at, now(), calendar),
        explanation(start, due_at, calendar),
        round(100 * used / allowed) if allowed else 100,
    )


def _last_move(history: Sequence[Event], case: CaseSummary) -> datetime:
    return next((event.at for event in reversed(history) if event.type in MOVING), case.opened_at)
