"""Read convocations: the state of each, its meeting, and the times it proposes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk.model import Case, Comune, Engagement, Meeting
from desk.slots import Slot

if TYPE_CHECKING:
    from datetime import datetime

    from engine.store import UnitOfWork


class ConvocationState(StrEnum):
    """How a convocation stands; the last three are what people recorded, never inferred from the time."""

    PROPOSED = "proposta"
    CONFIRMED = "confermata"
    #: Confirmed at a time that is not the one first fixed.
    MOVED = "spostata"
    CANCELLED = "annullata"
    HELD = "svolta"
    PARTIAL = "parziale"
    ABSENT = "assente"

    @property
    def binds(self) -> bool:
        """Say whether it takes time in the agendas."""
        return self in (self.PROPOSED, self.CONFIRMED, self.MOVED)

    @property
    def fixed(self) -> bool:
        """Say whether one time is agreed and still to come."""
        return self in (self.CONFIRMED, self.MOVED)

    @property
    def recorded(self) -> bool:
        """Say whether somebody recorded who came."""
        return self in (self.HELD, self.PARTIAL, self.ABSENT)


@dataclass(frozen=True)
class Convocation:
    """The present round of calling one requester, with nothing in it of what the request is about."""

    uid: str
    case_id: str
    #: The number of the pratica.
    number: str
    #: 1, and one more each time that a meeting had an outcome and another is called.
    round: int
    state: ConvocationState
    #: User name of the analyst.
    analyst: str | None
    istat: str
    #: Name of the Comune.
    comune: str
    room: str | None
    address: str | None
    accessibility: str | None
    #: Where the Comune's desk is written to.
    comune_email: str | None
    #: Where mail reaches the requester.
    requester_email: str | None
    #: False for a meeting at a distance.
    in_person: bool
    minutes: int
    #: The time last fixed: binding only while ``state.fixed``.
    last_fixed: Slot | None
    #: Times that are held while the requester chooses; empty once one is fixed.
    proposals: tuple[Slot, ...]
    #: iCalendar SEQUENCE: it grows with every move and cancellation.
    sequence: int
    recorded_by: str
    changed_at: datetime

    @property
    def slot(self) -> Slot | None:
        """Give the time of the meeting, unless it is only proposed or cancelled."""
        return self.last_fixed if self.state.fixed or self.state.recorded else None

    @property
    def starts(self) -> datetime | None:
        return self.slot.starts if self.slot else None

    @property
    def ends(self) -> datetime | None:
        return self.slot.ends if self.slot else None


def convocation_of(uow: UnitOfWork, case_id: str) -> Convocation | None:
    """Give the last convocation of a case, in two statements; nothing when nobody was called yet.

    Whoever calls makes sure that the case may be seen.
    """
    found = _CONVOCATIONS.where(Meeting.case_id == case_id).order_by(Meeting.round.desc()).limit(1)
    row = uow.connection.execute(found).mappings().one_or_none()
    if row is None:
        return None
    values = dict(row)
    starts, ends = values.pop("starts_at"), values.pop("ends_at")
    state = ConvocationState(values.pop("state"))
    return Convocation(
        **values,
        state=state,
        last_fixed=Slot(starts, ends) if starts else None,
        proposals=engagements_of(uow, row["uid"]) if state == ConvocationState.PROPOSED else (),
    )


def engagements_of(uow: UnitOfWork, uid: str) -> tuple[Slot, ...]:
    """Give the times that a convocation takes, in order."""
    rows = select(Engagement.starts_at, Engagement.ends_at).where(Engagement.convocation == uid)
    return tuple(Slot(*row) for row in uow.connection.execute(rows.order_by(Engagement.starts_at)))


_CONVOCATIONS = (
    select(
        *(getattr(Meeting, name) for name in ("uid", "case_id", "round", "state", "analyst", "istat", "in_person")),
        *(getattr(Meeting, name) for name in ("minutes", "starts_at", "ends_at", "sequence", "recorded_by")),
        Meeting.changed_at,
        Case.number,
        Case.email.label("requester_email"),
        Comune.name.label("comune"),
        Comune.room,
        Comune.address,
        Comune.accessibility,
        Comune.email.label("comune_email"),
    )
    .join(Case, Case.id == Meeting.case_id)
    .join(Comune, Comune.istat == Meeting.istat)
)
