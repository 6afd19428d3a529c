"""Cases: start them, read them, lock them, end them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from engine import definitions, execution
from engine import history as events
from engine.answers import json_object
from engine.case import LiveCase
from engine.diagram import DrawnCase, diagram
from engine.errors import InstanceNotFound, NotStartedByHand
from engine.evaluation import FeelHost
from engine.history import EventType
from engine.model.tables import process_instance
from engine.spiff.process import Process
from engine.store import Event
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.definitions import Definition
    from engine.identity import Actor
    from engine.store import UnitOfWork

__all__ = ["DrawnCase", "Instance", "begin", "cancel", "diagram", "get", "history", "lock", "start"]


@dataclass(frozen=True)
class Instance:
    """A case as its readers see it."""

    id: str
    definition_id: str
    business_key: str | None
    scope: str | None
    #: ``active``, ``completed`` or ``canceled``.
    state: str
    variables: Mapping[str, Any]
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    #: Element id of the end event reached last.
    outcome: str | None


def start(  # noqa: PLR0913  # the face that other programs call
    uow: UnitOfWork,
    key: str,
    actor: Actor,
    *,
    variables: Mapping[str, Any] | None = None,
    scope: str | None = None,
    business_key: str | None = None,
    instance_id: str | None = None,
) -> Instance:
    """Start a case of a process's newest version and run it to its first wait states.

    Whoever may send the same start twice chooses the ``instance_id``, a UUID: it begins one case.

    Raises:
        AlreadyStarted: there is a case with this id.
        UnknownProcess: nothing with this key was deployed.
        NotStartedByHand: the process begins with a message or a signal alone.
        InvalidAnswers: the variables are no JSON object.
        ExpressionFailed, NoPathChosen: the diagram cannot go on from its start with these variables.

    """
    definition = definitions.load(uow, definitions.latest_id(uow, key))
    given = json_object({} if variables is None else variables)
    return begin(uow, definition, actor, given, scope=scope, business_key=business_key, instance_id=instance_id)


def begin(  # noqa: PLR0913  # what a case is born with, each by its name
    uow: UnitOfWork,
    definition: Definition,
    actor: Actor,
    variables: Mapping[str, Any],
    *,
    scope: str | None = None,
    business_key: str | None = None,
    at: str | None = None,
    instance_id: str | None = None,
) -> Instance:
    """Start a case of this very version, at one of its start events or at the one without a trigger.

    Raises:
        NotStartedByHand: it has none without a trigger.

    """
    kinds = {start.kind for start in definition.model.starts}
    if at is None and kinds and "none" not in kinds:
        raise NotStartedByHand(definition.key)
    host = FeelHost(uow, definition, scope, actor.user)
    model = definition.model.starting_at(at) if at else definition.model
    process = Process.begin(model, host, plain(variables), now=uow.now, business_key=business_key)
    case = LiveCase(instance_id or str(uuid4()), business_key, scope, actor.user, 0, definition, process, host)
    facts = {"variables": plain(variables)}
    cause = Event(uow.now, EventType.INSTANCE_STARTED, None, definition.name, actor.user, facts)
    execution.reconcile(uow, case, cause, is_new=True)
    return get(uow, case.id)


def get(uow: UnitOfWork, instance_id: str) -> Instance:
    """Give a case; who may see it is the caller's to know.

    Raises:
        InstanceNotFound: there is none with this id.

    """
    row = uow.connection.execute(select(process_instance).where(process_instance.c.id == instance_id)).one_or_none()
    if row is None:
        raise InstanceNotFound(instance_id)
    return Instance(*(getattr(row, name) for name in Instance.__dataclass_fields__))


def cancel(uow: UnitOfWork, instance_id: str, actor: Actor, reason: str) -> None:
    """End a case here and now; every open task, timer and subscription goes.

    Raises:
        InstanceNotFound: there is none with this id, or not for this actor.
        InstanceNotRunning: it has ended already.

    """
    case = execution.lock(uow, instance_id)
    if not actor.reaches(case.scope):
        raise InstanceNotFound(instance_id)
    case.process.cancel()
    facts = {"reason": reason}
    execution.reconcile(uow, case, Event(uow.now, EventType.INSTANCE_CANCELED, None, None, actor.user, facts))


def lock(uow: UnitOfWork, instance_id: str) -> None:
    """Lock a case that is not to be moved on: every verb locks the case first, then what belongs to it.

    Raises:
        InstanceNotFound: there is none with this id, or it was erased a moment ago.

    """
    row = select(process_instance.c.id).where(process_instance.c.id == instance_id)
    if uow.connection.execute(row.with_for_update(key_share=True)).first() is None:
        raise InstanceNotFound(instance_id)


def history(uow: UnitOfWork, instance_id: str) -> list[Event]:
    """Give what happened in a case, oldest first."""
    return events.read(uow, instance_id)
