"""Let a requester in without an account: number and second secret open one case for a while."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import session

from desk import cases
from desk.requester import secrets
from desk.states import Turn
from engine import instances
from engine.identity import Actor
from web.request.context import now, settings

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

KEY = "richiesta"


class RequesterGone(Exception):
    """The requester's page was asked for without having opened it, or after it closed."""


def let_in(case: CaseSummary, *, keep_session: bool) -> None:
    """Open the case's page in this browser; a work session beside it goes on, anything else is forgotten."""
    if not keep_session:
        session.clear()
    session.permanent = True
    session[KEY] = {"id": case.id, "since": now().timestamp()}


def let_out() -> None:
    session.pop(KEY, None)


def is_in() -> bool:
    return KEY in session


def own_case(uow: UnitOfWork) -> CaseSummary:
    """Give the case that this browser opened.

    Raises:
        RequesterGone: it opened none, too long has passed, or the secret has been replaced since.

    """
    opened = session.get(KEY)
    if not opened or now().timestamp() - opened["since"] > settings().longest_session.total_seconds():
        raise RequesterGone
    case = cases.by_id(uow, [opened["id"]]).get(opened["id"])
    if case is None or _secret_replaced(uow, case.id, datetime.fromtimestamp(opened["since"], UTC)):
        raise RequesterGone
    return case


def requester(case: CaseSummary) -> Actor:
    """Give the actor that a requester is, within the case's own Comune; no task is ever given to that group."""
    return Actor(Turn.REQUESTER.value, {Turn.REQUESTER.value}, (case.istat,))


def _secret_replaced(uow: UnitOfWork, case_id: str, since: datetime) -> bool:
    """Say whether a new secret was made after the page was opened: the old one opens nothing any more."""
    made = (event.at for event in instances.history(uow, case_id) if event.facts.get("note") == secrets.NOTE)
    return max(made, default=since) > since
