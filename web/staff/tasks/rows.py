"""Write tasks and cases as rows of a work list."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from flask import url_for

from desk.calendar import ITALY, local_date
from web.words.dates import day_words, hour_words
from web.words.deadlines import Deadline, Group, deadline, group_of, plain_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from desk.calendar import WorkingCalendar
    from desk.cases import CaseSummary
    from engine.tasks import UserTask

UNNAMED = "Richiedente da registrare"
HIGH, MEDIUM, ORDINARY = 80, 60, 50
"""Priorities of tasks, 0 to 100 as Camunda counts them; 50 says nothing, so the case's urgency is told instead."""


@dataclass(frozen=True)
class TaskRow:
    """One line of a work list."""

    id: str
    indirizzo: str
    chi: str
    titolo: str
    numero: str
    comune: str
    passo: str
    argomento: str
    scadenza: Deadline | None
    group: Group
    eta: str
    ricevuta: str
    priorita: str
    bozza: str
    #: Who has the task, where a list is of more people than its reader.
    assegnatario: str = ""

    @property
    def assegnatario_breve(self) -> str:
        """Shorten the name to what a column holds: «Sara E.»."""
        first, _, last = self.assegnatario.partition(" ")
        return f"{first} {last[:1]}." if last else first


@dataclass(frozen=True)
class RowGroup:
    nome: str
    tardi: bool
    righe: tuple[TaskRow, ...]


@dataclass(frozen=True)
class RowContext:
    """What a page's rows need beside the tasks: gathered in one statement each, whatever the number of rows."""

    now: datetime
    cases: Mapping[str, CaseSummary]
    calendars: Mapping[str, WorkingCalendar]
    drafts: Mapping[str, datetime]
    #: Names of those who have the tasks, by user name.
    names: Mapping[str, str] = field(default_factory=dict)


def task_row(task: UserTask, known: RowContext, *, done: bool = False) -> TaskRow:
    """Tell a task in one line; of a task that is done, the date is that of its completion."""
    case = known.cases.get(task.case_id)
    when = _completed(task, known.now) if done else _due(task, known)
    opened = case.opened_at if case else task.created_at
    return TaskRow(
        task.id,
        url_for("attivita.pagina", attivita=task.id),
        (case.requester if case else None) or UNNAMED,
        (case.title if case else None) or "",
        (case.number if case else None) or task.business_key or "",
        case.comune if case else "",
        task.name,
        topic_words(case.topic if case else None),
        when,
        group_of(task.due_at, known.now),
        _age(opened, known.now),
        f"Ricevuta {day_words(opened)}",
        priority_words(task.priority, case.urgency if case else None),
        _draft_words(known.drafts.get(task.id), known.now),
        known.names.get(task.assignee or "", ""),
    )


def case_row(case: CaseSummary, known: RowContext) -> TaskRow:
    """Tell a case that waits for somebody in one line, as a task would be told: until when the requester may answer."""
    until = case.answer_by or case.due_at
    due = deadline(until, known.now, known.calendars.get(case.istat, ITALY)) if until else None
    return TaskRow(
        case.id,
        url_for("pratiche.riepilogo", numero=case.number),
        case.requester or UNNAMED,
        case.title or "",
        case.number,
        case.comune,
        case.state.label,
        topic_words(case.topic),
        due,
        Group.NEVER,
        _age(case.opened_at, known.now),
        f"Ricevuta {day_words(case.opened_at)}",
        case.urgency or "",
        "",
    )


def grouped(rows: Iterable[TaskRow]) -> list[RowGroup]:
    """Cut rows that come in order of deadline into the parts of the list."""
    parts = groupby(rows, key=lambda row: row.group)
    return [RowGroup(group.value, group is Group.LATE, tuple(its_rows)) for group, its_rows in parts]


def topic_words(topic: str | None) -> str:
    """Write a topic's code as a word: ``avviare_impresa`` is «Avviare impresa»."""
    return (topic or "").replace("_", " ").capitalize()


def priority_words(priority: int, urgency: str | None) -> str:
    """Say a task's priority in one word: its own, or else its case's urgency."""
    if priority == ORDINARY:
        return urgency or ""
    return "alta" if priority >= HIGH else "media" if priority >= MEDIUM else "bassa"


def _age(opened: datetime, now: datetime) -> str:
    return plain_days((local_date(now) - local_date(opened)).days)


def _due(task: UserTask, known: RowContext) -> Deadline | None:
    if task.due_at is None:
        return None
    return deadline(task.due_at, known.now, known.calendars.get(task.scope or "", ITALY))


def _completed(task: UserTask, now: datetime) -> Deadline | None:
    if task.ended_at is None:
        return None
    return Deadline(day_words(task.ended_at, local_date(now)), f"alle {hour_words(task.ended_at)}", "", Group.NEVER)


def _draft_words(saved_at: datetime | None, now: datetime) -> str:
    """Say when a draft was saved: «di oggi, 9:12»."""
    if saved_at is None:
        return ""
    is_today = local_date(saved_at) == local_date(now)
    return f"di oggi, {hour_words(saved_at)}" if is_today else f"di {day_words(saved_at, local_date(now))}"
