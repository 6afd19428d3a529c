"""Everything a task's page stands on, read in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk import cases, people
from desk.comuni import calendars
from desk.properties import EXPLAINS
from engine import definitions, drafts, instances, tasks
from web.parts.case.answers import Answered, answered_steps
from web.parts.case.reasons import Reason, reasons
from web.request.context import current_actor, now
from web.request.form_functions import lasting
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
    from engine.definitions import Definition
    from engine.drafts import Draft
    from engine.forms import Form
    from engine.store import UnitOfWork
    from engine.tasks import UserTask
    from web.staff.tasks.envelope import EnvelopeOfTask


@dataclass(frozen=True)
class Sheet:
    """A task, its case, its form, and what is known so far."""

    task: UserTask
    case: CaseSummary | None
    #: Whether the reader may open the case itself: its links would lead to no page for who has the task alone.
    vede: bool
    definition: Definition
    element: Element
    form: Form | None
    variables: Mapping[str, Any]
    draft: Draft | None
    #: Earlier steps with their answers, the latest first.
    risposte: Sequence[Answered]
    motivi: Sequence[Reason]
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
    def mia(self) -> bool:
        return self.task.assignee == current_actor().user

    @property
    def aperta(self) -> bool:
        return self.task.state == "created"

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
    task = tasks.get(uow, task_id, actor)
    instance = instances.get(uow, task.case_id)
    definition = definitions.load(uow, instance.definition_id)
    history = instances.history(uow, task.case_id)
    form = definition.forms.get(task.form_key or "")
    return Sheet(
        task,
        cases.by_id(uow, [task.case_id]).get(task.case_id),
        cases.sees(uow, task.case_id, actor),
        definition,
        definition.model.elements[task.element_id],
        form.using(lasting(uow, task.scope)) if form else None,
        instance.variables,
        drafts.load(uow, task_id, actor),
        answered_steps(uow, definition, instance, history, actor),
        reasons(history),
        calendars.calendar(uow, task.scope),
        people.names(uow, _people(task, history)),
        receivers(uow, task),
        envelope_of(uow, task, actor),
    )


def _people(task: UserTask, history: Sequence[Any]) -> set[str]:
    return {event.actor for event in history} | {each for each in (task.assignee, task.ended_by) if each}
