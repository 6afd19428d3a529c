"""Find to whom a task can be handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk import people
from desk.access import Role, roles_of
from engine import definitions, instances, tasks
from engine.errors import NotACandidate
from engine.identity import EVERYWHERE
from web.request.context import current_actor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk.model import User
    from engine.bpmn import Element
    from engine.identity import Actor
    from engine.store import UnitOfWork
    from engine.tasks import UserTask


def assignable(uow: UnitOfWork, roles: Iterable[Role], *istats: str | None) -> list[User]:
    """List who holds one of these roles for any of these Comuni, the actor aside."""
    found = {user.username: user for role in roles for user in people.holding(uow, role, *istats)}
    return [user for user in found.values() if user.username != current_actor().user]


def colleagues(uow: UnitOfWork, actor: Actor) -> list[User]:
    """List to whom tasks of a list may go: who works in the actor's role; for the coordinator, the analysts too."""
    roles = roles_of(actor)
    roles += [Role.ANALISTA] if Role.COORDINATORE in roles else []
    places = () if EVERYWHERE in actor.scopes else sorted(actor.scopes)
    return sorted(assignable(uow, roles, *places), key=lambda user: user.name)


def receivers(uow: UnitOfWork, task: UserTask, element: Element) -> list[User]:
    """List who may be given a task: whoever holds one of its roles, or that of its lane, for its Comune; not the actor.

    The lane counts where the task names a person: when that analyst is away, another has to be found.
    """
    named = {*task.candidate_groups, element.lane}
    return assignable(uow, [role for role in Role if role in named], task.scope)


def require_receiver(uow: UnitOfWork, task_id: str, to: str) -> None:
    """Raise ``NotACandidate`` unless the task may be given to this person: it would show them a case not theirs."""
    task = tasks.get(uow, task_id, current_actor())
    element = definitions.load(uow, instances.get(uow, task.case_id).definition_id).model.elements[task.element_id]
    if all(user.username != to for user in receivers(uow, task, element)):
        raise NotACandidate(task.name, to)
