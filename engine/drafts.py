"""Half-filled forms, kept per person and task, so that nothing typed is lost and nobody overwrites another.

The same person may have a task open in two windows: a draft counts how often it was saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, select

from engine import tasks
from engine.answers import json_object
from engine.errors import DraftChanged, TaskAlreadyCompleted, TaskCanceled, TaskNotFound
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
    #: How often it was saved.
    version: int


_COLUMNS = draft.c.answers, draft.c.saved_at, draft.c.version


def save(uow: UnitOfWork, task_id: str, actor: Actor, answers: Mapping[str, Any], version: int | None = None) -> Draft:
    """Keep the answers as they are, valid or not. ``version`` is that of the draft they were written over, 0 for none.

    Raises:
        DraftChanged: other answers were saved after that version; without one nothing is compared.
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
    kept = json_object(answers)
    if not _written(uow, {"task_id": task_id, "user": actor.user, "answers": kept, "saved_at": uow.now}, version):
        found = load(uow, task_id, actor)
        if found is not None and found.answers != kept:
            raise DraftChanged(task_id, found.saved_at)
    return cast("Draft", load(uow, task_id, actor))


def _written(uow: UnitOfWork, row: Mapping[str, Any], version: int | None) -> bool:
    """Write a draft in one statement, so that of two who began from the same version one alone does."""
    statement = insert_into(draft, uow.connection.dialect.name).values(version=1, **row)
    changes = {name: statement.excluded[name] for name in ("answers", "saved_at")} | {"version": draft.c.version + 1}
    unchanged = draft.c.version == version if version is not None else None
    upsert = statement.on_conflict_do_update(index_elements=["task_id", "user"], set_=changes, where=unchanged)
    return uow.connection.execute(upsert.returning(draft.c.version)).scalar() is not None


def load(uow: UnitOfWork, task_id: str, actor: Actor) -> Draft | None:
    """Give the actor's own draft of a task, if there is one."""
    rows = select(*_COLUMNS).where(draft.c.task_id == task_id, draft.c.user == actor.user)
    row = uow.connection.execute(rows).one_or_none()
    return Draft(*row) if row else None


def saved(uow: UnitOfWork, task_ids: Iterable[str], actor: Actor) -> dict[str, datetime]:
    """Say of which of these tasks the actor has a draft, and since when: one statement for a whole list."""
    mine = select(draft.c.task_id, draft.c.saved_at).where(
        draft.c.user == actor.user, draft.c.task_id.in_(list(task_ids))
    )
    return {row.task_id: row.saved_at for row in uow.connection.execute(mine)}


def take(uow: UnitOfWork, task_id: str, actor: Actor) -> Draft | None:
    """Take the actor's draft away and give it, in one statement; it is back when the transaction is undone."""
    mine = delete(draft).where(draft.c.task_id == task_id, draft.c.user == actor.user)
    row = uow.connection.execute(mine.returning(*_COLUMNS)).one_or_none()
    return Draft(*row) if row else None


def refuse_changed(task_id: str, found: Draft | None, answers: Mapping[str, Any], version: int | None) -> None:
    """Compare answers that were typed over a version with the draft found now.

    Raises:
        DraftChanged: other answers were saved after that version; without one nothing is compared.

    """
    if found is not None and version is not None and found.version != version and found.answers != answers:
        raise DraftChanged(task_id, found.saved_at)
