"""Report an opening: a requester says that somebody should not have opened their envelope.

What is wrong is chosen from a list and never written freely: words of the idea would end in the history.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from desk import envelope
from desk.errors import AccessNotFound
from engine import history, instances
from engine.history import EventType
from engine.store import Event

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from desk.envelope import EnvelopeAccess
    from engine.identity import Actor
    from engine.store import UnitOfWork

NOTE = "apertura_segnalata"


class Doubt(StrEnum):
    """What the requester finds wrong with an opening."""

    STRANGER = "persona_sconosciuta"
    NO_REASON = "motivo_non_chiaro"
    NOT_ALLOWED_ANY_MORE = "permesso_tolto"
    CALL_ME = "richiamatemi"


def key_of(access: EnvelopeAccess) -> str:
    """Name an opening on a page: when it was, to the microsecond, and who."""
    return f"{access.at.isoformat()}|{access.username}"


def report(uow: UnitOfWork, case: CaseSummary, key: str, doubt: Doubt, actor: Actor) -> bool:
    """Write the report into the history of the requester's own case; gives false when it stood there already.

    Raises:
        AccessNotFound: the case has no such opening.

    """
    found = next((each for each in envelope.accesses(uow, case.id) if key_of(each) == key), None)
    if found is None:
        raise AccessNotFound(case.id)
    instances.lock(uow, case.id)  # so that of two that come at once the second finds the first
    facts = {"note": NOTE, "apertura": found.at.isoformat(), "persona": found.username, "perche": doubt.value}
    if any(event.facts == facts for event in history.read(uow, case.id)):
        return False
    history.write(uow, case.id, [Event(uow.now, EventType.NOTED, None, None, actor.user, facts)])
    return True
