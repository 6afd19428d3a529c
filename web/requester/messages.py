"""Draw and send the messages that a diagram lets a requester send, checked as any form."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from desk import comuni
from desk.calendar import local_date
from desk.properties import IF_YOU_ARE_SILENT
from desk.states import Turn
from engine import instances, messages
from engine.errors import InvalidAnswers, NoSubscription
from engine.forms import merged
from web.parts import forms
from web.parts.menu import public_menu
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import now, store
from web.request.requester_session import own_case, requester
from web.requester.path import subscriptions_for
from web.words.actions import action_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.forms import Form
    from engine.messages import Subscription
    from engine.problems import FieldError
    from engine.store import UnitOfWork

pages = Blueprint("requester_answers", __name__, url_prefix="/segui/richiesta/messaggi")
ROLES = frozenset({Turn.REQUESTER.value})


@dataclass(frozen=True)
class Question:
    """A message the requester may send: its words, and its form ready to be put on a page."""

    id: str
    words: str
    form: Markup
    #: After this the answer is no longer waited for.
    until: date | None = None
    #: What happens when no answer comes by then.
    afterwards: str = ""


@pages.get("/<subscription_id>")
@for_everyone
def page(subscription_id: str) -> str:
    with store().snapshot() as uow:
        case = own_case(uow)
        return _page(uow, case, question(uow, _own(uow, case, subscription_id)))


@pages.post("/<subscription_id>")
@for_everyone
def send(subscription_id: str) -> ResponseReturnValue:
    with store().snapshot() as uow:
        subscription = _own(uow, own_case(uow), subscription_id)
        form, _ = _form(uow, subscription)
        asked = forms.turn(form, request.form) if form else None
    answers = asked.answers if asked else {}
    if asked and asked.verb != "complete":
        return _again(subscription_id, answers)
    try:
        _correlate(subscription_id, answers)
    except InvalidAnswers as refusal:
        return _again(subscription_id, answers, refusal.errors)
    announce("Fatto, abbiamo ricevuto la tua risposta", "Qui sotto vedi che cosa succede ora.")
    return redirect(url_for("follow.page"))


def question(
    uow: UnitOfWork,
    subscription: Subscription,
    answers: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
) -> Question:
    words = action_words(subscription)
    action = url_for("requester_answers.send", subscription_id=subscription.id)
    form, variables = _form(uow, subscription)
    if form is None:
        confirm = Markup(render_template("requester/confirm.html", azione=words, indirizzo=action))  # noqa: S704 our template
        return Question(subscription.id, words, confirm, *_term(subscription))
    # What was answered to an earlier invitation is no answer to this one.
    view = form.view(_begun(form, answers), variables=variables, roles=ROLES, now=now(), errors=errors)
    drawn = forms.render(view, forms.FormPage(action=action, submit=words))
    return Question(subscription.id, words, drawn, *_term(subscription))


def _term(subscription: Subscription) -> tuple[date | None, str]:
    """Say the last day for an answer, and what comes then: the diagram's timer is what ends the wait."""
    if subscription.expires_at is None:
        return None, ""
    return local_date(subscription.expires_at), IF_YOU_ARE_SILENT.of(subscription.properties)


def _form(uow: UnitOfWork, subscription: Subscription) -> tuple[Form | None, dict[str, Any]]:
    """Give a message's form, which may name the functions of the desk, and the variables that fill it."""
    form, variables = messages.form(uow, subscription.id)
    scope = instances.get(uow, subscription.instance_id).scope
    return form.using(uow.functions(scope)) if form else None, variables


def _begun(form: Form, answers: Mapping[str, Any] | None) -> dict[str, Any]:
    """Lay what was typed over an empty form."""
    return merged(form.initial({}), answers or {})


def _correlate(subscription_id: str, answers: Mapping[str, Any]) -> None:
    with store().unit_of_work() as uow:
        case = own_case(uow)
        messages.correlate(uow, _own(uow, case, subscription_id).id, requester(case), answers)


def _again(subscription_id: str, answers: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> ResponseReturnValue:
    """Draw the same form with what was typed, and what is wrong with it."""
    with store().snapshot() as uow:
        case = own_case(uow)
        drawn = question(uow, _own(uow, case, subscription_id), answers, errors)
        page = _page(uow, case, drawn, errore_in_pagina=bool(errors))
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)


def _page(uow: UnitOfWork, case: CaseSummary, asked: Question, **more: object) -> str:
    comune = comuni.get(uow, case.istat)
    return render_template(
        "requester/message.html",
        pratica=case,
        comune=comune,
        menu_pubblico=public_menu(comune),
        sezione="segui",
        domanda=asked,
        **more,
    )


def _own(uow: UnitOfWork, case: CaseSummary, subscription_id: str) -> Subscription:
    """Give a message of the requester's own case that they may send.

    Raises:
        NoSubscription: the case waits for no such message, or not from them.

    """
    asked, always = subscriptions_for(uow, case)
    found = next((each for each in (*asked, *always) if each.id == subscription_id), None)
    if found is None:
        raise NoSubscription(subscription_id)
    return found
