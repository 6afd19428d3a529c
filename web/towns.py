"""A page for each Comune that joined: where its desk is, when it is open, who receives, what it says of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request

from desk import comuni
from desk.calendar import local_date
from desk.errors import ComuneNotJoined
from web.access import for_everyone
from web.context import store
from web.desks import desks_of
from web.menu import public_menu

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desk.model import Comune, SpecialDay

pages = Blueprint("towns", __name__, url_prefix="/comuni")
AHEAD = timedelta(60)
MOST_FOUND = 500
"""Many Comuni of Italy share a word of their name; those that joined are picked out of them."""


@pages.get("/")
@for_everyone
def every() -> str:
    """List the Comuni that joined; those that a name or a code finds, with their hours."""
    text = request.args.get("q", "").strip()
    with store().snapshot() as uow:
        joined = comuni.joined(uow)
        matches = {comune.istat for comune in comuni.find(uow, text, MOST_FOUND)} if text else set()
        found = desks_of(uow, [comune for comune in joined if comune.istat in matches])
        return render_template("pagine/comuni.html", comuni=joined, trovati=found, cercato=text, sezione="comuni")


@pages.get("/<istat>")
@for_everyone
def page(istat: str) -> str:
    with store().snapshot() as uow:
        try:
            comune = comuni.get_joined(uow, istat)
        except ComuneNotJoined:
            abort(404)
        return render_template(
            "pagine/comune.html",
            comune=comune,
            sportello=desks_of(uow, [comune])[0],
            variazioni=_changes(comune, local_date(uow.now)),
            menu_pubblico=public_menu(comune),
            sezione="sportello",
        )


def _changes(comune: Comune, today: date) -> Sequence[SpecialDay]:
    """List the closures and extraordinary openings of the next two months."""
    return [day for day in comune.special_days if day.last >= today and day.first <= today + AHEAD]
