"""Steps of pratiche that happen by themselves and stopped: somebody reads why, mends it and lets them go on.

Messages that do not go have their own list in ``desk.mail.outbox``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk.access import Permission, require
from desk.errors import StepNotFound
from engine import definitions, jobs
from engine.model.tables import process_instance

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


def stopped(uow: UnitOfWork, actor: Actor) -> list[StoppedStep]:
    """List the steps that stopped, oldest first.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.

    """
    require(actor, Permission.MEND)
    found = jobs.incidents(uow)
    table = process_instance.c
    rows = select(table.id, table.business_key, table.definition_id).where(
        table.id.in_([each.instance_id for each in found])
    )
    instances = {row.id: row for row in uow.connection.execute(rows)}
    return [_told(uow, each, *instances[each.instance_id][1:]) for each in found]


def retry(uow: UnitOfWork, step_id: str, actor: Actor) -> None:
    """Let a step try again, from now.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.
        StepNotFound: no such step stopped, or it goes on already.

    """
    require(actor, Permission.MEND)
    if step_id not in {each.id for each in jobs.incidents(uow)}:
        raise StepNotFound(step_id)
    jobs.retry(uow, step_id)


def _told(uow: UnitOfWork, job: Job, number: str | None, definition_id: str) -> StoppedStep:
    element = definitions.load(uow, definition_id).model.elements.get(job.element_id)
    name = (element.name if element else None) or job.element_id
    return StoppedStep(job.id, number, name, job.problem or "")
