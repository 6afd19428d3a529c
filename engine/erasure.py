"""Take a case away for good: its state, its variables, its tasks and drafts, its history. It cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from engine.errors import InstanceNotFound, InstanceRunning
from engine.model.tables import draft, history_event, job, message_subscription, process_instance, user_task

if TYPE_CHECKING:
    from engine.store import UnitOfWork

BELONGING = (job, message_subscription, history_event, user_task)
"""The tables that hold rows of a case, by its ``instance_id``."""


def erase(uow: UnitOfWork, instance_id: str) -> dict[str, int]:
    """Delete everything the engine keeps of a case that has ended; returns how many rows of each table went.

    Raises:
        InstanceNotFound: there is none with this id.
        InstanceRunning: it has not ended.

    """
    mine = process_instance.c.id == instance_id
    state = uow.connection.execute(select(process_instance.c.state).where(mine).with_for_update()).scalar()
    if state is None:
        raise InstanceNotFound(instance_id)
    if state == "active":
        raise InstanceRunning(instance_id)
    tasks = select(user_task.c.id).where(user_task.c.instance_id == instance_id)
    gone = {"draft": uow.connection.execute(delete(draft).where(draft.c.task_id.in_(tasks))).rowcount}
    for table in BELONGING:
        gone[table.name] = uow.connection.execute(delete(table).where(table.c.instance_id == instance_id)).rowcount
    gone[process_instance.name] = uow.connection.execute(delete(process_instance).where(mine)).rowcount
    return gone
