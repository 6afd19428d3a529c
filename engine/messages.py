"""Messages: who waits for one, and how it reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, true

from engine import definitions, execution, instances
from engine.answers import AskedForm, accepted
from engine.errors import NoSubscription
from engine.history import EventType
from engine.identity import EVERYWHERE
from engine.model.tables import job, message_subscription, process_instance
from engine.store import Event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from engine.forms import Form
    from engine.identity import Actor
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Subscription:
    """A case's wish to hear a message."""

    id: str
    instance_id: str
    token: str
    position: int
    element_id: str
    name: str | None
    message: str
    correlation_key: str | None
    form_key: str | None
    #: camunda:properties of the element that waits.
    properties: Mapping[str, str]
    #: When the timer beside it, after the same event-based gateway, takes the case elsewhere.
    expires_at: datetime | None


_of_its_case = (job.c.instance_id == message_subscription.c.instance_id) & (job.c.token == message_subscription.c.token)
_timers_beside = _of_its_case & (job.c.kind == "timer") & (job.c.state == "due")
_expiry = select(func.min(job.c.due_at)).where(_timers_beside).scalar_subquery().label("expires_at")
_SUBSCRIPTIONS = select(message_subscription, _expiry)


def waiting(uow: UnitOfWork, instance_id: str) -> list[Subscription]:
    """List the messages a case waits for."""
    table = message_subscription
    mine = _SUBSCRIPTIONS.where(table.c.instance_id == instance_id, table.c.kind == "message").order_by(table.c.id)
    return [_read(row) for row in uow.connection.execute(mine)]


def form(uow: UnitOfWork, subscription_id: str) -> tuple[Form | None, dict[str, Any]]:
    """Give the form by which a person answers with this message, and the variables that fill it.

    Raises:
        NoSubscription: nothing waits for it any more.

    """
    found = _find(uow, subscription_id)
    case = execution.look(uow, found.instance_id)
    return case.definition.forms.get(found.form_key or ""), case.process.variables_of(found.token)


def correlate(uow: UnitOfWork, subscription_id: str, actor: Actor, answers: Mapping[str, Any]) -> str:
    """Bring a message to the one case that waits for it; its answers become variables. Returns the case's id.

    Raises:
        NoSubscription: nothing waits for it any more, or not in a case within the actor's reach.
        InvalidAnswers: the message's form refuses them, or they are no JSON object.

    """
    found = _find(uow, subscription_id)
    case = execution.lock(uow, found.instance_id)
    if not actor.reaches(case.scope):
        raise NoSubscription(subscription_id)
    payload = accepted(uow, case, AskedForm(found.form_key, found.token), actor, answers)
    case.process.fire(found.token, found.position, payload)
    facts = {"message": found.message, "payload": payload}
    cause = Event(uow.now, EventType.MESSAGE_RECEIVED, found.element_id, found.name, actor.user, facts)
    execution.reconcile(uow, case, cause)
    return found.instance_id


def deliver(
    uow: UnitOfWork, message: str, actor: Actor, payload: Mapping[str, Any] | None = None, key: str | None = None
) -> list[str]:
    """Bring a message by name to the case with this correlation key, or else start the process that begins with it.

    Returns the ids of the cases it reached: none where nobody waits.
    """
    table = message_subscription
    waits = (table.c.message == message, table.c.correlation_key == key, table.c.kind == "message")
    rows = select(table.c.id).join(process_instance).where(*waits, _within_reach(actor))
    waiting_now = uow.connection.execute(rows.order_by(table.c.id).limit(1)).scalar()
    if waiting_now is not None:
        return [correlate(uow, waiting_now, actor, payload or {})]
    return [
        instances.begin(uow, definition, actor, payload or {}, business_key=key, at=start).id
        for definition, start in _started_by(uow, "message", message)
    ]


def broadcast(uow: UnitOfWork, signal: str, actor: Actor, *, but: str | None = None) -> list[str]:
    """Bring a signal to every case that waits for it (but the one that threw it) and to the processes it starts."""
    table = message_subscription
    waits = select(table).where(table.c.message == signal, table.c.kind == "signal", table.c.instance_id != (but or ""))
    reached = []
    for row in uow.connection.execute(waits.order_by(table.c.instance_id, table.c.id)).all():
        case = execution.lock(uow, row.instance_id)
        case.process.fire(row.token, row.position)
        facts = {"signal": signal}
        execution.reconcile(
            uow, case, Event(uow.now, EventType.SIGNAL_RECEIVED, row.element_id, row.name, actor.user, facts)
        )
        reached.append(row.instance_id)
    begun = (
        instances.begin(uow, definition, actor, {}, at=start)
        for definition, start in _started_by(uow, "signal", signal)
    )
    return reached + [instance.id for instance in begun]


def _started_by(uow: UnitOfWork, kind: str, name: str) -> list[tuple[definitions.Definition, str]]:
    """Find the newest versions that have a start event for this message or signal."""
    newest = [definitions.load(uow, definitions.latest_id(uow, key)) for key in definitions.keys(uow)]
    return [
        (definition, start.element.id)
        for definition in newest
        for start in definition.model.starts
        if start.kind == kind and start.detail.get(kind) == name
    ]


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    """Say of a case in a statement what ``Actor.reaches`` says of its scope."""
    scope = process_instance.c.scope
    return true() if EVERYWHERE in actor.scopes else scope.is_(None) | scope.in_(sorted(actor.scopes))


def _find(uow: UnitOfWork, subscription_id: str) -> Subscription:
    table = message_subscription
    row = uow.connection.execute(_SUBSCRIPTIONS.where(table.c.id == subscription_id)).one_or_none()
    if row is None:
        raise NoSubscription(subscription_id)
    return _read(row)


def _read(row: Any) -> Subscription:
    return Subscription(*(getattr(row, name) for name in Subscription.__dataclass_fields__))
