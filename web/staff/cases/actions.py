"""«Altre azioni»: send messages that a case waits for from the reader's role, such as a withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, abort, make_response, redirect, render_template, request, url_for

from desk import cases
from engine import definitions, instances, messages
from engine.errors import InvalidAnswers
from web.parts import forms
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.request.form_functions import desk_functions
from web.staff.cases.readers import READERS
from web.staff.cases.sheet import offered
from web.words.actions import action_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.forms import Form
    from engine.messages import Subscription
    from engine.problems import FieldError
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class OfferedMessage:
    """A message about to be sent: to which case, with which form."""

    pratica: CaseSummary
    subscription: Subscription
    form: Form | None
    variables: Mapping[str, Any]


@for_roles(*READERS)
def form(numero: str, sottoscrizione: str) -> ResponseReturnValue:
    """Ask for confirmation, with the questions that the message brings along."""
    with store().snapshot(now()) as uow:
        return _draw(_read(uow, numero, sottoscrizione), None)


@for_roles(*READERS)
def send(numero: str, sottoscrizione: str) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        offer = _read(uow, numero, sottoscrizione)
    turn = forms.turn(offer.form, request.form) if offer.form else None
    if turn and turn.verb == "refresh":
        return _draw(offer, turn.answers)
    answers = turn.answers if turn else {}
    try:
        with store().unit_of_work(now()) as uow:
            messages.correlate(uow, offer.subscription.id, current_actor(), answers)
    except InvalidAnswers as refusal:
        return _draw(offer, answers, refusal.errors)
    announce(f"Fatto: «{action_words(offer.subscription)}»")
    return redirect(url_for("pratiche.riepilogo", numero=numero))


def _read(uow: UnitOfWork, number: str, subscription_id: str) -> OfferedMessage:
    """Find what may be sent to a case; what is not offered to the reader is not there."""
    case = cases.get(uow, number, current_actor())
    definition = definitions.load(uow, instances.get(uow, case.id).definition_id)
    found = next((each for each in offered(uow, case.id, definition) if each.id == subscription_id), None)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    form, variables = messages.form(uow, found.id)
    return OfferedMessage(case, found, form.using(desk_functions(uow, case.istat)) if form else None, variables)


def _draw(offer: OfferedMessage, answers: Mapping[str, object] | None, errors: Sequence[FieldError] = ()) -> Response:
    words = action_words(offer.subscription)
    drawn = None
    if offer.form:
        roles = current_actor().groups
        view = offer.form.view(answers, variables=offer.variables, roles=roles, now=now(), errors=errors)
        drawn = forms.render(view, _frame(offer, words))
    page = render_template(
        "staff/cases/action.html",
        sezione="pratiche",
        pratica=offer.pratica,
        azione=words,
        modulo=drawn,
        manda=_address(offer, "manda"),
        errore_in_pagina=bool(errors),
    )
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)


def _frame(offer: OfferedMessage, words: str) -> forms.FormPage:
    back = url_for("pratiche.riepilogo", numero=offer.pratica.number)
    return forms.FormPage(action=_address(offer, "manda"), back=back, submit=words)


def _address(offer: OfferedMessage, verb: str) -> str:
    return url_for(f"pratiche.{verb}", numero=offer.pratica.number, sottoscrizione=offer.subscription.id)
