"""List steps of cases that happen by themselves and stopped, and let them go on.

Messages that do not go have their own list in ``desk.mail.outbox``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk.access import Permission, require
from desk.errors import StepNotFound
from engine import definitions, jobs
from engine.model import process_instance
from engine.paging import Page

if TYPE_CHECKING:
    from engine.identity import Actor
    from engine.jobs import Job
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class StoppedStep:
    """A timer or an operation that used up its attempts; of its case no more than the number is told."""

    id: str
    #: Nothing for a process that is no pratica.
    number: str | None
    #: What the diagram calls the step.
    step: str
    problem: str


def stopped(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25) -> Page[StoppedStep]:
    """Give a page of the steps that stopped, oldest first, in three statements.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.

    """
    require(actor, Permission.MEND)
    found = jobs.stopped(uow, after=after, size=size)
    table = process_instance.c
    rows = select(table.id, table.business_key, table.definition_id).where(
        table.id.in_([each.instance_id for each in found.items])
    )
    instances = {row.id: row for row in uow.connection.execute(rows)}
    steps = tuple(_told(uow, each, *instances[each.instance_id][1:]) for each in found.items)
    return Page(steps, found.next, found.count, found.capped, found.before, found.starts)


def retry(uow: UnitOfWork, step_id: str, actor: Actor) -> None:
    """Let a step try again, from now.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.
        StepNotFound: no such step stopped, or it goes on already.

    """
    require(actor, Permission.MEND)
    if not jobs.retry(uow, step_id):
        raise StepNotFound(step_id)


def retry_all(uow: UnitOfWork, actor: Actor) -> int:
    """Let every step that stopped try again, from now; returns how many they were.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.

    """
    require(actor, Permission.MEND)
    return jobs.retry_all(uow)


def _told(uow: UnitOfWork, job: Job, number: str | None, definition_id: str) -> StoppedStep:
    element = definitions.load(uow, definition_id).model.elements.get(job.element_id)
    name = (element.name if element else None) or job.element_id
    return StoppedStep(job.id, number, name, job.problem or "")
