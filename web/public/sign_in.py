"""Sign in and out. A session is renewed at sign-in, ends after idling, and with every change of password or roles."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for

from desk import people
from desk.access import Role
from desk.demo import desks_and_people
from web.parts.menu import work_menu
from web.request.access import for_everyone
from web.request.acting_role import acting_words
from web.request.announcements import announce
from web.request.context import settings, store, visitor
from web.request.session import begin_session
from web.request.unsent_answers import pack, safe_return, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from flask.typing import ResponseReturnValue

    from desk.model import User
    from engine.store import UnitOfWork

pages = Blueprint("sign_in", __name__)


@pages.get("/accedi")
@for_everyone
def form() -> ResponseReturnValue:
    if visitor():
        return redirect(_landing(request.args.get("ritorno")))
    return _page(username=request.args.get("chi", ""), ritorno=request.args.get("ritorno", ""))


@pages.post("/accedi")
@for_everyone
def enter() -> ResponseReturnValue:
    username, password = request.form.get("utente", ""), request.form.get("password", "")
    with store().unit_of_work() as uow:
        user = people.authenticate(uow, username, password, request.remote_addr or "")
        if user is not None:
            begin_session(user, people.roles(user)[0] if user.grants else None)
    return _refused(username) if user is None else _entered()


@pages.post("/esci")
@for_everyone
def leave() -> ResponseReturnValue:
    session.clear()
    announce("Sei uscito", "Se usi il computer di qualcun altro, chiudi anche il browser.")
    return redirect(url_for("home.page"))


def _entered() -> ResponseReturnValue:
    """Go back to where the session ended, with the answers that were being sent, if there were any."""
    kept, back = unpack(request.form.get("conservate", "")), request.form.get("ritorno")
    if kept and (address := safe_return(back)):
        return render_template("public/resume.html", conservate=kept, ritorno=address)
    return redirect(_landing(back))


def _refused(username: str) -> Response:
    page = _page(
        username=username,
        ritorno=request.form.get("ritorno", ""),
        conservate=unpack(request.form.get("conservate", "")),
        errore="Nome utente o password non corrispondono. Controlla e riprova.",
    )
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(*, username: str, ritorno: str, errore: str = "", conservate: Sequence[tuple[str, str]] = ()) -> str:
    known = demonstration_people() if settings().demonstration else []
    names = {person["utente"] for person in known}
    return render_template(
        "public/sign_in.html",
        utente=username,
        password=desks_and_people.PASSWORD if username in names and not errore else "",
        ritorno=safe_return(ritorno) or "",
        conservate=pack(conservate) if conservate else "",
        persone=known,
        errore=errore,
        errore_in_pagina=bool(errore),
    )


def demonstration_people() -> list[dict[str, str]]:
    """List the invented people and what they do."""
    with store().snapshot() as uow:
        invented = [user for user in people.everyone(uow) if user.demonstration and user.active]
        invented.sort(key=_rank)
        return [{"utente": user.username, "nome": user.name, "ruoli": _roles(uow, user)} for user in invented]


def _rank(user: User) -> tuple[int, str]:
    """Put first the roles that begin a request."""
    held = people.roles(user)
    return list(Role).index(held[0]) if held else len(Role), user.name


def _roles(uow: UnitOfWork, user: User) -> str:
    firm = settings().programme.firm
    return "; ".join(acting_words(uow, firm, role, people.scopes(user, role)) for role in people.roles(user))


def _landing(back: str | None) -> str:
    """Go back to where one was, or to the first place of one's menu."""
    places = work_menu()
    return safe_return(back) or url_for(places[0].endpoint if places else "profile.page")
