"""Hold what the pages of one desk share: whose they are, and what stands above each of them."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template

from desk import comuni
from desk.access import Permission, Role, may
from desk.agenda.off_hours import meetings_off_hours
from desk.calendar import local_date
from desk.people import mandates
from web.parts.desk_cards import desks_of
from web.parts.menu import office_name
from web.request.context import current_actor

if TYPE_CHECKING:
    from flask import Response

    from desk.model import Comune
    from engine.store import UnitOfWork
    from web.parts.typed import TypedFields

pages = Blueprint("ufficio", __name__, url_prefix="/il-mio-comune")
KEEPERS = (Role.REFERENTE, Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR)
TABS = (
    ("hours", "Orari", "ufficio.orari"),
    ("days", "Giorni diversi", "ufficio.giorni"),
    ("seat", "Sede e contatti", "ufficio.sede"),
    ("referenti", "Referenti", "ufficio.elenco_referenti"),
)
CHANGED = (
    "Qualcuno ha cambiato questi dati mentre scrivevi. Qui c’è quello che hai scritto tu: se va bene, salva ancora."
)


def kept_office(uow: UnitOfWork, istat: str) -> Comune:
    """Give the desk that the visitor keeps.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: they keep no such desk.

    """
    return comuni.managed(uow, istat, current_actor())


def office_page(uow: UnitOfWork, comune: Comune, part: str, **shown: object) -> str:
    """Draw one part of a desk's pages under the head they share."""
    return render_template(
        f"staff/office/{part}.html",
        comune=comune,
        parte=part,
        schede=TABS,
        sportello=desks_of(uow, [comune])[0],
        riceve=bool(mandates.receiving(uow, local_date(uow.now)).get(comune.istat)),
        fuori_orario=meetings_off_hours(uow, comune, current_actor()),
        incarica=may(current_actor(), Permission.MANAGE_MANDATES, comune.istat),
        nome_ufficio=office_name(current_actor()),
        sezione="ufficio",
        **shown,
    )


def not_yet(page: str, typed: TypedFields) -> Response:
    """Answer with the form as it was typed: wrong, or overtaken by somebody else's change."""
    changed = CHANGED in typed.errors.values()
    return make_response(page, HTTPStatus.CONFLICT if changed else HTTPStatus.UNPROCESSABLE_ENTITY)


def seal(facts: object) -> str:
    """Give a short mark of what a page showed, by which a later change is noticed."""
    return sha256(repr(facts).encode()).hexdigest()[:16]
