"""Show privacy, accessibility, legal notes and help; what a Comune has not said is shown as missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from desk import comuni
from web.parts.desk_cards import MOST_CARDS
from web.request.access import for_everyone
from web.request.context import store

if TYPE_CHECKING:
    from typing import Any

pages = Blueprint("legal", __name__)


@pages.get("/domande-frequenti")
@for_everyone
def faq() -> str:
    return render_template("public/faq.html", sezione="faq")


@pages.get("/aiuto")
@for_everyone
def help_page() -> str:
    return _with_towns("public/help.html")


@pages.get("/privacy")
@for_everyone
def privacy() -> str:
    return _with_towns("public/privacy.html")


@pages.get("/note-legali")
@for_everyone
def notes() -> str:
    return render_template("public/legal_notes.html")


@pages.get("/accessibilita")
@for_everyone
def accessibility() -> str:
    return _with_towns("public/accessibility.html")


@pages.get("/aderire")
@for_everyone
def joining() -> str:
    return render_template("public/joining.html")


def _with_towns(template: str, **more: Any) -> str:
    with store().snapshot() as uow:
        joined = comuni.joined_names(uow)
        few = comuni.chosen(uow, joined) if len(joined) <= MOST_CARDS else []
        return render_template(template, comuni=few, quanti=len(joined), **more)
