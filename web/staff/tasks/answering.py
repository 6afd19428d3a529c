"""What a person sends from a task's page: a draft, a step, the whole form."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import abort, jsonify, make_response, redirect, request, url_for

from engine import drafts, tasks
from engine.errors import (
    AlreadyClaimed,
    DraftChanged,
    InvalidAnswers,
    NotTheAssignee,
    TaskAlreadyCompleted,
    TaskCanceled,
)
from engine.forms import RECAP
from web.parts import forms
from web.refusals import notice_of
from web.request.access import for_signed_in
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.tasks import sheet
from web.staff.tasks.page import DRAFT, DRAFT_HEADER, both, conflict, draw, why_closed
from web.words.dates import hour_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask.typing import ResponseReturnValue

    from engine.drafts import Draft
    from engine.errors import EngineError
    from engine.forms import Form
    from web.parts.forms import Turn
    from web.staff.tasks.sheet import Sheet

DIGITS = 9
"""More than any draft was saved."""
OVER = (TaskAlreadyCompleted, TaskCanceled, NotTheAssignee, AlreadyClaimed)


@for_signed_in
def answer(attivita: str) -> ResponseReturnValue:
    """Take what was sent. Whatever goes wrong, it is first kept as a draft."""
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, attivita)
    turn = _turn(found) if found.form else None
    try:
        return _take(found, turn)
    except DraftChanged as refusal:
        return _beside(attivita, cast("Turn", turn), refusal)
    except OVER as refusal:
        return _over(attivita, refusal, turn.answers if turn else {})


def _take(found: Sheet, turn: Turn | None) -> ResponseReturnValue:
    if not found.aperta:
        raise why_closed(found)
    if turn is None:
        return _complete(found, None)
    return VERBS[turn.verb](replace(found, draft=_keep(found, turn)), turn)


def _turn(found: Sheet) -> Turn:
    """Read what was sent over what the person had kept before."""
    return forms.turn(cast("Form", found.form), request.form, found.draft.answers if found.draft else None)


@for_signed_in
def save_draft(attivita: str) -> ResponseReturnValue:
    """Keep what is being typed, in the background; says when it was kept, or why it can be kept no more."""
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, attivita)
    if found.form is None:
        abort(HTTPStatus.NOT_FOUND)
    try:
        kept = _keep(found, _turn(found))
    except DraftChanged as refusal:
        notice = notice_of(refusal)
        return make_response(jsonify(messaggio=f"{notice.title}. {notice.text}"), HTTPStatus.CONFLICT)
    except OVER as refusal:
        return make_response(jsonify(messaggio=f"{notice_of(refusal).title}."), HTTPStatus.CONFLICT)
    return make_response(jsonify(salvata=hour_words(kept.saved_at)), {DRAFT_HEADER: str(kept.version)})


def _keep(found: Sheet, turn: Turn) -> Draft:
    """Keep the draft, unless another window of the same person has kept another one since this page was drawn."""
    written = request.form.get(DRAFT, "")
    version = int(written) if written.isdecimal() and len(written) <= DIGITS else None
    with store().unit_of_work(now()) as uow:
        return drafts.save(uow, found.task.id, current_actor(), turn.draft, version)


def _beside(task_id: str, turn: Turn, refusal: DraftChanged) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, task_id)
    return both(found, turn.answers, turn.form.step, refusal)


def _saved(found: Sheet, _turn: Turn) -> ResponseReturnValue:
    announce("Bozza salvata", f"«{found.task.name}» ti aspetta tra le tue attività.")
    return redirect(url_for("attivita.elenco"))


def _again(found: Sheet, turn: Turn) -> ResponseReturnValue:
    return draw(found, turn.answers, turn.form.step)


def _go(found: Sheet, turn: Turn) -> ResponseReturnValue:
    return redirect(url_for("attivita.pagina", attivita=found.task.id, passo=turn.target))


def _next(found: Sheet, turn: Turn) -> ResponseReturnValue:
    """Check the step on the page and open the one after it."""
    variables, roles = found.variables, current_actor().groups
    try:
        turn.form.validate(turn.answers, variables=variables, roles=roles, now=now())
    except InvalidAnswers as refusal:
        return draw(found, turn.answers, turn.form.step, refusal.errors)
    view = turn.form.view(turn.answers, variables=variables, roles=roles, now=now())
    return redirect(url_for("attivita.pagina", attivita=found.task.id, passo=view.next or RECAP))


def _complete(found: Sheet, turn: Turn | None) -> ResponseReturnValue:
    try:
        with store().unit_of_work(now()) as uow:
            tasks.complete(uow, found.task.id, current_actor(), turn.answers if turn else {})
            drafts.discard(uow, found.task.id, current_actor())
    except InvalidAnswers as refusal:
        return _back_to_the_error(found, turn, refusal)
    return redirect(url_for("attivita.esito", attivita=found.task.id))


def _back_to_the_error(found: Sheet, turn: Turn | None, refusal: InvalidAnswers) -> ResponseReturnValue:
    """Draw the step that asks for the first wrong answer."""
    if turn is None or found.form is None:
        raise refusal
    step = found.form.step_of(refusal.errors[0]) if found.form.steps else None
    return draw(found, turn.answers, step or turn.form.step, refusal.errors)


def _over(task_id: str, refusal: EngineError, answers: Mapping[str, object]) -> ResponseReturnValue:
    """Say that it is too late; the same form sent twice by one person leads to the same page."""
    if isinstance(refusal, TaskAlreadyCompleted) and refusal.completed_by == current_actor().user:
        return redirect(url_for("attivita.esito", attivita=task_id))
    with store().snapshot(now()) as uow:
        return conflict(sheet.read(uow, task_id), refusal, answers)


VERBS: Mapping[str, Callable[[Sheet, Turn], ResponseReturnValue]] = {
    "save": _saved,
    "refresh": _again,
    "go": _go,
    "next": _next,
    "complete": _complete,
}
