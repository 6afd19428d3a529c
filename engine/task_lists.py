"""The work lists: my tasks, those I may claim, those I may assign, those I have done; by key, never by offset.

A page never loads a workflow: it reads one index in the order it is shown, nearest due date first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select, tuple_

from engine import candidates, definitions, paging
from engine.identity import EVERYWHERE
from engine.model.tables import TASK_DONE, TASK_OPEN, process_definition, process_instance, user_task
from engine.user_task import UserTask, assigners, from_row

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from engine.identity import Actor
    from engine.store import UnitOfWork

Page = paging.Page[UserTask]


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to, ``None`` meaning all, and which end of its order comes first."""

    scope: str | None = None
    element: str | None = None
    process: str | None = None
    due_before: datetime | None = None
    latest_first: bool = False


def inbox(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25, **narrowing: Any) -> Page:
    """List the open tasks that are the actor's, nearest due date first."""
    mine = [TASK_OPEN, user_task.c.assignee == actor.user]
    return _page(uow, [*mine, *_in_reach(actor), _in_role(actor)], after, size, Narrowing(**narrowing))


def queue(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25, **narrowing: Any) -> Page:
    """List the open tasks of nobody that the actor may claim, nearest due date first."""
    free = [
        TASK_OPEN,
        user_task.c.assignee.is_(None),
        user_task.c.candidates.in_(candidates.sets_of(actor)),
    ]
    return _page(uow, [*free, *_in_reach(actor), _in_role(actor)], after, size, Narrowing(**narrowing))


def assignable(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25, **narrowing: Any) -> Page:
    """List the open tasks, whoever holds them, that their diagrams let the actor assign, nearest due date first."""
    of_task = process_instance.c.id == user_task.c.instance_id
    named = tuple_(process_instance.c.definition_id, user_task.c.element_id).in_(_assigned_by(uow, actor))
    conditions = [TASK_OPEN, exists().where(of_task, named).correlate(user_task)]
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


def _in_role(actor: Actor) -> ColumnElement[bool]:
    return user_task.c.roles.in_(candidates.role_sets_of(actor)) | (user_task.c.roles == candidates.NOBODY)


def done(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25, latest_first: bool = True) -> Page:
    """List the tasks that the actor completed and may still read, the latest first unless told otherwise."""
    conditions = [TASK_DONE, user_task.c.ended_by == actor.user, *_in_reach(actor), _in_role(actor)]
    listing = _listing(conditions, user_task.c.ended_at, latest_first=latest_first)
    return listing.page(uow.connection, from_row, after, size)


def _page(
    uow: UnitOfWork, conditions: list[ColumnElement[bool]], after: str | None, size: int, narrowing: Narrowing
) -> Page:
    narrowed = conditions + _narrowed(narrowing)
    listing = _listing(narrowed, user_task.c.sort_at, latest_first=narrowing.latest_first)
    return listing.page(uow.connection, from_row, after, size)


def _listing(
    conditions: list[ColumnElement[bool]], moment: ColumnElement[Any], *, latest_first: bool = False
) -> paging.Listing:
    rows, ids = select(user_task).where(*conditions), select(user_task.c.id).where(*conditions)
    return paging.Listing(rows, ids, moment, user_task.c.id, latest_first=latest_first)


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
