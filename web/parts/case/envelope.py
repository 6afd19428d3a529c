"""Tell what a case's summary says of its envelope: the agreement in force, who may open it, how often it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk import envelope
from desk.calendar import local_date
from desk.envelope import AgreementKind, EnvelopeState, Note, agreements
from web.words import envelope as words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from desk.cases import CaseSummary
    from desk.envelope import Recorded
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class EnvelopeBlock:
    """What may be known of an envelope without opening it."""

    stato: EnvelopeState
    #: Names by user name of those whom an agreement in force names.
    nominati: Mapping[str, str]
    #: A waiver lets fill the envelope without an agreement.
    rinuncia: bool
    quanti: int
    aperture: int

    @property
    def contiene(self) -> str:
        return words.things(self.quanti)


def block(uow: UnitOfWork, case: CaseSummary) -> EnvelopeBlock:
    """Read the envelope of a case that the reader was let see."""
    recorded, today = agreements.of_case(uow, case.id), local_date(uow.now)
    seen = envelope.accesses(uow, case.id)
    return EnvelopeBlock(
        envelope.state(uow, case.id),
        nominees(recorded, today),
        any(each.kind is AgreementKind.WAIVER and each.in_force(today) for each in recorded),
        len(envelope.items(uow, case.id)),
        sum(each.note == Note.OPENED for each in seen),
    )


def nominees(recorded: Sequence[Recorded], today: date) -> dict[str, str]:
    """Give the names, by user name, of those whom an agreement in force names."""
    return {user: name for each in recorded if each.in_force(today) for user, name in each.people.items()}
