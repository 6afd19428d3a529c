"""Puts the pages, their guards and their manners into a Flask application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import CSRFProtect

from web import (
    agenda,
    attivita,
    busta,
    conservazione,
    documenti,
    follow,
    health,
    home,
    incidenti,
    legal,
    letters,
    nuova_richiesta,
    posta,
    pratiche,
    profile,
    receipt,
    requester_answers,
    requester_pages,
    sign_in,
    towns,
    ufficio,
    viste,
)
from web.access import check_access
from web.context import PROGRAM, Program, settings, visitor
from web.errors import handle_errors
from web.facilities import facilities_of
from web.filters import add_filters
from web.logs import start_logging
from web.menu import public_menu, search_endpoint, work_menu
from web.preferences import preferences
from web.sealed_request import SealedRequest
from web.security import secure
from web.static_files import serve_static_files

if TYPE_CHECKING:
    from flask import Flask

    from engine.store import Store
    from web.settings import Settings

PAGES = (
    home.pages,
    towns.pages,
    legal.pages,
    sign_in.pages,
    profile.pages,
    follow.pages,
    requester_answers.pages,
    *requester_pages.PAGES,
    attivita.pages,
    nuova_richiesta.pages,
    ufficio.pages,
    pratiche.pages,
    busta.pages,
    documenti.pages,
    agenda.pages,
    receipt.pages,
    letters.pages,
    incidenti.pages,
    posta.pages,
    conservazione.pages,
    health.pages,
    viste.pages,
)


def init_app(app: Flask, store: Store, chosen: Settings) -> None:
    """Give a ``Flask("web", static_folder=None)`` its pages, guards and manners."""
    app.extensions[PROGRAM] = Program(store, chosen, facilities_of(chosen))
    app.request_class = SealedRequest
    secure(app, chosen)
    start_logging(app)
    serve_static_files(app)
    app.before_request(check_access)
    CSRFProtect(app)
    handle_errors(app)
    add_filters(app)
    app.jinja_env.filters.update(minuscolo=str.lower, tel=_dialled)
    app.jinja_env.trim_blocks = True
    app.context_processor(_for_every_page)
    for pages in PAGES:
        app.register_blueprint(pages)


def _for_every_page() -> dict[str, Any]:
    return {
        "visitatore": visitor(),
        "dimostrazione": settings().demonstration,
        "programma": settings().programme,
        "assistenza": settings().support,
        "preferenze": preferences(),
        "menu": work_menu(),
        "cerca_in": search_endpoint(),
        "menu_pubblico": public_menu(),
    }


def _dialled(number: str) -> str:
    """Write a telephone number as a ``tel:`` link wants it, with the Italian prefix where none is given."""
    digits = "".join(each for each in number if each.isdigit() or each == "+")
    return digits if digits.startswith(("+", "00")) else f"+39{digits}"
