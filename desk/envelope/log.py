"""Log what happens to an envelope in its case's history: who, in which role, why, never the content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desk import people
from desk.access import roles_of
from engine import history
from engine.history import EventType
from engine.store import Event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.identity import Actor
    from engine.store import UnitOfWork


class Note(StrEnum):
    """The lines about an envelope; their facts name items by id and people by user name."""

    #: Facts: ``accordo``, ``versione``, ``impronta``, ``mezzo``, ``persone``, ``fino_al``.
    AGREED = "busta_accordo"
    WAIVED = "busta_rinuncia"
    #: Facts: ``accordi``.
    REVOKED = "busta_revoca"
    #: Facts: ``persona``.
    CONFLICT = "busta_conflitto"
    CONFLICT_OVER = "busta_conflitto_tolto"
    #: Facts: ``elemento``, ``genere``.
    DEPOSITED = "busta_depositata"
    #: Facts: ``elemento``.
    TAKEN_OUT = "busta_tolta"
    #: Facts: ``a_voce``.
    SPOKEN_ONLY = "busta_a_voce"
    DESTROYED = "busta_distrutta"
    #: Facts: ``ruolo``, ``motivo``, ``elementi``.
    OPENED = "busta_aperta"
    #: Facts: ``ruolo``, ``motivo``, ``elementi``.
    DOWNLOADED = "busta_scaricata"
    #: Facts: ``ruolo``, ``motivo``, ``elementi``, ``perche`` (a ``DenialReason``).
    REFUSED = "busta_rifiutata"


SEEN = frozenset({Note.OPENED, Note.DOWNLOADED, Note.REFUSED})


class Purpose(StrEnum):
    """Why somebody opens an envelope: a closed list, so that the reason itself says nothing of the idea."""

    FIRST_ANALYSIS = "prima_analisi"
    PREPARE_MEETING = "preparare_incontro"
    MEETING = "incontro"
    OUTCOME = "percorso"
    REQUESTER_ASKED = "chiesto_dal_richiedente"


class DenialReason(StrEnum):
    """Why an envelope stays closed for somebody."""

    NO_AGREEMENT = "nessun_accordo"
    NOT_NAMED = "non_nominato"
    EXPIRED = "scaduto"
    REVOKED = "revocato"
    CONFLICT = "conflitto"
    NO_PURPOSE = "senza_motivo"
    #: Somebody who does not even see the case; they read that there is no such page.
    STRANGER = "estraneo"
    #: What is in the database is not what was deposited.
    TAMPERED = "alterata"


@dataclass(frozen=True)
class EnvelopeAccess:
    """A line of «Chi ha visto la mia documentazione»."""

    at: datetime
    note: Note
    username: str
    name: str
    role: str
    purpose: Purpose | None
    #: How many texts and files were shown.
    count: int
    #: Why it stayed closed; nothing when it was opened.
    reason: DenialReason | None


def write(uow: UnitOfWork, case_id: str, actor: Actor, note: Note, facts: Mapping[str, object] | None = None) -> None:
    """Append a line to the history of the case."""
    told = {"note": note.value, **(facts or {})}
    history.write(uow, case_id, [Event(uow.now, EventType.NOTED, None, None, actor.user, told)])


def acting_role(actor: Actor) -> str:
    return ", ".join(roles_of(actor)) or ", ".join(sorted(actor.groups))


def accesses(uow: UnitOfWork, case_id: str) -> list[EnvelopeAccess]:
    """Tell who opened, downloaded or was refused the envelope, latest first, for whoever was let see the case."""
    events = [event for event in history.read(uow, case_id) if event.facts.get("note") in SEEN]
    names = people.names(uow, {event.actor for event in events})
    return [_access(event, names) for event in reversed(events)]


def _access(event: Event, names: Mapping[str, str]) -> EnvelopeAccess:
    facts = event.facts
    return EnvelopeAccess(
        at=event.at,
        note=Note(facts["note"]),
        username=event.actor,
        name=names.get(event.actor, event.actor),
        role=facts["ruolo"],
        purpose=Purpose(facts["motivo"]) if facts.get("motivo") else None,
        count=len(facts["elementi"]),
        reason=DenialReason(facts["perche"]) if facts.get("perche") else None,
    )
