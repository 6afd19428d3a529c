"""Set and read retention terms: how many months after its end a case may be erased, by its outcome.

GDPR art. 5(1)(e) asks that data be kept no longer than needed. The defaults are a proposal: what a Comune registers
follows its own *massimario di scarto*, so the programme may change every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from desk.access import Permission, require
from desk.errors import InvalidTerm
from desk.model import Case, Comune, LegalHold, RetentionRule
from desk.states import PublicState
from engine import paging
from engine.model import insert_into

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from engine.identity import Actor
    from engine.store import UnitOfWork

DEFAULTS: Mapping[PublicState, int] = {
    PublicState.CONCLUDED: 36,
    PublicState.NOT_OURS: 12,
    PublicState.WITHDRAWN: 12,
    PublicState.CANCELED: 3,
}
LONGEST = 600
"""Months."""
A_MONTH = timedelta(days=365.25 / 12)
_STANDING = (LegalHold.case_id == Case.id, LegalHold.lifted_at.is_(None))
_HELD = select(LegalHold.reason).where(*_STANDING).limit(1).correlate(Case).scalar_subquery()
"""Why a pratica stays all the same; nothing when no hold stands."""


@dataclass(frozen=True)
class Expired:
    """A pratica whose term is over, as whoever erases it may know it: nothing of what it says."""

    id: str
    number: str
    comune: str
    state: PublicState
    closed_at: datetime
    expired_at: datetime
    #: Why it stays all the same.
    held_for: str | None


def months(uow: UnitOfWork) -> dict[PublicState, int]:
    """Give the term of every outcome, in months from the end of the pratica."""
    rows = uow.connection.execute(select(RetentionRule.state, RetentionRule.months))
    return {**DEFAULTS, **{PublicState(row.state): row.months for row in rows}}


def set_months(uow: UnitOfWork, state: PublicState, number: int, actor: Actor) -> None:
    """Change the term of an outcome.

    Raises:
        NotAllowed: the actor's role does not decide it.
        InvalidTerm: pratiche do not end so, or the number is not between 1 and 600.

    """
    require(actor, Permission.ERASE_CASES)
    if state not in DEFAULTS or not 1 <= number <= LONGEST:
        raise InvalidTerm(state, number)
    changes = {"months": number, "changed_by": actor.user, "changed_at": uow.now}
    statement = insert_into(RetentionRule, uow.connection.dialect.name).values(state=state.value, **changes)
    uow.connection.execute(statement.on_conflict_do_update(index_elements=["state"], set_=changes))


def expired(
    uow: UnitOfWork, actor: Actor, *, held: bool = False, after: str | None = None, size: int = 25
) -> paging.Page[Expired]:
    """Give a page of the pratiche whose term is over, the oldest first: those that would go, or those a hold keeps.

    Raises:
        NotAllowed: the actor's role does not erase.

    """
    require(actor, Permission.ERASE_CASES)
    terms = months(uow)
    over = (_is_over(uow, terms), _HELD.is_not(None) if held else _HELD.is_(None))
    ids: Any = select(Case.id).where(*over)
    listing = paging.Listing(_whole().where(*over), ids, Case.closed_at.expression, Case.id.expression)
    return listing.page(uow.connection, lambda row: _read(row, terms), after, size)


def find_expired(uow: UnitOfWork, case_id: str) -> Expired | None:
    """Give a pratica if its term is over."""
    terms = months(uow)
    row = uow.connection.execute(_whole().where(_is_over(uow, terms), Case.id == case_id)).one_or_none()
    return _read(row, terms) if row else None


def _is_over(uow: UnitOfWork, terms: Mapping[PublicState, int]) -> ColumnElement[bool]:
    ends = (and_(Case.state == state, Case.closed_at <= uow.now - _term(term)) for state, term in terms.items())
    return or_(*ends)


def _whole() -> Select[Any]:
    names = (Case.id, Case.number, Comune.name, Case.state, Case.closed_at, _HELD.label("held_for"))
    return select(*names).join(Comune)


def _read(row: Any, terms: Mapping[PublicState, int]) -> Expired:
    case_id, number, comune, written, closed_at, held_for = row
    state = PublicState(written)
    return Expired(case_id, number, comune, state, closed_at, closed_at + _term(terms[state]), held_for)


def _term(number: int) -> timedelta:
    return A_MONTH * number
