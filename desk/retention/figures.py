"""Count what is left of erased cases: how many were alike, how long they took, how many meetings they had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import extract, func, select

from desk.access import Permission, require
from desk.model import CaseFigures, Comune, Meeting

if TYPE_CHECKING:
    from datetime import datetime

    from engine.identity import Actor
    from engine.store import UnitOfWork

HELD_MEETINGS = ("svolta", "parziale")


@dataclass(frozen=True)
class Figures:
    """How many erased pratiche were alike, and how many meetings they had together."""

    comune: str
    year: int
    topic: str | None
    state: str
    cases: int
    meetings: int


def figures(uow: UnitOfWork, actor: Actor) -> list[Figures]:
    """Count the erased pratiche by Comune, year of opening, topic and outcome.

    Raises:
        NotAllowed: the actor's role does not erase.

    """
    require(actor, Permission.ERASE_CASES)
    year = extract("year", CaseFigures.opened_month)
    by = (Comune.name, year, CaseFigures.topic, CaseFigures.state)
    sums = (func.count(), func.sum(CaseFigures.meetings))
    rows = select(*by, *sums).select_from(CaseFigures).join(Comune).group_by(*by).order_by(*by)
    return [Figures(*row) for row in uow.connection.execute(rows)]


def figures_of(uow: UnitOfWork, case: Any) -> dict[str, Any]:
    """Take from a pratica what may stay: nothing by which a person is found again."""
    held = select(func.count()).where(Meeting.case_id == case.id, Meeting.state.in_(HELD_MEETINGS))
    return {
        "istat": case.istat,
        "opened_month": case.opened_at.date().replace(day=1),
        "topic": case.topic,
        "urgency": case.urgency,
        "state": case.state,
        "outcome": case.outcome,
        "days_to_forward": _days(case.opened_at, case.forwarded_at),
        "days_to_close": _days(case.opened_at, case.closed_at),
        "meetings": uow.connection.execute(held).scalar_one(),
    }


def _days(first: datetime, last: datetime | None) -> int | None:
    return (last - first).days if last else None
