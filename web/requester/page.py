"""«Segui la tua richiesta»: the requester's page, entered with number and secret in place of an account."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from desk import comuni, people
from desk.access import Role
from desk.requester import secrets
from web.parts.menu import public_menu
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import store, visitor
from web.request.public_address import own_address
from web.request.requester_session import is_in, let_in, let_out, own_case
from web.request.unsent_answers import pack, safe_return, unpack
from web.requester.messages import Question, question
from web.requester.outcome import outcome_of
from web.requester.path import of_this_step, path_words, subscriptions_for, when_words
from web.requester.sections import sections
from web.words.actions import action_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

pages = Blueprint("follow", __name__, url_prefix="/segui")
WRONG_PAIR = "Numero e codice non corrispondono. Controlla la ricevuta e riprova."


@pages.get("")
@for_everyone
def form() -> ResponseReturnValue:
    if is_in() and not request.args.get("numero"):
        return redirect(url_for("follow.page"))
    return _door(request.args.get("numero", ""))


@pages.post("")
@for_everyone
def enter() -> ResponseReturnValue:
    number, secret = request.form.get("numero", ""), request.form.get("codice", "")
    with store().unit_of_work() as uow:
        case = secrets.open_with(uow, number, secret, request.remote_addr or "")
    if case is None:
        return _wrong_pair(number)
    let_in(case, keep_session=visitor() is not None)
    return _entered()


@pages.get("/richiesta")
@for_everyone
def page() -> str:
    with store().snapshot() as uow:
        case = own_case(uow)
        asked, offered = subscriptions_for(uow, case)
        here, always = of_this_step(uow, case, offered)
        return case_page(uow, case, [question(uow, each) for each in asked], qui=here, azioni=always)


@pages.post("/esci")
@for_everyone
def leave() -> ResponseReturnValue:
    let_out()
    announce("Sei uscito dalla pagina della richiesta", "Per rientrare usa numero e codice.")
    return redirect(url_for("follow.form"))


def case_page(uow: UnitOfWork, case: CaseSummary, asked: Sequence[Question], **more: object) -> str:
    """Draw the requester's page: what they are asked first, then where the case stands and who to talk to."""
    comune = comuni.get(uow, case.istat)
    return render_template(
        "requester/page.html",
        pratica=case,
        comune=comune,
        menu_pubblico=public_menu(comune),
        sezione="segui",
        passi=path_words(uow, case),
        quando=when_words(uow, case),
        esiti=outcome_of(uow, case),
        referenti=people.holding(uow, Role.REFERENTE, case.istat),
        domande=asked,
        parole_di=action_words,
        **sections(uow, case),
        **more,
    )


def _entered() -> ResponseReturnValue:
    """Go on: with the answers that were being sent when the page had closed, if there were any."""
    kept, back = unpack(request.form.get("conservate", "")), safe_return(request.form.get("ritorno"))
    if kept and back:
        return render_template("requester/resume.html", conservate=kept, ritorno=back, sezione="segui")
    return redirect(url_for("follow.page"))


def _wrong_pair(number: str) -> Response:
    kept = unpack(request.form.get("conservate", ""))
    page = _door(number, WRONG_PAIR, pack(kept) if kept else "", safe_return(request.form.get("ritorno")) or "")
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _door(number: str, wrong: str = "", kept: str = "", back: str = "") -> str:
    return render_template(
        "requester/enter.html",
        numero=number,
        errore=wrong,
        errore_in_pagina=bool(wrong),
        conservate=kept,
        ritorno=back,
        link_per_posta=own_address() is not None,
        sezione="segui",
    )
