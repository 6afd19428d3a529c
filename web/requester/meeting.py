"""Give the meeting as a calendar file, for the requester's own calendar."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, abort

from desk import agenda
from web.request.access import for_everyone
from web.request.context import store
from web.request.downloads import attached
from web.request.public_address import kept_address
from web.request.requester_session import own_case

if TYPE_CHECKING:
    from typing import Any

    from flask import Response

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

pages = Blueprint("requester_meeting", __name__, url_prefix="/segui/richiesta")


@pages.get("/incontro.ics")
@for_everyone
def calendar() -> Response:
    with store().snapshot() as uow:
        case = own_case(uow)
        found = agenda.convocation_of(uow, case.id)
        if found is None or not found.state.fixed:
            abort(HTTPStatus.NOT_FOUND)
        link = kept_address("follow.form", numero=case.number)
        content = agenda.calendar_file(uow, found, link)
    return attached(content, f"{case.number}-incontro.ics", "text/calendar; charset=utf-8; method=REQUEST")


def section(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any]:
    """Give the meeting that is fixed, if there is one."""
    found = agenda.convocation_of(uow, case.id)
    return {"incontro": found if found is not None and found.state.fixed else None}
