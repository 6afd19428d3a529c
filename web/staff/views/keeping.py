"""Save, rename and remove a view; each ends on a page that can be loaded again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from desk.cases import saved_views
from desk.errors import TooManyViews, UnfitView, UnfitViewName, ViewNameTaken
from web.refusals import notice_of
from web.request.access import for_signed_in
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.views.asking import asked, back_without, name_page, new_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.errors import DeskRefusal

NAME = "nome"


@for_signed_in
def save() -> ResponseReturnValue:
    place, pieces = asked(request.form)
    typed = request.form.get(NAME, "")
    try:
        with store().unit_of_work(now()) as uow:
            view = saved_views.save(uow, current_actor(), place.key, typed, pieces)
    except UnfitView:
        return back_without(place)
    except (TooManyViews, UnfitViewName, ViewNameTaken) as refusal:
        return new_page(place, pieces, typed, _at_name(refusal)), HTTPStatus.UNPROCESSABLE_ENTITY
    announce(f"Vista «{view.name}» salvata", "La trovi sopra questo elenco, anche quando rientri. La vedi solo tu.")
    return redirect(place.url(view.pieces))


@for_signed_in
def rename(vista: str) -> ResponseReturnValue:
    typed = request.form.get(NAME, "")
    try:
        with store().unit_of_work(now()) as uow:
            view = saved_views.rename(uow, current_actor(), vista, typed)
    except (UnfitViewName, ViewNameTaken) as refusal:
        return name_page(vista, typed, _at_name(refusal)), HTTPStatus.UNPROCESSABLE_ENTITY
    announce(f"Ora la vista si chiama «{view.name}»", "Mostra le stesse cose di prima.")
    return redirect(url_for("viste.elenco"))


@for_signed_in
def remove(vista: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        gone = saved_views.remove(uow, current_actor(), vista)
    if gone:
        announce(f"Vista «{gone.name}» tolta", "Pratiche e attività restano dove sono.")
    else:
        announce("Questa vista non c’era già più", "L’avevi tolta prima.", tone="info")
    return redirect(url_for("viste.elenco"))


def _at_name(refusal: DeskRefusal) -> dict[str, str]:
    notice = notice_of(refusal)
    return {NAME: f"{notice.title}. {notice.text}"}
