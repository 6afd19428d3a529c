"""Queue messages in the outbox, and find, retry or withdraw those that do not go."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select, update

from desk.access import Permission, require
from desk.addresses import is_deliverable
from desk.errors import MailNotFound, Undeliverable
from desk.model import Case, MailAttachment
from desk.model import Mail as Row
from engine import paging
from engine.model import insert_into

if TYPE_CHECKING:
    from datetime import datetime

    from engine.identity import Actor
    from engine.store import UnitOfWork

DUE, SENT, INCIDENT, BOUNCED, WITHDRAWN = "due", "sent", "incident", "bounced", "withdrawn"
UNSENT = (DUE, INCIDENT, BOUNCED)
"""The states of messages that may still go."""
PATIENCE = 3
"""Failed attempts after which a message that is still tried is shown to the administrator."""
_TROUBLED = (Row.state.in_(UNSENT), or_(Row.state != DUE, Row.attempts >= PATIENCE))


@dataclass(frozen=True)
class Attachment:
    """A file of a message; ``media_type`` with its parameters, ``text/calendar; method=REQUEST``."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class NewMail:
    """A message to one person. ``name`` says which one it is, for those who look after the outbox: ``convocazione``."""

    to: str
    subject: str
    text: str
    html: str
    name: str
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class MailTrouble:
    """A message that does not go: ``state`` is ``incident``, ``bounced`` or, while it is still tried, ``due``."""

    id: str
    #: The number of its case, if it has one; who looks after the mail sees no more of it.
    number: str | None
    name: str
    subject: str
    state: str
    attempts: int
    created_at: datetime
    due_at: datetime
    problem: str | None


def enqueue(uow: UnitOfWork, key: str, mail: NewMail, case_id: str | None = None) -> bool:
    """Put a message into the outbox once for each ``key``; it is sent if the caller's transaction commits.

    Gives false, and changes nothing, when the key was used before.

    Raises:
        Undeliverable: the address is none that mail can be sent to.

    """
    if not is_deliverable(mail.to):
        raise Undeliverable(mail.name)
    row = _row(uow, sha256(key.encode()).hexdigest()[:32], mail, case_id)
    statement = insert_into(Row, uow.connection.dialect.name).values(row).on_conflict_do_nothing().returning(Row.id)
    is_new = uow.connection.execute(statement).scalar() is not None
    if is_new and mail.attachments:
        parts = enumerate(mail.attachments)
        rows = [{"mail_id": row["id"], "position": position, **asdict(each)} for position, each in parts]
        uow.connection.execute(insert(MailAttachment), rows)
    return is_new


def attachments(uow: UnitOfWork, mail_id: str) -> tuple[Attachment, ...]:
    """Give the files of a message, in their order."""
    table = MailAttachment
    rows = select(table.name, table.media_type, table.content).where(table.mail_id == mail_id).order_by(table.position)
    return tuple(Attachment(*row) for row in uow.connection.execute(rows))


def troubles(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25) -> paging.Page[MailTrouble]:
    """Give a page of the messages that do not go, oldest first: given up, returned, or failing and still tried.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.

    """
    require(actor, Permission.MEND)
    rows = (
        select(Row.id, Case.number, Row.name, Row.subject, Row.state)
        .add_columns(Row.attempts, Row.created_at, Row.due_at, Row.problem)
        .outerjoin(Case, Case.id == Row.case_id)
        .where(*_TROUBLED)
    )
    ids: Any = select(Row.id).where(*_TROUBLED)
    listing = paging.Listing(rows, ids, Row.created_at.expression, Row.id.expression)
    return listing.page(uow.connection, _trouble, after, size)


def waiting(uow: UnitOfWork, actor: Actor) -> int:
    """Count the messages still to be sent.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.

    """
    require(actor, Permission.MEND)
    return uow.connection.execute(select(func.count()).where(Row.state == DUE)).scalar_one()


def retry(uow: UnitOfWork, mail_id: str, actor: Actor) -> None:
    """Send a message that was given up, or that is waiting for its next attempt, again from now.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.
        MailNotFound: there is no such message, or it has gone.

    """
    _settle(uow, mail_id, actor, _anew(uow))


def retry_all(uow: UnitOfWork, actor: Actor) -> int:
    """Send every message that does not go again from now; returns how many they were.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.

    """
    require(actor, Permission.MEND)
    return uow.connection.execute(update(Row).where(*_TROUBLED).values(_anew(uow))).rowcount


def withdraw(uow: UnitOfWork, mail_id: str, actor: Actor) -> None:
    """Send a message no more.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.
        MailNotFound: there is no such message, or it has gone.

    """
    _settle(uow, mail_id, actor, {"state": WITHDRAWN})


def is_unreachable(uow: UnitOfWork, case_id: str) -> bool:
    """Say whether the address that the requester gave returned our last message: then somebody should telephone."""
    to_requester = (Row.case_id == case_id) & (Row.recipient == Case.email)
    last = select(Row.state).join(Case, Case.id == Row.case_id).where(to_requester, Row.state.in_((SENT, BOUNCED)))
    found = uow.connection.execute(last.order_by(Row.created_at.desc(), Row.id).limit(1))
    return found.scalar() == BOUNCED


def _trouble(row: Any) -> MailTrouble:
    return MailTrouble(*row)


def _anew(uow: UnitOfWork) -> dict[str, Any]:
    return {"state": DUE, "attempts": 0, "due_at": uow.now, "problem": None}


def _settle(uow: UnitOfWork, mail_id: str, actor: Actor, changes: dict[str, Any]) -> None:
    require(actor, Permission.MEND)
    unsent = update(Row).where(Row.id == mail_id, Row.state.in_(UNSENT))
    if not uow.connection.execute(unsent.values(changes)).rowcount:
        raise MailNotFound(mail_id)


def _row(uow: UnitOfWork, row_id: str, mail: NewMail, case_id: str | None) -> dict[str, Any]:
    return {
        "id": row_id,
        "case_id": case_id,
        "name": mail.name,
        "recipient": mail.to,
        "reply_to": mail.reply_to if is_deliverable(mail.reply_to) else None,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "state": DUE,
        "attempts": 0,
        "created_at": uow.now,
        "due_at": uow.now,
    }
