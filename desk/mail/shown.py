"""Read the messages of a demonstration, which are delivered to nobody, for the page that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desk.errors import MailNotFound
from desk.mail import outbox
from desk.mail.outbox import SENT, Attachment
from desk.model import Mail
from engine import paging

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row, Select

    from engine.store import UnitOfWork


@dataclass(frozen=True)
class ShownLine:
    """A message in the list."""

    id: str
    #: Which message it is: ``convocazione``.
    name: str
    recipient: str
    subject: str
    created_at: datetime


@dataclass(frozen=True)
class ShownMessage:
    """A whole message."""

    id: str
    recipient: str
    reply_to: str | None
    subject: str
    created_at: datetime
    text: str
    html: str
    attachments: tuple[Attachment, ...]


def page(uow: UnitOfWork, after: str | None = None, size: int = 25) -> paging.Page[ShownLine]:
    """List the messages that went, latest first. Only a demonstration may show this: it asks nobody who they are."""
    ids: Select[Any] = select(Mail.id).where(Mail.state == SENT)
    rows: Any = select(Mail.id, Mail.name, Mail.recipient, Mail.subject, Mail.created_at).where(Mail.state == SENT)
    listing = paging.Listing(rows, ids, Mail.created_at.expression, Mail.id.expression, latest_first=True)
    return listing.page(uow.connection, _line, after, size)


def _line(row: Row[Any]) -> ShownLine:
    return ShownLine(row.id, row.name, row.recipient, row.subject, row.created_at)


def read(uow: UnitOfWork, mail_id: str) -> ShownMessage:
    """Give a message that went. Only a demonstration may show this: it asks nobody who they are.

    Raises:
        MailNotFound: there is none.

    """
    row: Any = uow.session.scalars(select(Mail).where(Mail.id == mail_id, Mail.state == SENT)).one_or_none()
    if row is None:
        raise MailNotFound(mail_id)
    told = (row.id, row.recipient, row.reply_to, row.subject, row.created_at, row.text, row.html)
    return ShownMessage(*told, outbox.attachments(uow, mail_id))
