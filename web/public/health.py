"""``/salute``: say whether program and database answer, to whoever watches over the machine."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, make_response

from desk import people
from web.request.access import for_everyone
from web.request.context import store
from web.request.logs import LOG, facts

pages = Blueprint("health", __name__)
NOBODY = ""
"""No user name: it is looked for only to see whether the database answers."""


@pages.get("/salute")
@for_everyone
def check() -> Response:
    """Answer 200 when the database answers, 503 when it does not."""
    try:
        with store().snapshot() as uow:
            people.names(uow, [NOBODY])
    except Exception as error:  # noqa: BLE001 whatever the database says, it is not well
        LOG.error("health", exc_info=error, extra=facts())
        return make_response(jsonify(stato="non disponibile"), HTTPStatus.SERVICE_UNAVAILABLE)
    return make_response(jsonify(stato="bene"), HTTPStatus.OK)
