"""Tell which answer a case waits for from its requester: until which day, and what comes when it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.comuni import calendars
from desk.properties import IF_SILENT
from engine import messages
from web.request.context import now
from web.words.deadlines import Deadline, deadline

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

"""Property of an event that waits for a message beside a timer: what happens when the timer is first."""


@dataclass(frozen=True)
class Awaited:
    scadenza: Deadline
    #: What happens when no answer comes; empty where the diagram does not say.
    poi: str


def awaited(uow: UnitOfWork, case: CaseSummary) -> Awaited | None:
    """Tell the answer that a timer of the diagram waits for; nothing where none does."""
    if case.answer_by is None:
        return None
    said = (IF_SILENT.of(each.properties) for each in messages.waiting(uow, case.id) if each.expires_at)
    calendar = calendars.calendar(uow, case.istat)
    return Awaited(deadline(case.answer_by, now(), calendar), next(filter(None, said), ""))
