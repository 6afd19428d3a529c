"""Messages: who waits for one, and how it reaches them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine import execution, instances, postings
from engine.answers import AskedForm, accepted
from engine.errors import InstanceNotRunning, NoSubscription
from engine.history import EventType
from engine.model.tables import job, message_subscription
from engine.postings import Posting
from engine.store import Event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

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
        InstanceNotRunning: the case that waited has ended a moment ago.
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
    posting = Posting("message", message, key, actor.user)
    while (found := postings.first_waiting(uow, posting, actor)) is not None:
        try:
            return [correlate(uow, found.id, actor, payload or {})]
        except (NoSubscription, InstanceNotRunning):  # it went on a moment ago
            posting = replace(posting, tried={*posting.tried, found.id})
    return [
        instances.begin(uow, definition, actor, payload or {}, business_key=key, at=start).id
        for definition, start in postings.started_by(uow, "message", message)
    ]


def broadcast(uow: UnitOfWork, signal: str, actor: Actor) -> list[str]:
    """Send a signal to every case that waits for it, and begin the processes that start with it.

    Each case gets it by a job of its own, so that none fails for another. Returns the ids of those that wait, and of
    those begun.
    """
    waiting_now = postings.to_cases(uow, Posting("signal", signal, None, actor.user))
    begun = (
        instances.begin(uow, definition, actor, {}, at=start)
        for definition, start in postings.started_by(uow, "signal", signal)
    )
    return waiting_now + [instance.id for instance in begun]


def _find(uow: UnitOfWork, subscription_id: str) -> Subscription:
    table = message_subscription
    row = uow.connection.execute(_SUBSCRIPTIONS.where(table.c.id == subscription_id)).one_or_none()
    if row is None:
        raise NoSubscription(subscription_id)
    return _read(row)


def _read(row: Any) -> Subscription:
    return Subscription(*(getattr(row, name) for name in Subscription.__dataclass_fields__))
