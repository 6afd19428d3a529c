"""Tables of the outbox: messages and their attachments."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row
from engine.model import one_of


class Mail(Row):
    """A message on its way: written in the transaction that wants it sent, brought to its server by the worker."""

    __tablename__ = "mail"

    #: Made from what the message is about, so that asking twice sends once; also the local part of its Message-ID.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("pratica.id"), index=True)
    #: Which message it is: ``convocazione``.
    name: Mapped[str]
    recipient: Mapped[str]
    #: Where an answer goes: the desk of the Comune.
    reply_to: Mapped[str | None]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    #: When it may be tried next; while somebody sends it, when another may take it for abandoned.
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    #: Why it has not gone, in the server's words; never the address.
    problem: Mapped[str | None]

    __table_args__ = (
        one_of("state", "due", "sent", "incident", "bounced", "withdrawn"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        Index("ix_mail_created_at_id", "created_at", "id"),
        Index("ix_mail_state_created_at", "state", "created_at"),
    )


_waiting = Mail.state == "due"
Index("ix_mail_due", Mail.due_at, sqlite_where=_waiting, postgresql_where=_waiting)


class MailAttachment(Row):
    """A file that goes with a message."""

    __tablename__ = "mail_attachment"

    mail_id: Mapped[str] = mapped_column(ForeignKey("mail.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    #: With its parameters: ``text/calendar; method=REQUEST``.
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
