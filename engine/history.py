"""Write and read the history of a case, in the order it happened: every transition adds to it, nothing changes it.

The events of a case form a chain: each carries a digest over itself and the digest before it, and the case keeps the
last one, so that whoever changes, removes or inserts a row is found out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import insert, select, update

from engine.errors import InstanceNotFound
from engine.model.tables import history_event, process_instance
from engine.store import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from engine.store import UnitOfWork


class EventType(StrEnum):
    """The events of a case, past tense."""

    #: The first event of every case.
    INSTANCE_STARTED = "instance_started"
    TASK_CLAIMED = "task_claimed"
    TASK_UNCLAIMED = "task_unclaimed"
    #: Facts: ``to``, the new assignee.
    TASK_ASSIGNED = "task_assigned"
    #: Facts: ``task``, ``answers``.
    TASK_COMPLETED = "task_completed"
    #: The case moved on without the task.
    TASK_CANCELED = "task_canceled"
    TIMER_FIRED = "timer_fired"
    #: Facts: ``message``, ``payload``.
    MESSAGE_RECEIVED = "message_received"
    #: Facts: ``signal``.
    SIGNAL_RECEIVED = "signal_received"
    OPERATION_COMPLETED = "operation_completed"
    #: Facts: ``decision``, ``value``, ``trace`` (which rules counted, and why).
    DECISION_MADE = "decision_made"
    #: A job has used up its attempts. Facts: ``job``, ``problem``.
    INCIDENT_OPENED = "incident_opened"
    INSTANCE_COMPLETED = "instance_completed"
    #: Facts: ``reason``.
    INSTANCE_CANCELED = "instance_canceled"
    #: Written by the program above the engine. Facts are its own.
    NOTED = "noted"


@dataclass(frozen=True)
class Break:
    """Where a case's history is not what was written: an event changed, removed, inserted, or the last ones gone."""

    instance_id: str
    #: The first event that does not follow from the one before it; nothing where the end is missing.
    event_id: int | None


@dataclass(frozen=True)
class Linked:
    """An event and the digest that seals it together with all events before it."""

    event: Event
    digest: str


def linked(instance_id: str, head: str | None, events: Iterable[Event]) -> list[Linked]:
    """Chain events to the last one of their case: each digest covers the event and the digest before it."""
    links = []
    for event in events:
        head = _digest(head or instance_id, event)
        links.append(Linked(event, head))
    return links


def write(uow: UnitOfWork, instance_id: str, events: Iterable[Event]) -> None:
    """Append events to a case's history outside a transition; the case is locked for it.

    Raises:
        InstanceNotFound: there is no such case any more.

    """
    table = process_instance
    mine = table.c.id == instance_id
    row = uow.connection.execute(select(table.c.history_head).where(mine).with_for_update(key_share=True)).first()
    if row is None:
        raise InstanceNotFound(instance_id)
    links = linked(instance_id, row.history_head, events)
    append(uow, instance_id, links)
    uow.connection.execute(update(table).where(mine).values(history_head=links[-1].digest))


def append(uow: UnitOfWork, instance_id: str, links: Iterable[Linked]) -> None:
    """Insert events whose last digest the caller writes as the head of the case."""
    rows = [
        {
            "instance_id": instance_id,
            "at": link.event.at,
            "type": link.event.type,
            "element_id": link.event.element_id,
            "name": link.event.name,
            "actor": link.event.actor,
            "facts": link.event.facts,
            "digest": link.digest,
        }
        for link in links
    ]
    uow.connection.execute(insert(history_event), rows)


def read(uow: UnitOfWork, instance_id: str) -> list[Event]:
    """Give a case's history, oldest first."""
    table = history_event
    rows = select(table).where(table.c.instance_id == instance_id).order_by(table.c.id)
    return [_event(row) for row in uow.connection.execute(rows)]


def verify(uow: UnitOfWork, instance_id: str | None = None) -> Iterator[Break]:
    """Find the cases whose history was touched since it was written: at most one break for each, the first."""
    cases, events = process_instance, history_event
    statement = (
        select(cases.c.id.label("case_id"), cases.c.history_head, events)
        .select_from(cases.outerjoin(events))
        .order_by(cases.c.id, events.c.id)
    )
    if instance_id is not None:
        statement = statement.where(cases.c.id == instance_id)
    for case_id, rows in groupby(uow.connection.execute(statement), key=lambda row: row.case_id):
        found = _first_break(case_id, list(rows))
        if found is not None:
            yield found


def _first_break(case_id: str, rows: Sequence[Any]) -> Break | None:
    head = case_id
    for row in rows:
        if row.id is not None:
            head = _digest(head, _event(row))
            if head != row.digest:
                return Break(case_id, row.id)
    return None if head == rows[0].history_head else Break(case_id, None)


def _digest(before: str, event: Event) -> str:
    """Seal an event, SHA-256 over what came before and every member of the event as the database keeps it."""
    at = event.at.astimezone(UTC).isoformat()
    members = (before, at, event.type, event.element_id, event.name, event.actor, event.facts)
    return sha256(orjson.dumps(members)).hexdigest()


def _event(row: Any) -> Event:
    return Event(row.at, row.type, row.element_id, row.name, row.actor, row.facts)
