"""List the sections of the requester's page beside the state of their request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.requester import ratings
from web.requester import documents, envelope, meeting
from web.requester.rating import STARS

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from engine.store import UnitOfWork


def sections(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any]:
    """Give the variables of the page's sections."""
    parts = (_rating, documents.section, envelope.section, meeting.section)
    return {name: value for part in parts for name, value in part(uow, case).items()}


def _rating(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any]:
    return {"valutabile": ratings.may_rate(uow, case), "domanda": ratings.QUESTION, "voti": STARS, "dato": None}
