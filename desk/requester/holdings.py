"""Read what the desk holds about a requester beside their answers: the messages sent, the state of their envelope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk.model import Envelope, Mail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.store import UnitOfWork

LINK = "link"
"""The message that carries a link: whoever reads it again must not find a way in."""


@dataclass(frozen=True)
class SentMail:
    """A message about the case that went, or is about to go, to an address of the requester's."""

    subject: str
    to: str
    created_at: datetime
    sent_at: datetime | None
    text: str


@dataclass(frozen=True)
class EnvelopeChoices:
    """What the requester decided about their envelope, and whether it still exists."""

    spoken_only: bool = False
    destroyed_at: datetime | None = None


def mails_of(uow: UnitOfWork, case_id: str, address: str | None) -> Sequence[SentMail]:
    """List the messages about a case to one address, oldest first; whose it is the caller knows."""
    columns = (Mail.name, Mail.subject, Mail.recipient, Mail.created_at, Mail.sent_at, Mail.text)
    rows = select(*columns).where(Mail.case_id == case_id, Mail.recipient == address, Mail.state != "withdrawn")
    found = uow.connection.execute(rows.order_by(Mail.created_at, Mail.id))
    return [
        SentMail(row.subject, row.recipient, row.created_at, row.sent_at, "" if row.name == LINK else row.text)
        for row in found
    ]


def envelope_state(uow: UnitOfWork, case_id: str) -> EnvelopeChoices:
    """Say how the envelope of a case stands; nobody needs to have made one."""
    mine = select(Envelope.spoken_only, Envelope.destroyed_at).where(Envelope.case_id == case_id)
    row = uow.connection.execute(mine).one_or_none()
    return EnvelopeChoices(*row) if row else EnvelopeChoices()
