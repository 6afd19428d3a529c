"""Deliver due messages to the mail server, one at a time, outside every transaction: the worker's part.

A message is leased before it is sent and marked after. Whoever dies in between leaves it leased: it is sent again, with
the same Message-ID, by which a server that had accepted it knows it. A server that is away holds everything back
together, for longer each time up to an hour; nobody is asked to send anything again when it returns.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from desk.facilities.transport import Deferred, Rejected, Unreachable
from desk.mail import outbox
from desk.mail.composing import compose
from desk.mail.outbox import BOUNCED, DUE, INCIDENT, SENT
from desk.model import Case, Mail
from engine import history, messages
from engine.errors import EngineError, InstanceNotFound
from engine.history import EventType
from engine.identity import ENGINE
from engine.store import Event

if TYPE_CHECKING:
    from desk.facilities.transport import Transport
    from desk.mail.outbox import Attachment
    from engine.store import Store, UnitOfWork

ROUND = 10
"""Messages sent before the worker looks at its timers again."""
LEASE = timedelta(minutes=5)
BACK_OFF = timedelta(minutes=1)
"""The wait after the first failure; it doubles with each."""
LONGEST_WAIT = timedelta(hours=1)
ATTEMPTS = 78
"""About three days of them; then a person must look."""
NEVER_RETURNED = "Chi lo mandava si è fermato ogni volta."
RETURNED, STOPPED = "avviso_respinto", "avviso_fermo"
"""Notes in a case's history; facts: ``messaggio``."""
NEWS = "avviso-respinto"
"""The message that a diagram may wait for: mail to the requester comes back. It sets the variable ``avviso``."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Leased:
    mail: Mail
    files: tuple[Attachment, ...]


def deliver_due(store: Store, transport: Transport | None, limit: int = ROUND) -> int:
    """Send what is due, oldest first; returns how many messages were taken up. Without a transport all of it waits."""
    if transport is None:
        return 0
    for done in range(limit):
        if not _deliver_one(store, transport):
            return done
    return limit


def back_off(attempts: int) -> timedelta:
    """Say how long to wait after so many failures."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(BACK_OFF * doubled, LONGEST_WAIT)


def _deliver_one(store: Store, transport: Transport) -> bool:
    """Send one message, whatever becomes of it; false when nothing is due, or nothing can go."""
    leased = _lease(store)
    if leased is None:
        return False
    mail = leased.mail
    if mail.attempts > ATTEMPTS:
        _give_up(store, mail, INCIDENT, NEVER_RETURNED)
        return True
    try:
        transport.send(compose(mail, leased.files, transport.sender), mail.recipient)
    except Unreachable as failure:
        _postpone(store, mail, str(failure), everything=True)
        return False
    except Deferred as failure:
        _postpone(store, mail, str(failure))
    except Rejected as failure:
        _give_up(store, mail, BOUNCED if failure.unknown_recipient else INCIDENT, str(failure))
    except ValueError as failure:  # a header that cannot be written
        _give_up(store, mail, INCIDENT, type(failure).__name__)
    else:
        _sent(store, mail)
    return True


def _lease(store: Store) -> _Leased | None:
    """Take the oldest due message that nobody holds out of the others' sight."""
    with store.unit_of_work() as uow:
        oldest = _due(uow.now).order_by(Mail.due_at, Mail.id).limit(1).with_for_update(skip_locked=True)
        mail = uow.session.scalars(oldest).one_or_none()
        if mail is None:
            return None
        mail.due_at = uow.now + LEASE
        mail.attempts += 1
        uow.session.flush()
        return _Leased(mail, outbox.attachments(uow, mail.id))


def _sent(store: Store, mail: Mail) -> None:
    with store.unit_of_work() as uow:
        _mark(uow, mail, {"state": SENT, "sent_at": uow.now, "problem": None})


def _postpone(store: Store, mail: Mail, problem: str, *, everything: bool = False) -> None:
    """Try again later: this message, and when no message goes all the others that are due with it."""
    log.warning("mail not sent", extra={"mail": mail.id, "attempts": mail.attempts})
    if mail.attempts >= ATTEMPTS:
        _give_up(store, mail, INCIDENT, problem)
        return
    with store.unit_of_work() as uow:
        later: dict[str, Any] = {"due_at": uow.now + back_off(mail.attempts), "problem": problem}
        _mark(uow, mail, later)
        if everything:
            waiting = uow.connection.execute(_due(uow.now, Mail.id).with_for_update(skip_locked=True)).scalars().all()
            others = update(Mail).where(Mail.id.in_(waiting))
            uow.connection.execute(others.values(later | {"attempts": Mail.attempts + 1}))


def _give_up(store: Store, mail: Mail, state: str, problem: str) -> None:
    """Leave a message to a person, and note it in its case: whoever follows it should telephone."""
    with suppress(InstanceNotFound), store.unit_of_work() as uow:  # an erased case takes its messages along
        if mail.case_id is not None:
            facts = {"note": RETURNED if state == BOUNCED else STOPPED, "messaggio": mail.name}
            noted = Event(uow.now, EventType.NOTED, None, None, ENGINE.user, facts)
            history.write(uow, mail.case_id, [noted])
        _mark(uow, mail, {"state": state, "problem": problem})
    if state == BOUNCED and mail.case_id is not None:
        _tell_case(store, mail, mail.case_id)


def _tell_case(store: Store, mail: Mail, case_id: str) -> None:
    """Let the case go on otherwise where its diagram waits for this: it does not reach its requester by mail.

    In a transaction of its own: that the message came back is written even where the case cannot take the news, and
    then the term that the diagram gave the answer still ends.
    """
    try:
        with store.unit_of_work() as uow:
            address = uow.connection.execute(select(Case.email).where(Case.id == case_id)).scalar()
            told = [each for each in messages.waiting(uow, case_id) if each.message == NEWS]
            for waiting in told if address == mail.recipient else ():
                messages.correlate(uow, waiting.id, ENGINE, {"avviso": "respinto"})
    except EngineError as refused:
        log.warning("case not told of returned mail", extra={"mail": mail.id, "refused": type(refused).__name__})


def _mark(uow: UnitOfWork, mail: Mail, changes: dict[str, Any]) -> None:
    uow.connection.execute(update(Mail).where(Mail.id == mail.id).values(changes))


def _due(now: Any, *columns: Any) -> Any:
    return select(*(columns or (Mail,))).where(Mail.state == DUE, Mail.due_at <= now)
