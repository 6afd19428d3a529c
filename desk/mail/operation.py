"""The operation ``send-message``: a service task of a diagram writes to somebody.

Its camunda:properties: ``messaggio`` names a file of ``messages/`` without its ending; ``a`` is ``richiedente``,
``referente`` or ``analista``; ``calendario`` (``invito`` or ``annullamento``) attaches the meeting for a calendar,
``lettera`` the PDF of a letter. It gives ``avviso``: ``email``, or ``nessuno`` when there is nobody with an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk import correspondence
from desk.access import Role
from desk.correspondence.facts import analyst_of
from desk.errors import UnusableMessage
from desk.mail import outbox
from desk.mail.addresses import is_deliverable
from desk.mail.attaching import attached
from desk.model import Case, Comune, RoleGrant, User
from engine import definitions

if TYPE_CHECKING:
    from desk import Facilities
    from desk.correspondence import Message
    from desk.mail.outbox import Attachment
    from engine.store import Operation, OperationCall, Store, UnitOfWork

TOPIC = "send-message"
EMAIL, NOBODY = "email", "nessuno"
REQUESTER, REFERENTE, ANALYST = "richiedente", "referente", "analista"


@dataclass(frozen=True)
class _Written:
    """A message before it goes into the outbox."""

    name: str
    message: Message
    recipients: tuple[str, ...]
    reply_to: str | None


def send_message(facilities: Facilities) -> Operation:
    """Make the operation for a desk with these facilities."""

    def operation(store: Store, call: OperationCall) -> dict[str, str]:
        with store.snapshot(call.now) as uow:
            written = _write(uow, call, facilities.public_url)
        if not written.recipients:
            return {"avviso": NOBODY}
        files = attached(store, call, facilities)
        with store.unit_of_work(call.now) as uow:
            for recipient in written.recipients:
                outbox.enqueue(uow, f"{call.job_id} {recipient}", _mail(written, recipient, files), call.instance_id)
        return {"avviso": EMAIL}

    return operation


def _write(uow: UnitOfWork, call: OperationCall, public_url: str) -> _Written:
    """Choose the words and who reads them.

    Raises:
        UnusableMessage: the diagram names a message that did not come with it, or that cannot be put together.

    """
    name = call.properties.get("messaggio", "")
    source = definitions.load(uow, call.definition_id).texts.get(f"messages/{name}.md")
    if source is None:
        raise UnusableMessage(name, "non è tra i file del procedimento")
    message = correspondence.read(name, source).render(correspondence.context(uow, call.instance_id, public_url))
    reply_to = select(Comune.email).join(Case, Case.istat == Comune.istat).where(Case.id == call.instance_id)
    return _Written(name, message, _recipients(uow, call), uow.connection.execute(reply_to).scalar())


def _recipients(uow: UnitOfWork, call: OperationCall) -> tuple[str, ...]:
    """Find the addresses of those a message is for, in alphabetical order.

    Raises:
        UnusableMessage: the diagram sends it to nobody the desk knows.

    """
    to = call.properties.get("a", REQUESTER)
    if to == REQUESTER:
        wanted = select(Case.email).where(Case.id == call.instance_id)
    elif to == REFERENTE:
        holding = select(RoleGrant.username).where(RoleGrant.role == Role.REFERENTE, RoleGrant.scope == call.scope)
        wanted = select(User.email).where(User.active, User.username.in_(holding))
    elif to == ANALYST:
        analyst = analyst_of(uow, call.instance_id)
        wanted = select(User.email).where(User.active, User.username == (analyst or ""))
    else:
        raise UnusableMessage(call.properties.get("messaggio", ""), f"nessuno si chiama «{to}»")
    found = uow.connection.execute(wanted).scalars()
    return tuple(sorted(address for address in found if address and is_deliverable(address)))


def _mail(written: _Written, recipient: str, files: tuple[Attachment, ...]) -> outbox.Mail:
    said = written.message
    return outbox.Mail(recipient, said.subject, said.text, said.html, written.name, written.reply_to, files)
