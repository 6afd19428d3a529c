"""Show a case on its own diagram: what it has passed, and where its tokens wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, union

from engine import definitions, history
from engine.errors import InstanceNotFound
from engine.model.tables import job, message_subscription, process_definition, process_instance, user_task

if TYPE_CHECKING:
    from engine.bpmn import ProcessModel
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class DrawnCase:
    """A diagram with a case's path on it, by element and flow ids."""

    name: str
    version: int
    xml: bytes
    done: frozenset[str]
    here: frozenset[str]
    flows: frozenset[str]
    model: ProcessModel


def diagram(uow: UnitOfWork, instance_id: str) -> DrawnCase:
    """Draw a case on the version of the diagram that it runs on.

    Raises:
        InstanceNotFound: there is no such case.

    """
    joined = process_instance.join(process_definition)
    statement = select(process_definition).select_from(joined).where(process_instance.c.id == instance_id)
    row = uow.connection.execute(statement).one_or_none()
    if row is None:
        raise InstanceNotFound(instance_id)
    definition = definitions.load(uow, row.id)
    trail = [step for event in history.read(uow, instance_id) for step in event.facts.get("trail", ())]
    return DrawnCase(
        row.name,
        row.version,
        _drawing(definitions.resources(uow, row.deployment_id), row.key),
        frozenset(element for kind, element in trail if kind in ("completed", "ended", "decision")),
        _here(uow, instance_id, definition.model),
        frozenset(element for kind, element in trail if kind == "flow"),
        definition.model,
    )


def _drawing(documents: dict[str, bytes], key: str) -> bytes:
    """Find the file that draws the process: the one that names it."""
    diagrams = [content for name, content in documents.items() if name.endswith(".bpmn")]
    named = [content for content in diagrams if f'id="{key}"'.encode() in content]
    return (named or diagrams)[0]


def _here(uow: UnitOfWork, instance_id: str, model: ProcessModel) -> frozenset[str]:
    """List the elements that tokens wait at; timers and messages on the border of a task are not places to be."""
    waiting = union(
        select(user_task.c.element_id).where(user_task.c.instance_id == instance_id, user_task.c.state == "created"),
        select(job.c.element_id).where(job.c.instance_id == instance_id, job.c.state.in_(("due", "incident"))),
        select(message_subscription.c.element_id).where(message_subscription.c.instance_id == instance_id),
    )
    found = uow.connection.execute(waiting).scalars()
    return frozenset(each for each in found if model.elements[each].type not in ("boundaryEvent", "startEvent"))
