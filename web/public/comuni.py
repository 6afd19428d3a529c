"""Page of each Comune that joined: where its desk is, when it is open, who receives, what it says of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request, url_for

from desk import comuni
from desk.calendar import local_date
from desk.errors import ComuneNotJoined
from engine.paging import Page, cut
from web.parts.desk_cards import desks_of
from web.parts.menu import public_menu
from web.parts.page_links import AFTER, page_links
from web.request.access import for_everyone
from web.request.context import store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desk.model import Comune, SpecialDay

pages = Blueprint("towns", __name__, url_prefix="/comuni")
AHEAD = timedelta(60)
SIZE, MANY = 24, 120
"""How many Comuni a page tells with their hours, and how many by name alone."""
NOTHING: Page[str] = cut([], None, SIZE)


@pages.get("/")
@for_everyone
def every() -> str:
    """List the Comuni that joined; those that a name or a code finds, with their hours."""
    text, after = request.args.get("q", "").strip(), request.args.get(AFTER)
    with store().snapshot() as uow:
        found = cut(list(comuni.joined_names(uow, text)), after, SIZE) if text else NOTHING
        every_one = cut(list(comuni.joined_names(uow)), None if text else after, MANY)
        return render_template(
            "public/comuni.html",
            comuni=comuni.chosen(uow, every_one.items),
            pagine=page_links(every_one, MANY, lambda key: url_for("towns.every", dopo=key)),
            trovati=desks_of(uow, comuni.chosen(uow, found.items)) if found.items else [],
            pagine_trovati=page_links(found, SIZE),
            cercato=text,
            sezione="comuni",
        )


@pages.get("/<istat>")
@for_everyone
def page(istat: str) -> str:
    with store().snapshot() as uow:
        try:
            comune = comuni.get_joined(uow, istat)
        except ComuneNotJoined:
            abort(404)
        return render_template(
            "public/comune.html",
            comune=comune,
            sportello=desks_of(uow, [comune])[0],
            variazioni=_changes(comune, local_date(uow.now)),
            menu_pubblico=public_menu(comune),
            sezione="sportello",
        )


def _changes(comune: Comune, today: date) -> Sequence[SpecialDay]:
    """List the closures and extraordinary openings of the next two months."""
    return [day for day in comune.special_days if day.last >= today and day.first <= today + AHEAD]
