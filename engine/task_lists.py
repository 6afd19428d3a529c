"""The work lists: my tasks, those I may claim, those I may assign, those I have done; by key, never by offset.

A page never loads a workflow: it reads one index in the order it is shown (nearest due date first), and counts no
further than anybody would want to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select, tuple_

from engine import candidates, definitions
from engine.identity import EVERYWHERE
from engine.model.tables import process_definition, process_instance, user_task
from engine.user_task import UserTask, assigners, from_row

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from engine.identity import Actor
    from engine.store import UnitOfWork

COUNT_CAP = 1000
"""Past this a count says «more than 1000»: counting all costs more than the page."""


@dataclass(frozen=True)
class Page:
    """A page of tasks; ``next`` is the key that the following page begins after, ``None`` on the last."""

    items: tuple[UserTask, ...]
    next: str | None
    count: int
    capped: bool


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to; ``None`` means all."""

    scope: str | None = None
    element: str | None = None
    process: str | None = None
    due_before: datetime | None = None


def inbox(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25, **narrowing: Any) -> Page:
    """List the open tasks that are the actor's, nearest due date first."""
    mine = [user_task.c.state == "created", user_task.c.assignee == actor.user]
    return _page(uow, mine, after, size, Narrowing(**narrowing))


def queue(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25, **narrowing: Any) -> Page:
    """List the open tasks of nobody that the actor may claim, nearest due date first."""
    free = [
        user_task.c.state == "created",
        user_task.c.assignee.is_(None),
        user_task.c.candidates.in_(candidates.sets_of(actor)),
    ]
    return _page(uow, [*free, *_in_reach(actor)], after, size, Narrowing(**narrowing))


def assignable(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25, **narrowing: Any) -> Page:
    """List the open tasks, whoever holds them, that their diagrams let the actor assign, nearest due date first."""
    of_task = process_instance.c.id == user_task.c.instance_id
    named = tuple_(process_instance.c.definition_id, user_task.c.element_id).in_(_assigned_by(uow, actor))
    conditions = [user_task.c.state == "created", exists().where(of_task, named).correlate(user_task)]
    return _page(uow, [*conditions, *_in_reach(actor)], after, size, Narrowing(**narrowing))


def _assigned_by(uow: UnitOfWork, actor: Actor) -> list[tuple[str, str]]:
    """Give the user tasks that name a group of the actor, of each version some case still runs on."""
    running = process_instance.c.state == "active"
    of_version = process_instance.c.definition_id == process_definition.c.id
    versions = select(process_definition.c.id).where(exists().where(of_version, running))
    loaded = [definitions.load(uow, version) for version in uow.connection.execute(versions).scalars()]
    return [
        (version.id, element.id)
        for version in loaded
        for element in version.model.elements.values()
        if not actor.groups.isdisjoint(assigners(element))
    ]


def _in_reach(actor: Actor) -> list[ColumnElement[bool]]:
    if EVERYWHERE in actor.scopes:
        return []
    return [user_task.c.scope.in_(sorted(actor.scopes)) | user_task.c.scope.is_(None)]


def done(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25) -> Page:
    """List the tasks that the actor completed, the latest first."""
    conditions = [user_task.c.state == "completed", user_task.c.ended_by == actor.user]
    order = (user_task.c.ended_at, user_task.c.id)
    key = _key(after)
    start = [] if key is None else [tuple_(*order) < key]
    statement = (
        select(user_task).where(*conditions, *start).order_by(*(column.desc() for column in order)).limit(size + 1)
    )
    rows = [from_row(row) for row in uow.connection.execute(statement)]
    return _cut(rows, size, _count(uow, conditions), "ended_at")


def _page(
    uow: UnitOfWork, conditions: list[ColumnElement[bool]], after: str | None, size: int, narrowing: Narrowing
) -> Page:
    conditions = conditions + _narrowed(narrowing)
    order = (user_task.c.sort_at, user_task.c.id)
    key = _key(after)
    start = [] if key is None else [tuple_(*order) > key]
    statement = select(user_task).where(*conditions, *start).order_by(*order).limit(size + 1)
    rows = [from_row(row) for row in uow.connection.execute(statement)]
    return _cut(rows, size, _count(uow, conditions), "sort_at")


def _narrowed(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    conditions = []
    if narrowing.scope is not None:
        conditions.append(user_task.c.scope == narrowing.scope)
    if narrowing.element is not None:
        conditions.append(user_task.c.element_id == narrowing.element)
    if narrowing.due_before is not None:
        conditions.append(user_task.c.sort_at < narrowing.due_before)
    if narrowing.process is not None:
        of_process = process_instance.join(process_definition)
        ids = select(process_instance.c.id).select_from(of_process).where(process_definition.c.key == narrowing.process)
        conditions.append(user_task.c.instance_id.in_(ids))
    return conditions


def _count(uow: UnitOfWork, conditions: list[ColumnElement[bool]]) -> int:
    capped = select(user_task.c.id).where(*conditions).limit(COUNT_CAP + 1).subquery()
    count: int = uow.connection.execute(select(func.count()).select_from(capped)).scalar_one()
    return count


def _cut(rows: list[UserTask], size: int, count: int, order: str) -> Page:
    shown = tuple(rows[:size])
    last = f"{getattr(shown[-1], order).isoformat()}~{shown[-1].id}" if len(rows) > size else None
    return Page(shown, last, min(count, COUNT_CAP), count > COUNT_CAP)


def _key(after: str | None) -> Any | None:
    """Read the key of a page from an address; a mangled one begins at the first page."""
    at, _, task_id = (after or "").partition("~")
    try:
        moment = datetime.fromisoformat(at.replace(" ", "+"))
    except ValueError:
        return None
    return tuple_(moment, task_id) if moment.tzinfo else None
