"""What people do with their tasks: find, claim, hand over, complete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from engine import candidates, definitions, execution, history, holding, projection
from engine.answers import COMPLETED_BY, AskedForm, accepted
from engine.errors import (
    AlreadyClaimed,
    NotACandidate,
    NotTheAssignee,
    TaskAlreadyCompleted,
    TaskCanceled,
    TaskNotFound,
)
from engine.history import EventType
from engine.model.tables import TASK_OPEN, process_instance, user_task
from engine.store import CasePlace, Event
from engine.task_lists import Page, assignable, done, inbox, queue
from engine.user_task import UserTask, assigners, from_columns, from_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.case import LiveCase
    from engine.forms import Form
    from engine.identity import Actor
    from engine.store import UnitOfWork

__all__ = [
    "Completed",
    "Page",
    "Taken",
    "UserTask",
    "assign",
    "assignable",
    "assigners",
    "claim",
    "complete",
    "done",
    "finish",
    "form",
    "get",
    "give_back",
    "inbox",
    "of_case",
    "queue",
    "take",
    "unclaim",
]

_LOCK = (
    select(user_task, *(process_instance.c[name] for name in execution.LOADED))
    .select_from(process_instance.join(user_task))
    .where(user_task.c.id == bindparam("task_id"))
    .with_for_update(of=[process_instance, user_task], key_share=True)
)


@dataclass(frozen=True)
class Completed:
    """What completing a task led to: the case, whether it has ended, and the tasks that wait next."""

    case_id: str
    ended: bool
    next: tuple[UserTask, ...]


@dataclass(frozen=True)
class Taken:
    """A task in the hands of who may complete it, and its case: nobody else moves either meanwhile."""

    task: UserTask
    case: LiveCase

    @property
    def form(self) -> Form | None:
        return self.case.definition.forms.get(self.task.form_key or "")


def get(uow: UnitOfWork, task_id: str, actor: Actor) -> UserTask:
    """Give a task that the actor may see: as a candidate, as its assignee, or as who completed it.

    Raises:
        TaskNotFound: there is none, or not for this actor.

    """
    row = uow.connection.execute(select(user_task).where(user_task.c.id == task_id)).one_or_none()
    if row is None:
        raise TaskNotFound(task_id)
    task = from_row(row)
    if not task.is_visible_to(actor) and not _may_assign(uow, task, actor):
        raise TaskNotFound(task_id)
    return task


def of_case(uow: UnitOfWork, case_id: str) -> list[UserTask]:
    """Give every task a case has had, oldest first; who may see the case is the caller's to know."""
    rows = select(user_task).where(user_task.c.instance_id == case_id).order_by(user_task.c.created_at, user_task.c.id)
    return [from_row(row) for row in uow.connection.execute(rows)]


def form(uow: UnitOfWork, task_id: str, actor: Actor) -> tuple[Form | None, dict[str, Any]]:
    """Give the task's form and the variables that fill it.

    Raises:
        TaskNotFound: there is no such task for this actor.

    """
    task = get(uow, task_id, actor)
    case = execution.look(uow, task.case_id)
    return case.definition.forms.get(task.form_key or ""), case.process.variables_of(task.id)


def claim(uow: UnitOfWork, task_id: str, actor: Actor) -> None:
    """Make the actor the one person who may complete this task; claiming one's own task changes nothing.

    Raises:
        TaskNotFound, TaskAlreadyCompleted, TaskCanceled: there is nothing to claim.
        AlreadyClaimed: somebody else was first; the refusal says who.
        NotACandidate: the actor is in none of the candidate groups.

    """
    task = _locked(uow, task_id, actor)
    if not task.is_visible_to(actor):
        raise NotACandidate(task.name, actor.user)
    if task.assignee == actor.user:
        return
    if task.assignee is not None:
        raise AlreadyClaimed(task.name, task.assignee)
    holding.refuse_barred(uow, task.case_id, actor.user)
    _give(uow, task, actor.user, EventType.TASK_CLAIMED, actor)


def unclaim(uow: UnitOfWork, task_id: str, actor: Actor) -> None:
    """Put one's own task back in the queue.

    Raises:
        TaskNotFound, TaskAlreadyCompleted, TaskCanceled: there is nothing to release.
        NotACandidate: the actor has nothing to do with it.
        NotTheAssignee: it is somebody else's, or nobody's.

    """
    task = _locked(uow, task_id, actor)
    _guard_assignee(task, actor)
    _give(uow, task, None, EventType.TASK_UNCLAIMED, actor)


def assign(uow: UnitOfWork, task_id: str, actor: Actor, to: str) -> None:
    """Give the task to another person; its candidates may, and the groups its diagram names for that.

    Raises:
        TaskNotFound, TaskAlreadyCompleted, TaskCanceled: there is nothing to assign.
        NotACandidate: the actor may not assign this task, or the other person may not have it.
        EngineError: the program above bars the other person from the case.

    """
    task = _locked(uow, task_id, actor)
    is_own = task.is_visible_to(actor) and task.assignee in (None, actor.user)
    if not is_own and not _may_assign(uow, task, actor):
        raise NotACandidate(task.name, actor.user)
    holding.refuse_barred(uow, task.case_id, to)
    if not holding.may_hold(uow, to, frozenset(candidates.members(task.roles)), CasePlace(task.case_id, task.scope)):
        raise NotACandidate(task.name, to)
    _give(uow, task, to, EventType.TASK_ASSIGNED, actor)


def complete(uow: UnitOfWork, task_id: str, actor: Actor, answers: Mapping[str, Any]) -> Completed:
    """Answer a task and move its case on to where it waits next.

    Raises:
        TaskNotFound, TaskCanceled: there is nothing to complete.
        TaskAlreadyCompleted: it was done before; the refusal says by whom and when.
        NotTheAssignee, NotACandidate: it is not the actor's.
        InvalidAnswers: the form refuses; the answers come back as they were typed.

    """
    return finish(uow, take(uow, task_id, actor), actor, answers)


def take(uow: UnitOfWork, task_id: str, actor: Actor) -> Taken:
    """Lock a task that the actor may complete, so that its form is known before its answers; see ``complete``."""
    row = _lock(uow, task_id)
    task = from_row(row)
    _guard_open(task, actor)
    if task.assignee is not None or not task.is_visible_to(actor):
        _guard_assignee(task, actor)
    holding.refuse_barred(uow, task.case_id, actor.user)
    return Taken(task, execution.load(uow, row))


def finish(uow: UnitOfWork, taken: Taken, actor: Actor, answers: Mapping[str, Any]) -> Completed:
    """Complete a task that the same transaction has taken; see ``complete``."""
    task, case = taken.task, taken.case
    clean = accepted(uow, case, AskedForm(task.form_key, task.id), actor, answers)
    facts = {"task": task.id, "answers": clean}
    cause = Event(uow.now, EventType.TASK_COMPLETED, task.element_id, task.name, actor.user, facts)
    _sign(case, task, actor)
    case.process.complete(task.id, clean)
    begun = execution.reconcile(uow, case, cause)
    rows = (projection.task_row(uow, case, wait.task, wait) for wait in begun if wait.kind == "user")
    return Completed(case.id, case.process.completed, tuple(from_columns(row) for row in rows))


def give_back(uow: UnitOfWork, username: str, acting: Sequence[Actor], by: Actor, case_id: str | None = None) -> int:
    """Put back into their queues the open tasks that a person may have in none of the ways they act; say how many.

    Whoever takes a role, a place or an account away calls it in the same transaction. With a ``case_id`` only that
    case's are meant.
    """
    held = select(user_task.c.id).where(TASK_OPEN, user_task.c.assignee == username).order_by(user_task.c.instance_id)
    held = held.where(user_task.c.instance_id == case_id) if case_id else held
    over = 0
    for task_id in uow.connection.execute(held).scalars().all():
        task = from_row(_lock(uow, task_id))
        if task.state == "created" and task.assignee == username and not any(map(task.is_visible_to, acting)):
            _give(uow, task, None, EventType.TASK_UNCLAIMED, by)
            over += 1
    return over


def _sign(case: LiveCase, task: UserTask, actor: Actor) -> None:
    """Note who completes the task; only this writes the variable, whatever a case was started with."""
    known = case.process.variables.get(COMPLETED_BY)
    signed = known if isinstance(known, dict) else {}
    case.process.variables[COMPLETED_BY] = {**signed, task.element_id: actor.user}


def _guard_assignee(task: UserTask, actor: Actor) -> None:
    """Refuse whoever does not hold the task; only to candidates does the refusal say who does."""
    if not task.is_visible_to(actor):
        raise NotACandidate(task.name, actor.user)
    if task.assignee != actor.user:
        raise NotTheAssignee(task.name, task.assignee)


def _locked(uow: UnitOfWork, task_id: str, actor: Actor) -> UserTask:
    task = from_row(_lock(uow, task_id))
    _guard_open(task, actor)
    return task


def _lock(uow: UnitOfWork, task_id: str) -> Any:
    """Lock the case, then the task: every verb in this order, so that no two wait for each other."""
    row = uow.connection.execute(_LOCK, {"task_id": task_id}).one_or_none()
    if row is None:
        raise TaskNotFound(task_id)
    return row


def _guard_open(task: UserTask, actor: Actor) -> None:
    if not actor.reaches(task.scope):
        raise TaskNotFound(task.id)
    if task.state == "completed" and task.ended_by and task.ended_at:
        raise TaskAlreadyCompleted(task.id, task.ended_by, task.ended_at)
    if task.state == "canceled":
        raise TaskCanceled(task.id)


def _may_assign(uow: UnitOfWork, task: UserTask, actor: Actor) -> bool:
    if not actor.reaches(task.scope):
        return False
    row = select(process_instance.c.definition_id).where(process_instance.c.id == task.case_id)
    model = definitions.load(uow, uow.connection.execute(row).scalar_one()).model
    return not actor.groups.isdisjoint(assigners(model.elements[task.element_id]))


def _give(uow: UnitOfWork, task: UserTask, to: str | None, kind: EventType, actor: Actor) -> None:
    uow.connection.execute(update(user_task).where(user_task.c.id == task.id).values(assignee=to))
    facts = {"task": task.id, "to": to}
    history.write(uow, task.case_id, [Event(uow.now, kind, task.element_id, task.name, actor.user, facts)])
