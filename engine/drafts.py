"""Half-filled forms, kept per person and task, so that nothing typed is lost and nobody overwrites another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from engine import tasks
from engine.answers import json_object
from engine.errors import TaskAlreadyCompleted, TaskCanceled, TaskNotFound
from engine.model.conflicts import insert_into
from engine.model.tables import draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from engine.identity import Actor
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Draft:
    """Answers as somebody left them."""

    answers: Mapping[str, Any]
    saved_at: datetime


def save(uow: UnitOfWork, task_id: str, actor: Actor, answers: Mapping[str, Any]) -> datetime:
    """Keep the answers as they are, valid or not; returns when.

    Raises:
        TaskNotFound: the task is not the actor's to see.
        TaskAlreadyCompleted, TaskCanceled: it is over; what was typed was not kept.
        InvalidAnswers: they are no JSON object.

    """
    task = tasks.get(uow, task_id, actor)
    if not task.is_visible_to(actor):
        raise TaskNotFound(task_id)
    if task.state == "canceled":
        raise TaskCanceled(task_id)
    if task.ended_by and task.ended_at:
        raise TaskAlreadyCompleted(task_id, task.ended_by, task.ended_at)
    row = {"task_id": task_id, "user": actor.user, "answers": json_object(answers), "saved_at": uow.now}
    statement = insert_into(draft, uow.connection.dialect.name).values(row)
    changes = {"answers": statement.excluded.answers, "saved_at": statement.excluded.saved_at}
    uow.connection.execute(statement.on_conflict_do_update(index_elements=["task_id", "user"], set_=changes))
    return uow.now


def load(uow: UnitOfWork, task_id: str, actor: Actor) -> Draft | None:
    """Give the actor's own draft of a task, if there is one."""
    rows = select(draft.c.answers, draft.c.saved_at).where(draft.c.task_id == task_id, draft.c.user == actor.user)
    row = uow.connection.execute(rows).one_or_none()
    return Draft(row.answers, row.saved_at) if row else None


def saved(uow: UnitOfWork, task_ids: Iterable[str], actor: Actor) -> dict[str, datetime]:
    """Say of which of these tasks the actor has a draft, and since when: one statement for a whole list."""
    mine = select(draft.c.task_id, draft.c.saved_at).where(
        draft.c.user == actor.user, draft.c.task_id.in_(list(task_ids))
    )
    return {row.task_id: row.saved_at for row in uow.connection.execute(mine)}


def discard(uow: UnitOfWork, task_id: str, actor: Actor) -> None:
    """Forget the actor's draft of a task."""
    uow.connection.execute(delete(draft).where(draft.c.task_id == task_id, draft.c.user == actor.user))
