"""Home page: what the desk is, which Comuni have one, when they are open."""

from __future__ import annotations

from flask import Blueprint, render_template

from desk import comuni
from web.parts.desk_cards import MOST_CARDS, desks_of
from web.request.access import for_everyone
from web.request.context import store

pages = Blueprint("home", __name__)


@pages.get("/")
@for_everyone
def page() -> str:
    with store().snapshot() as uow:
        joined = comuni.joined_names(uow)
        cards = desks_of(uow, comuni.chosen(uow, joined)) if len(joined) <= MOST_CARDS else []
        return render_template("public/home.html", sportelli=cards, quanti=len(joined), sezione="sportello")
