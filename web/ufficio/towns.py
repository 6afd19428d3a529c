"""The way in: straight to one's own desk, or to the list of all that one keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for

from desk import comuni, mandates
from desk.calendar import local_date
from engine.identity import EVERYWHERE
from web.access import for_roles
from web.context import current_actor, now, store
from web.desks import desks_of
from web.menu import office_name
from web.ufficio.office import KEEPERS, pages

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.model import Comune
    from engine.store import UnitOfWork
    from web.desks import Desk


@dataclass(frozen=True)
class Line:
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
    """List the desks that the visitor keeps; whoever keeps one goes straight there."""
    with store().snapshot(now()) as uow:
        kept = _kept(uow)
        if len(kept) == 1:
            return redirect(url_for("ufficio.orari", istat=kept[0].istat))
        receiving = mandates.receiving(uow, local_date(uow.now))
        lines = [Line(desk, desk.comune.istat in receiving) for desk in desks_of(uow, kept)]
    return render_template(
        "ufficio/scelta.html", righe=lines, nome_ufficio=office_name(current_actor()), sezione="ufficio"
    )


def _kept(uow: UnitOfWork) -> list[Comune]:
    scopes = current_actor().scopes
    return [comune for comune in comuni.joined(uow) if EVERYWHERE in scopes or comune.istat in scopes]
