"""Preview the invitation as its requester will read it, before whoever proposes the times sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nh3
from sqlalchemy import select

from desk import correspondence
from desk.addresses import is_deliverable
from desk.errors import UnusableMessage
from desk.mail.operation import REQUESTER
from desk.model import Case
from desk.properties import RECIPIENT, TO_SEND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.correspondence import Template
    from engine.definitions import Definition
    from engine.store import UnitOfWork

PROPOSALS = "proposte"
NOT_YET = "gli orari che scegli: ancora nessuno"
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li"}
"""What the preview keeps of a message: its links lead nowhere before it is sent."""


@dataclass(frozen=True)
class Invitation:
    """A message not yet sent; ``recipient`` is empty for who has no address. ``html`` is a clean fragment."""

    recipient: str
    subject: str
    html: str


def template_after(definition: Definition, element_id: str) -> Template | None:
    """Find the invitation that is sent to the requester as soon as a task is completed; nothing when none is."""
    model = definition.model
    following = [model.elements[flow.target] for flow in model.flows.values() if flow.source == element_id]
    said = following[0].properties if len(following) == 1 else {}
    name = TO_SEND.of(said)
    source = definition.texts.get(f"messages/{name}.md")
    if source is None or (RECIPIENT.of(said) or REQUESTER) != REQUESTER:
        return None
    try:
        found = correspondence.read(name, source)
    except UnusableMessage:
        return None
    return found if found.inserts(PROPOSALS) else None


def invitation(
    uow: UnitOfWork, case_id: str, template: Template, answers: Mapping[str, Any], public_url: str
) -> Invitation:
    """Write an invitation with the answers of whoever is about to send it.

    Raises:
        InstanceNotFound: there is no such case.
        UnusableMessage: it inserts what is none of the facts.

    """
    facts = correspondence.context(uow, case_id, public_url, answers)
    said = template.render({**facts, PROPOSALS: facts[PROPOSALS] or [NOT_YET]})
    address = uow.connection.execute(select(Case.email).where(Case.id == case_id)).scalar_one()
    body = said.html.partition("<body>")[2].rpartition("</body>")[0]
    return Invitation(address or "" if is_deliverable(address) else "", said.subject, nh3.clean(body, tags=_TAGS))
