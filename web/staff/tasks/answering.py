"""Answer a task's form: save a draft, check a step, send the whole form."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import abort, jsonify, make_response, redirect, render_template, request, url_for

from engine import drafts
from engine.errors import DraftChanged, InvalidAnswers
from engine.forms import RECAP
from web.parts import forms
from web.refusals import notice_of
from web.request.access import for_signed_in
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.tasks import asked, sheet
from web.staff.tasks.asked import DRAFT_HEADER, version_sent
from web.staff.tasks.completing import OVER, beside, complete, over
from web.staff.tasks.invitation import invitation_of
from web.staff.tasks.page import draw, drawn_form, why_closed
from web.words.dates import hour_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask.typing import ResponseReturnValue

    from engine.drafts import Draft
    from web.parts.forms import FormTurn
    from web.staff.tasks.asked import AskedTask


BACKGROUND = "X-Requested-With"
"""The header of what the page's own script sends while the page stays open."""


@for_signed_in
def answer(attivita: str) -> ResponseReturnValue:
    """Take what was sent. A form that is sent as a whole is read and written in one transaction."""
    if forms.is_sent_whole(request.form):
        return complete(attivita)
    with store().snapshot(now()) as uow:
        found = asked.read(uow, attivita)
    turn = found.turn()
    if turn is None or turn.verb == "complete":
        return complete(attivita)
    try:
        if not found.aperta:
            raise why_closed(found.task)
        return VERBS[turn.verb](found, turn)
    except DraftChanged as refusal:
        return beside(attivita, refusal)
    except OVER as refusal:
        return over(attivita, refusal)


@for_signed_in
def save_draft(attivita: str) -> ResponseReturnValue:
    """Keep what is being typed, in the background; says when it was kept, or why it can be kept no more."""
    with store().snapshot(now()) as uow:
        found = asked.read(uow, attivita)
    turn = found.turn()
    if turn is None:
        abort(HTTPStatus.NOT_FOUND)
    try:
        kept = _keep(found, turn)
    except DraftChanged as refusal:
        notice = notice_of(refusal)
        return make_response(jsonify(messaggio=f"{notice.title}. {notice.text}"), HTTPStatus.CONFLICT)
    except OVER as refusal:
        return make_response(jsonify(messaggio=f"{notice_of(refusal).title}."), HTTPStatus.CONFLICT)
    return make_response(jsonify(salvata=hour_words(kept.saved_at)), {DRAFT_HEADER: str(kept.version)})


def _keep(found: AskedTask, turn: FormTurn) -> Draft:
    """Keep the draft, unless another window of the same person has kept another one since this page was drawn."""
    with store().unit_of_work(now()) as uow:
        return drafts.save(uow, found.task.id, current_actor(), turn.draft, version_sent())


def _saved(found: AskedTask, turn: FormTurn) -> ResponseReturnValue:
    _keep(found, turn)
    announce("Bozza salvata", f"«{found.task.name}» ti aspetta tra le tue attività.")
    return redirect(url_for("attivita.elenco"))


def _again(found: AskedTask, turn: FormTurn) -> ResponseReturnValue:
    """Draw the questions as they depend on the answers: for a page that stays open, the form alone and nothing kept."""
    if request.headers.get(BACKGROUND) is not None:
        return make_response(
            render_template(
                "staff/tasks/redrawn.html",
                foglio=found,
                modulo=drawn_form(found, turn.answers, turn.form.step),
                invito=invitation_of(found, turn.answers),
            )
        )
    _keep(found, turn)
    return _draw(found, turn)


def _go(found: AskedTask, turn: FormTurn) -> ResponseReturnValue:
    _keep(found, turn)
    return redirect(url_for("attivita.pagina", attivita=found.task.id, passo=turn.target))


def _next(found: AskedTask, turn: FormTurn) -> ResponseReturnValue:
    """Check the step on the page and open the one after it."""
    _keep(found, turn)
    variables, roles = found.variables, current_actor().groups
    try:
        turn.form.validate(turn.answers, variables=variables, roles=roles, now=now())
    except InvalidAnswers as refusal:
        return _draw(found, turn, refusal)
    view = turn.form.view(turn.answers, variables=variables, roles=roles, now=now())
    return redirect(url_for("attivita.pagina", attivita=found.task.id, passo=view.next or RECAP))


def _draw(found: AskedTask, turn: FormTurn, refusal: InvalidAnswers | None = None) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        page = sheet.read(uow, found.task.id)
    return draw(page, turn.answers, turn.form.step, refusal.errors if refusal else ())


VERBS: Mapping[str, Callable[[AskedTask, FormTurn], ResponseReturnValue]] = {
    "save": _saved,
    "refresh": _again,
    "go": _go,
    "next": _next,
}
