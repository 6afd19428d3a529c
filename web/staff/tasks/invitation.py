"""«Anteprima dell’invito»: show the message that will be sent, beside the form that proposes times."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from desk.errors import UnusableMessage
from desk.mail import preview
from web.request.context import facilities, now, store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.mail.preview import Invitation
    from web.staff.tasks.asked import AskedTask


def invitation_of(found: AskedTask, answers: Mapping[str, object] | None) -> Invitation | None:
    """Write the invitation that completing one's own task sends; nothing where it sends none."""
    template = preview.template_after(found.definition, found.task.element_id) if found.mia else None
    if template is None:
        return None
    with suppress(UnusableMessage), store().snapshot(now()) as uow:
        return preview.invitation(uow, found.task.case_id, template, answers or {}, facilities().public_url)
    return None
