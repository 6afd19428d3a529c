"""What happened in a case, in the order it happened: written by every transition, never changed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from engine.model.tables import history_event
from engine.store import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def write(uow: UnitOfWork, instance_id: str, events: Iterable[Event]) -> None:
    """Append events to a case's history."""
    rows = [
        {
            "instance_id": instance_id,
            "at": event.at,
            "type": event.type,
            "element_id": event.element_id,
            "name": event.name,
            "actor": event.actor,
            "facts": event.facts,
        }
        for event in events
    ]
    uow.connection.execute(insert(history_event), rows)


def read(uow: UnitOfWork, instance_id: str) -> list[Event]:
    """Give a case's history, oldest first."""
    table = history_event
    rows = select(table).where(table.c.instance_id == instance_id).order_by(table.c.id)
    return [
        Event(row.at, row.type, row.element_id, row.name, row.actor, row.facts) for row in uow.connection.execute(rows)
    ]
