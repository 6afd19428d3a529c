"""«Com’è andata?»: ask the two fixed questions of the Comuni model, one page each, once the request has ended."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from desk.errors import AlreadyRated, InvalidRating, NotConcluded
from desk.requester import ratings
from desk.requester.ratings import Rating
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import store
from web.request.requester_session import own_case
from web.requester.frame import frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

pages = Blueprint("requester_rating", __name__, url_prefix="/segui/richiesta/valutazione")
STARS = {5: "Molto facile", 4: "Facile", 3: "Così così", 2: "Difficile", 1: "Molto difficile"}
PROBLEMS = {
    "voto": "Scegli da 1 a 5 quanto è stato facile",
    "aspetto": "Scegli una delle risposte",
    "commento": f"Scrivi al massimo {ratings.LONGEST_COMMENT} caratteri",
}


@pages.get("")
@for_everyone
def page() -> str:
    with store().snapshot() as uow:
        return _page(uow, _ended(uow), Rating(_stars(request.args), ""))


@pages.post("")
@for_everyone
def send() -> ResponseReturnValue:
    given = Rating(_stars(request.form), request.form.get("aspetto", ""), request.form.get("commento", ""))
    try:
        with store().unit_of_work() as uow:
            ratings.rate(uow, own_case(uow), given)
    except InvalidRating as refusal:
        return _again(given, refusal.field)
    announce("Grazie, abbiamo ricevuto la tua risposta", "Ci serve per migliorare. Non la leghiamo al tuo nome.")
    return redirect(url_for("follow.page"))


def _stars(fields: Mapping[str, str]) -> int:
    """Read the stars; 0 where none of the five was chosen."""
    text = fields.get("voto", "")
    return int(text) if text in {str(each) for each in ratings.STARS} else 0


def _ended(uow: UnitOfWork) -> CaseSummary:
    """Give the requester's own case once it can be rated.

    Raises:
        NotConcluded, AlreadyRated: it cannot.

    """
    case = own_case(uow)
    if case.closed_at is None:
        raise NotConcluded(case.id)
    if not ratings.may_rate(uow, case):
        raise AlreadyRated(case.id)
    return case


def _again(given: Rating, field: str) -> ResponseReturnValue:
    with store().snapshot() as uow:
        page = _page(uow, own_case(uow), given, errori={field: PROBLEMS[field]}, errore_in_pagina=True)
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(uow: UnitOfWork, case: CaseSummary, given: Rating, **more: object) -> str:
    question, answers = ratings.second_question(given.stars)
    return render_template(
        "requester/rating.html",
        **frame(uow, case),
        domanda=ratings.QUESTION,
        voti=STARS,
        dato=given,
        seconda=question,
        risposte=answers,
        massimo=ratings.LONGEST_COMMENT,
        **more,
    )
