"""Take requesters' ratings of the service, in the words of the Comuni model, apart from who said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import exists, insert, select
from sqlalchemy.exc import IntegrityError

from desk.calendar import local_date
from desk.errors import AlreadyRated, InvalidRating, NotConcluded
from desk.model import RatingGiven, ServiceRating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

STARS = range(1, 6)
CONTENT_FROM = 4
"""From four stars on the second question asks what went well, below it what was hard."""
QUESTION = "Quanto è stato facile usare questo servizio?"
WHAT_WAS_HARD = "Dove hai incontrato le maggiori difficoltà?"
WHAT_WAS_GOOD = "Quali sono stati gli aspetti che hai preferito?"
HARD: Mapping[str, str] = {
    "indicazioni_non_chiare": "A volte le indicazioni non erano chiare",
    "indicazioni_non_complete": "A volte le indicazioni non erano complete",
    "procedevo_correttamente_no": "A volte non capivo se stavo procedendo correttamente",
    "problemi_tecnici": "Ho avuto problemi tecnici",
    "altro_no": "Altro",
}
GOOD: Mapping[str, str] = {
    "indicazioni_chiare": "Le indicazioni erano chiare",
    "indicazioni_complete": "Le indicazioni erano complete",
    "procedevo_correttamente": "Capivo sempre che stavo procedendo correttamente",
    "nessun_problema_tecnico": "Non ho avuto problemi tecnici",
    "altro_si": "Altro",
}
"""Question and answers of criterion C.SE.1.7 (italia/design-comuni-docs, servizi digitali), word for word."""
LONGEST_COMMENT = 200


@dataclass(frozen=True)
class Rating:
    """One person's answers; ``aspect`` is a key of ``HARD`` or of ``GOOD``, as the stars decide."""

    stars: int
    aspect: str
    comment: str = ""


def second_question(stars: int) -> tuple[str, Mapping[str, str]]:
    """Give the question that follows so many stars, and its answers."""
    return (WHAT_WAS_GOOD, GOOD) if stars >= CONTENT_FROM else (WHAT_WAS_HARD, HARD)


def may_rate(uow: UnitOfWork, case: CaseSummary) -> bool:
    """Say whether the requester of this case is to be asked: it has ended, and they have not answered yet."""
    given = select(exists().where(RatingGiven.case_id == case.id))
    return case.closed_at is not None and not uow.connection.execute(given).scalar_one()


def rate(uow: UnitOfWork, case: CaseSummary, rating: Rating) -> None:
    """Keep a rating, with its Comune and month, and apart from it that this case has given one.

    Raises:
        NotConcluded: the request still goes on.
        AlreadyRated: the request was rated before.
        InvalidRating: the stars or the answer are none of those asked for, or the comment is too long.

    """
    if case.closed_at is None:
        raise NotConcluded(case.id)
    _check(rating)
    _give(uow, case.id)
    month = local_date(uow.now).replace(day=1)
    row = {"id": str(uuid4()), "istat": case.istat, "month": month, "comment": rating.comment.strip() or None}
    uow.connection.execute(insert(ServiceRating), [row | {"stars": rating.stars, "aspect": rating.aspect}])


def _give(uow: UnitOfWork, case_id: str) -> None:
    try:
        with uow.connection.begin_nested():
            uow.connection.execute(insert(RatingGiven), [{"case_id": case_id}])
    except IntegrityError as twice:
        raise AlreadyRated(case_id) from twice


def _check(rating: Rating) -> None:
    if rating.stars not in STARS:
        raise InvalidRating("voto")
    if rating.aspect not in second_question(rating.stars)[1]:
        raise InvalidRating("aspetto")
    if len(rating.comment.strip()) > LONGEST_COMMENT:
        raise InvalidRating("commento")
