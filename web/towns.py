"""A page for each Comune that joined: where its desk is, when it is open, who receives, what it says of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template

from desk import comuni
from desk.calendar import local_date
from desk.errors import ComuneNotJoined
from web.access import for_everyone
from web.context import now, store
from web.home import desk_of
from web.menu import public_menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.model import Comune, SpecialDay

pages = Blueprint("towns", __name__, url_prefix="/comuni")
AHEAD = timedelta(60)


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
            sportello=desk_of(uow, comune),
            variazioni=_changes(comune),
            menu_pubblico=public_menu(comune),
            sezione="sportello",
        )


def _changes(comune: Comune) -> Sequence[SpecialDay]:
    """List the closures and extraordinary openings of the next two months."""
    today = local_date(now())
    return [day for day in comune.special_days if day.last >= today and day.first <= today + AHEAD]
