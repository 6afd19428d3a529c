"""Ask about saved views: all of mine, the name of a new or old one, and «do you want to remove it?»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request

from desk.cases import saved_views
from desk.errors import UnfitView
from web.refusals import notice_of
from web.request.access import for_signed_in
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.views.places import PLACES, ViewWords, line, place_asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from web.staff.views.places import ViewedList


@for_signed_in
def every() -> str:
    with store().snapshot(now()) as uow:
        words = ViewWords.of(uow, current_actor())
        lines = [line(view, words) for view in saved_views.of(uow, current_actor()) if view.place in PLACES]
    return render_template("staff/views/listing.html", viste=lines, massimo=saved_views.MOST)


@for_signed_in
def new() -> ResponseReturnValue:
    place, pieces = asked(request.args)
    return new_page(place, pieces) if pieces else back_without(place)


@for_signed_in
def name(vista: str) -> str:
    return name_page(vista)


@for_signed_in
def confirm(vista: str) -> str:
    with store().snapshot(now()) as uow:
        view = saved_views.get(uow, current_actor(), vista)
        shown = line(view, ViewWords.of(uow, current_actor()))
    return render_template("staff/views/remove.html", vista=shown)


def asked(said: Mapping[str, str]) -> tuple[ViewedList, dict[str, str]]:
    """Read of which list a view is asked for, and what of it the visitor may keep."""
    place = place_asked(said.get("elenco", ""))
    with store().snapshot(now()) as uow:
        return place, ViewWords.of(uow, current_actor()).known(place.pieces(said))


def back_without(place: ViewedList) -> ResponseReturnValue:
    """Say that a list shows everything, so that there is nothing to keep."""
    notice = notice_of(UnfitView())
    announce(notice.title, notice.text, tone="info")
    return redirect(place.url({}))


def new_page(
    place: ViewedList, pieces: Mapping[str, str], typed: str = "", errors: dict[str, str] | None = None
) -> str:
    """Ask under which name to keep a view."""
    with store().snapshot(now()) as uow:
        words = ViewWords.of(uow, current_actor())
    return render_template(
        "staff/views/new.html",
        elenco=place,
        pezzi=pieces,
        mostra=words.told(place, pieces),
        lungo=saved_views.LONGEST_NAME,
        scritto=typed,
        errori=errors or {},
        errore_in_pagina=bool(errors),
    )


def name_page(view_id: str, typed: str | None = None, errors: dict[str, str] | None = None) -> str:
    """Ask for another name of a view."""
    with store().snapshot(now()) as uow:
        view = saved_views.get(uow, current_actor(), view_id)
        shown = line(view, ViewWords.of(uow, current_actor()))
    return render_template(
        "staff/views/name.html",
        vista=shown,
        lungo=saved_views.LONGEST_NAME,
        scritto=view.name if typed is None else typed,
        errori=errors or {},
        errore_in_pagina=bool(errors),
    )
