"""Show the envelope on the page of a task: what it holds, and whether whoever reads the page may open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk import cases, envelope
from desk.envelope import EnvelopeState
from engine.errors import InstanceNotFound
from web.parts.case.envelope import EnvelopeBlock, block
from web.words import envelope as envelope_words

if TYPE_CHECKING:
    from engine.identity import Actor
    from engine.store import UnitOfWork
    from engine.tasks import UserTask


@dataclass(frozen=True)
class EnvelopeOfTask:
    """An envelope that holds something; ``closed`` says why the reader may not open it, nothing when they may."""

    block: EnvelopeBlock
    closed: str
    words = envelope_words


def envelope_of(uow: UnitOfWork, task: UserTask, actor: Actor) -> EnvelopeOfTask | None:
    """Read the envelope of a task's case; nothing when it holds nothing, or when the case is not the actor's to see."""
    if not envelope.items(uow, task.case_id):
        return None
    try:
        case = cases.get(uow, task.case_id, actor)
    except InstanceNotFound:
        return None
    found = block(uow, case)
    if found.stato == EnvelopeState.DESTROYED:
        return None
    reason = envelope.standing(uow, case.id, actor)
    return EnvelopeOfTask(found, envelope_words.CLOSED_BECAUSE[reason] if reason else "")
