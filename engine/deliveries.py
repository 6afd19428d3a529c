"""Bring messages and signals to their recipients, one in each transaction, which holds the recipient's row alone.

What a case threw becomes a job for each recipient; that job looks again, under the recipient's lock, who still waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine import definitions, execution, instances, messages, postings
from engine.errors import InstanceNotRunning, NoSubscription
from engine.execution import by_itself
from engine.history import EventType
from engine.identity import ENGINE
from engine.model.tables import message_subscription
from engine.postings import BEGINS, SUBSCRIPTIONS, Posting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Parcel:
    """A message or a signal in the hands of a job: of whoever threw it, or of whoever shall get it."""

    kind: str
    name: str
    detail: Mapping[str, Any]
    #: The case whose job it is, and the element that the job is shown at.
    instance_id: str
    element_id: str

    @property
    def posting(self) -> Posting:
        """What is on its way, whoever has it in hand."""
        tried, actor = self.detail.get("tried", ()), self.detail.get("actor", ENGINE.user)
        return Posting(self.kind, self.name, self.detail["key"], actor, tried)


def bring(uow: UnitOfWork, parcel: Parcel) -> None:
    """Bring what a case threw one step further: to those who shall get it, or to the one whose job this is.

    Raises:
        ExpressionFailed, NoPathChosen, StepBudgetExceeded: the recipient cannot go on from there.

    """
    if BEGINS in parcel.detail:
        _begin(uow, parcel)
    elif SUBSCRIPTIONS not in parcel.detail:
        _spread(uow, parcel, parcel.posting)
    elif parcel.kind == "signal":
        _signal(uow, parcel)
    else:
        _message(uow, parcel)


def _spread(uow: UnitOfWork, parcel: Parcel, posting: Posting) -> None:
    """Find who shall get it: of a message one case that waits, or else what it begins; of a signal all of them."""
    sender = (parcel.instance_id, parcel.element_id)
    if posting.kind == "signal":
        postings.to_cases(uow, posting, but=parcel.instance_id)
        postings.to_starts(uow, posting, sender)
    elif not postings.to_case(uow, posting, ENGINE):
        postings.to_starts(uow, posting, sender)


def _begin(uow: UnitOfWork, parcel: Parcel) -> None:
    definition_id, start = parcel.detail[BEGINS]
    definition = definitions.load(uow, definition_id)
    instances.begin(uow, definition, ENGINE, {}, business_key=parcel.posting.key, at=start)


def _message(uow: UnitOfWork, parcel: Parcel) -> None:
    """Bring a message to the case that was found waiting; where it waits no more, look for another."""
    (subscription,) = parcel.detail[SUBSCRIPTIONS]
    posting = parcel.posting
    try:
        messages.correlate(uow, subscription, ENGINE, {})
    except (NoSubscription, InstanceNotRunning):
        _spread(uow, parcel, replace(posting, tried={*posting.tried, subscription}))


def _signal(uow: UnitOfWork, parcel: Parcel) -> None:
    """Let a signal reach all that still waits for it in one case, in one transition."""
    table = message_subscription
    rows = uow.connection.execute(select(table).where(table.c.id.in_(parcel.detail[SUBSCRIPTIONS]))).all()
    if not rows:
        return
    case = execution.lock(uow, parcel.instance_id)
    reached = case.process.receive([(row.token, row.position) for row in rows])
    first = next((row for row in rows if (row.token, row.position) in reached), None)
    if first is not None:
        cause = by_itself(uow, EventType.SIGNAL_RECEIVED, first.element_id, first.name, {"signal": parcel.name})
        execution.reconcile(uow, case, replace(cause, actor=parcel.posting.actor))
