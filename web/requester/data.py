"""«Scarica i tuoi dati»: give everything held about the requester, as JSON for programs and as PDF for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from flask import Blueprint, render_template

from desk import letters
from web.request.access import for_everyone
from web.request.context import facilities, store
from web.request.downloads import attached
from web.request.requester_session import own_case
from web.requester.frame import frame
from web.requester.own_data import collect
from web.requester.own_data_words import chapters

if TYPE_CHECKING:
    from flask import Response

pages = Blueprint("requester_data", __name__, url_prefix="/segui/richiesta/dati")


@pages.get("")
@for_everyone
def page() -> str:
    with store().snapshot() as uow:
        return render_template("requester/data.html", **frame(uow, own_case(uow)))


@pages.get("/dati.json")
@for_everyone
def as_json() -> Response:
    with store().snapshot() as uow:
        case = own_case(uow)
        data = collect(uow, facilities(), case)
    return attached(orjson.dumps(data, option=orjson.OPT_INDENT_2), f"{case.number}-dati.json", "application/json")


@pages.get("/dati.pdf")
@for_everyone
def as_pdf() -> Response:
    with store().snapshot() as uow:
        case = own_case(uow)
        told = {"sezioni": chapters(collect(uow, facilities(), case))}
        letter = letters.prepare(uow, facilities().programme, case.id, "dati", told)
    return attached(letter.pdf(), f"{case.number}-dati.pdf", "application/pdf")
