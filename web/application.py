"""Assemble the Flask application: blueprints, guards, headers, error pages and template filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import CSRFProtect

from desk.files import ACCEPTED
from engine.forms import dialled
from web import requester
from web.cockpit import incidents
from web.facilities import facilities_of
from web.parts import forms
from web.parts.menu import public_menu, search_endpoint, work_menu
from web.programme import retention
from web.public import comuni, demonstration_mail, health, home, legal, sign_in
from web.refusals.handlers import handle_errors
from web.request.access import check_access
from web.request.context import PROGRAM, Program, settings, visitor
from web.request.incoming import Incoming
from web.request.logs import start_logging
from web.request.preferences import preferences
from web.request.security import secure
from web.request.static_files import serve_static_files
from web.staff import agenda, cases, office, profile, tasks, views
from web.staff.cases import documents, envelope, letters, new_request, receipt
from web.words.dates import add_filters

if TYPE_CHECKING:
    from flask import Flask

    from engine.store import Store
    from web.settings import Settings

PAGES = (
    home.pages,
    comuni.pages,
    legal.pages,
    sign_in.pages,
    profile.pages,
    *requester.PAGES,
    tasks.pages,
    new_request.pages,
    office.pages,
    cases.pages,
    envelope.pages,
    documents.pages,
    agenda.pages,
    receipt.pages,
    letters.pages,
    incidents.pages,
    demonstration_mail.pages,
    retention.pages,
    health.pages,
    views.pages,
)


def init_app(app: Flask, store: Store, chosen: Settings) -> None:
    """Give a ``Flask("web", static_folder=None)`` its pages, guards, headers and error pages."""
    app.extensions[PROGRAM] = Program(store, chosen, facilities_of(chosen))
    app.request_class = Incoming
    secure(app, chosen)
    start_logging(app)
    serve_static_files(app)
    app.before_request(check_access)
    CSRFProtect(app)
    handle_errors(app)
    add_filters(app)
    forms.add_filters(app)
    app.jinja_env.filters.update(minuscolo=str.lower, tel=dialled)
    app.jinja_env.globals["tipi_di_file"] = ",".join(["image/jpeg", *(f".{ending}" for ending in ACCEPTED)])
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
