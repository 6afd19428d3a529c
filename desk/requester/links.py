"""Send links that open the requester's page: once each, for half an hour, to whoever reads their mail."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select

from desk import cases
from desk.addresses import is_deliverable
from desk.model import Case, RequesterLink
from desk.people import throttle
from desk.people.throttle import Limit
from desk.requester.secrets import tidy

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

LIFE = timedelta(minutes=30)
PER_NUMBER = 3
PER_ADDRESS = 20


@dataclass(frozen=True)
class Link:
    """A link just made: its token is known here and in the mail, nowhere else."""

    token: str
    case: CaseSummary
    #: Where the mail goes: the address that the request holds, never one typed by whoever asks.
    email: str


def ask(uow: UnitOfWork, number: str, address: str) -> Link | None:
    """Make a link for the request with this number; nothing where there is none, or none with an e-mail address.

    The page says the same in either case. Every asking counts: three for a number, twenty from one address, in a
    quarter of an hour.

    Raises:
        TooManyAttempts: there were as many.

    """
    wanted = tidy(number)
    limits = [Limit("link", wanted, PER_NUMBER), Limit("links", address, PER_ADDRESS)]
    throttle.guard(uow, limits)
    throttle.failed(uow, limits)
    token = secrets.token_urlsafe(32)
    found = uow.connection.execute(select(Case.id, Case.email).where(Case.number == wanted)).one_or_none()
    if found is None or not is_deliverable(found.email):
        return None
    row = {"digest": _digest(token), "case_id": found.id, "expires_at": uow.now + LIFE}
    uow.connection.execute(insert(RequesterLink), [row])
    return Link(token, cases.by_id(uow, [found.id])[found.id], found.email)


def open_with(uow: UnitOfWork, token: str, address: str) -> CaseSummary | None:
    """Give the case that a link opens and use the link up; nothing for one that is used, over or invented.

    Of two that come at once one opens. A failure is returned, not raised, so that it stays counted.

    Raises:
        TooManyAttempts: twenty failed from this address in a quarter of an hour.

    """
    limit = Limit("link opened", address, PER_ADDRESS)
    throttle.guard(uow, [limit])
    mine = (RequesterLink.digest == _digest(token), RequesterLink.expires_at > uow.now)
    used = delete(RequesterLink).where(*mine).returning(RequesterLink.case_id)
    case_id = uow.connection.execute(used).scalar_one_or_none()
    if case_id is None:
        throttle.failed(uow, [limit])
        return None
    _forget_others(uow, case_id)
    return cases.by_id(uow, [case_id])[case_id]


def _forget_others(uow: UnitOfWork, case_id: str) -> None:
    """Remove what is over, and what else was sent for the same page: it has been opened."""
    over = or_(RequesterLink.expires_at <= uow.now, RequesterLink.case_id == case_id)
    uow.connection.execute(delete(RequesterLink).where(over))


def _digest(token: str) -> str:
    """Give what is kept of a token: 256 random bits need no slow hash, and are looked up by it alone."""
    return sha256(token.encode()).hexdigest()
