"""Read everything a task's page shows, in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from desk import cases, people
from desk.comuni import calendars
from desk.properties import EXPLAINS
from engine import instances, tasks
from web.parts.case.answers import Answered, answered_steps
from web.parts.case.reasons import DecisionReason, reasons
from web.request.context import current_actor, now
from web.staff.tasks import asked
from web.staff.tasks.asked import AskedTask
from web.staff.tasks.envelope import envelope_of
from web.staff.tasks.people import receivers
from web.words.dates import list_words
from web.words.deadlines import Deadline, deadline, explanation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desk.calendar import WorkingCalendar
    from desk.cases import CaseSummary
    from desk.model import User
    from engine.bpmn import Element
    from engine.store import UnitOfWork
    from engine.tasks import UserTask
from web.staff.tasks.envelope import EnvelopeOfTask


@dataclass(frozen=True)
class Sheet(AskedTask):
    """A task, what it asks, its case, and what is known so far."""

    case: CaseSummary | None
    #: Whether the reader may open the case itself: its links would lead to no page for who has the task alone.
    vede: bool
    element: Element
    #: Earlier steps with their answers, the latest first.
    risposte: Sequence[Answered]
    motivi: Sequence[DecisionReason]
    calendar: WorkingCalendar
    #: Names of people by user name.
    nomi: Mapping[str, str]
    persone: Sequence[User]
    #: Nothing while the envelope is empty, or is not for the reader to know of.
    busta: EnvelopeOfTask | None

    @property
    def scadenza(self) -> Deadline | None:
        return deadline(self.task.due_at, now(), self.calendar) if self.task.due_at else None

    @property
    def spiegazione(self) -> str:
        """Say how the due date was reached."""
        return explanation(self.task.created_at, self.task.due_at, self.calendar) if self.task.due_at else ""

    @property
    def prendibile(self) -> bool:
        return self.task.has_candidate(current_actor())

    @property
    def assegnabile(self) -> bool:
        """Say whether the reader may hand the task over, and there is somebody to hand it to."""
        own = self.mia or (self.task.assignee is None and self.prendibile)
        named = not tasks.assigners(self.element).isdisjoint(current_actor().groups)
        return bool(self.persone) and self.aperta and (own or named)

    @property
    def in_vista(self) -> frozenset[str]:
        """Name the tables whose reasons the step is about."""
        return EXPLAINS.all_of(self.element.properties)

    @property
    def lettori(self) -> str:
        """Say who reads the answers: the roles that work on this process."""
        lanes = {element.lane for element in self.definition.model.elements.values() if element.lane}
        return f"Chi lavora alla pratica: {list_words(sorted(lane.lower() for lane in lanes))}."

    def name(self, username: str | None) -> str:
        return self.nomi.get(username or "", username or "")


def read(uow: UnitOfWork, task_id: str) -> Sheet:
    """Gather a task's page.

    Raises:
        TaskNotFound: there is none, or none that the actor may see.

    """
    actor = current_actor()
    found = asked.read(uow, task_id)
    task, definition = found.task, found.definition
    history = instances.history(uow, task.case_id)
    element = definition.model.elements[task.element_id]
    return Sheet(
        **{each.name: getattr(found, each.name) for each in fields(found)},
        case=cases.by_id(uow, [task.case_id]).get(task.case_id),
        vede=cases.sees(uow, task.case_id, actor),
        element=element,
        risposte=answered_steps(uow, definition, found.instance, history, actor),
        motivi=reasons(history),
        calendar=calendars.calendar(uow, task.scope),
        nomi=people.names(uow, _people(task, history)),
        persone=receivers(uow, task, element),
        busta=envelope_of(uow, task, actor),
    )


def _people(task: UserTask, history: Sequence[Any]) -> set[str]:
    return {event.actor for event in history} | {each for each in (task.assignee, task.ended_by) if each}
