"""The operation ``send-message``: lets a service task of a diagram write to somebody.

What it writes, to whom and what goes with it stand in properties of the task (``desk.properties``). It gives
``avviso``: ``email``, or ``nessuno`` when there is nobody with an address, and ``avviso_il``, the day on which it last
wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk import correspondence
from desk.access import Role
from desk.addresses import is_deliverable
from desk.calendar import local_date
from desk.correspondence.facts import analyst_of
from desk.errors import UnusableMessage
from desk.mail import outbox
from desk.mail.attaching import attached
from desk.mail.outbox import NewMail
from desk.model import Case, RoleGrant, User
from desk.properties import RECIPIENT, TO_SEND
from engine import definitions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Executable

    from desk.correspondence import Message, Template
    from desk.facilities import Facilities
    from engine.store import Operation, OperationCall, Store, UnitOfWork

TOPIC = "send-message"
EMAIL, NOBODY = "email", "nessuno"
GIVES = frozenset({"avviso", "avviso_il"})
"""The variables it gives."""
REQUESTER = "richiedente"


@dataclass(frozen=True)
class _Recipient:
    """Somebody a message is for."""

    address: str
    name: str


def send_message(facilities: Facilities) -> Operation:
    """Make the operation for a desk with these facilities."""

    def operation(store: Store, call: OperationCall) -> dict[str, str]:
        with store.snapshot(call.now) as uow:
            facts = correspondence.context(uow, call.instance_id, facilities.public_url)
            written = _written(uow, call, facts)
        if not written:
            return {"avviso": NOBODY}
        files = attached(store, facilities.programme, call, str(facts["link"]))
        with store.unit_of_work(call.now) as uow:
            for mail in written:
                outbox.enqueue(uow, f"{call.job_id} {mail.to}", replace(mail, attachments=files), call.instance_id)
        return {"avviso": EMAIL, "avviso_il": local_date(call.now).isoformat()}

    return operation


def _written(uow: UnitOfWork, call: OperationCall, facts: Mapping[str, str | list[str]]) -> list[NewMail]:
    """Write the message to each of its readers.

    Raises:
        UnusableMessage: the diagram names a message that did not come with it, or that cannot be put together.

    """
    template = _template(uow, call)
    reply_to = str(facts["email_sportello"])
    return [
        _mail(template.name, template.render({**facts, "destinatario": reader.name}), reader.address, reply_to)
        for reader in _readers(uow, call)
    ]


def _template(uow: UnitOfWork, call: OperationCall) -> Template:
    name = TO_SEND.of(call.properties)
    source = definitions.load(uow, call.definition_id).texts.get(f"messages/{name}.md")
    if source is None:
        raise UnusableMessage(name, "non è tra i file del procedimento")
    return correspondence.read(name, source)


def _readers(uow: UnitOfWork, call: OperationCall) -> list[_Recipient]:
    """Find whoever a message is for and has an address, in alphabetical order.

    Raises:
        UnusableMessage: the diagram sends it to nobody the desk knows.

    """
    to = RECIPIENT.of(call.properties) or REQUESTER
    if to not in READERS:
        raise UnusableMessage(TO_SEND.of(call.properties), f"nessuno si chiama «{to}»")
    rows = uow.connection.execute(READERS[to](uow, call))
    return sorted(
        (_Recipient(row[0], row[1] or "") for row in rows if is_deliverable(row[0])), key=attrgetter("address")
    )


def _requester(_uow: UnitOfWork, call: OperationCall) -> Executable:
    return select(Case.email, Case.requester).where(Case.id == call.instance_id)


def _referenti(_uow: UnitOfWork, call: OperationCall) -> Executable:
    """Write to all the referenti of the Comune: one of them may be on holiday."""
    holding = select(RoleGrant.username).where(RoleGrant.role == Role.REFERENTE, RoleGrant.scope == call.scope)
    return select(User.email, User.name).where(User.active, User.username.in_(holding))


def _analyst(uow: UnitOfWork, call: OperationCall) -> Executable:
    analyst = analyst_of(uow, call.instance_id)
    return select(User.email, User.name).where(User.active, User.username == (analyst or ""))


READERS = {REQUESTER: _requester, "referente": _referenti, "analista": _analyst}
"""Whom a diagram can write to."""


def _mail(name: str, said: Message, to: str, reply_to: str) -> NewMail:
    return NewMail(to, said.subject, said.text, said.html, name, reply_to or None)
