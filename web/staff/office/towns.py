"""List the desks that one keeps, or go straight to the only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from desk import comuni
from desk.calendar import local_date
from desk.people import mandates
from engine.paging import cut
from web.parts.desk_cards import desks_of
from web.parts.menu import office_name
from web.parts.page_links import AFTER, page_links
from web.request.access import for_roles
from web.request.context import current_actor, now, store
from web.staff.office.office import KEEPERS, pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from engine.store import UnitOfWork
    from web.parts.desk_cards import Desk


SIZE = 25


@dataclass(frozen=True)
class DeskLine:
    """One desk of the list, and what it still lacks."""

    desk: Desk
    receives: bool

    @property
    def lacks(self) -> list[str]:
        """Name what visitors and letters look for and do not find."""
        comune = self.desk.comune
        told = {
            "orari": self.desk.hours,
            "indirizzo": comune.address,
            "sala": comune.room,
            "accesso senza scalini": comune.accessibility,
            "telefono": comune.phone,
            "festa del patrono": comune.patron_day,
        }
        return [name for name, value in told.items() if not value]


@pages.get("/")
@for_roles(*KEEPERS)
def scelta() -> ResponseReturnValue:
    """List the desks that the visitor keeps, or those a name finds; whoever keeps one goes straight there."""
    text, actor = request.args.get("q", "").strip(), current_actor()
    with store().snapshot(now()) as uow:
        kept = [istat for istat in comuni.joined_names(uow, text) if actor.reaches(istat)]
        if len(kept) == 1 and not text:
            return redirect(url_for("ufficio.orari", istat=kept[0]))
        shown = cut(kept, request.args.get(AFTER), SIZE)
        lines = _lines(uow, shown.items)
    return render_template(
        "staff/office/towns.html",
        righe=lines,
        pagine=page_links(shown, SIZE),
        cercato=text,
        nome_ufficio=office_name(actor),
        sezione="ufficio",
    )


def _lines(uow: UnitOfWork, istats: Iterable[str]) -> list[DeskLine]:
    receiving = mandates.receiving(uow, local_date(uow.now))
    return [DeskLine(desk, desk.comune.istat in receiving) for desk in desks_of(uow, comuni.chosen(uow, istats))]
