"""Profile: who I am here, the role I act in, my password, how I like lists and keys."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for

from desk import people
from desk.errors import RoleNotHeld, TooManyAttempts, WeakPassword
from web.refusals import notice_of
from web.request.access import for_signed_in
from web.request.acting_role import acting_words
from web.request.announcements import announce
from web.request.context import current_visitor, settings, store
from web.request.preferences import Preferences, keep
from web.request.session import begin_session
from web.request.unsent_answers import return_or_home

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("profile", __name__, url_prefix="/profilo")


@pages.get("")
@for_signed_in
def page() -> str:
    return _page()


@pages.get("/scorciatoie")
@for_signed_in
def shortcuts() -> str:
    return render_template("staff/shortcuts.html")


@pages.post("/ruolo")
@for_signed_in
def change_role() -> ResponseReturnValue:
    known = current_visitor()
    wanted = request.form.get("ruolo", "")
    if wanted not in known.roles:
        raise RoleNotHeld(known.actor.user, wanted)
    session["role"] = wanted
    announce(f"Ora lavori come {wanted.lower()}", "Vedi e fai quello che spetta a questo ruolo.")
    return redirect(return_or_home(request.form.get("ritorno"), "sign_in.form"))


@pages.post("/preferenze")
@for_signed_in
def prefer() -> ResponseReturnValue:
    chosen = Preferences(compact=request.form.get("righe") == "compatte", shortcuts=request.form.get("tasti") == "si")
    announce("Preferenze salvate", "Valgono su questo computer.")
    response = make_response(redirect(return_or_home(request.form.get("ritorno"), "profile.page")))
    keep(response, chosen, settings())
    return response


@pages.post("/password")
@for_signed_in
def change_password() -> ResponseReturnValue:
    new = request.form.get("nuova", "")
    if new != request.form.get("ripeti", ""):
        return _wrong("ripeti", "Le due password nuove non sono uguali.")
    try:
        changed = _change(request.form.get("attuale", ""), new)
    except (WeakPassword, TooManyAttempts) as refusal:
        notice = notice_of(refusal)
        return _wrong("nuova" if isinstance(refusal, WeakPassword) else "attuale", f"{notice.title}. {notice.text}")
    if not changed:
        return _wrong("attuale", "Non è la password con cui sei entrato.")
    announce("Password cambiata", "Dove eri entrato con quella vecchia, devi entrare di nuovo.")
    return redirect(url_for("profile.page"))


def _change(present: str, new: str) -> bool:
    """Change the password and go on with a session of our own: all others are over."""
    known = current_visitor()
    with store().unit_of_work() as uow:
        changed = people.change_password(uow, known.actor.user, present, new)
        if changed:
            begin_session(people.get(uow, known.actor.user), known.role)
    return changed


def _wrong(field: str, sentence: str) -> ResponseReturnValue:
    return _page({field: sentence}), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(errors: dict[str, str] | None = None) -> str:
    known, firm = current_visitor(), settings().programme.firm
    with store().snapshot() as uow:
        user = people.get(uow, known.actor.user)
        held = [(role, acting_words(uow, firm, role, people.scopes(user, role))) for role in people.roles(user)]
    return render_template("staff/profile.html", ruoli=held, errori=errors or {}, errore_in_pagina=bool(errors))
