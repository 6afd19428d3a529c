"""Show a task's page: the form beside a summary of its case, and what it led to once it is done."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import Response, make_response, redirect, render_template, request, url_for

from desk import cases
from desk.access import Permission, may
from engine import tasks
from engine.errors import TaskAlreadyCompleted, TaskCanceled
from engine.forms import RECAP
from web.parts import forms
from web.parts.case.answers import answered
from web.parts.case.awaited import awaited
from web.parts.case.next_steps import next_steps
from web.refusals import notice_of
from web.request.access import for_signed_in
from web.request.context import current_actor, now, store
from web.staff.tasks import sheet
from web.staff.tasks.asked import DRAFT, DRAFT_HEADER
from web.staff.tasks.invitation import invitation_of
from web.words.dates import hour_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue
    from markupsafe import Markup

    from engine.errors import DraftChanged, EngineError
    from engine.forms import Form, FormView, Section
    from engine.problems import FieldError
    from engine.tasks import UserTask
    from web.staff.tasks.asked import AskedTask
    from web.staff.tasks.sheet import Sheet

    Answers = Mapping[str, object]


@for_signed_in
def show(attivita: str) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, attivita)
    if found.task.state == "completed" and found.task.ended_by == current_actor().user:
        return redirect(url_for("attivita.esito", attivita=attivita))
    if not found.aperta:
        return conflict(found, why_closed(found.task))
    return draw(found, found.draft.answers if found.draft else None, step_to_open(found, request.args.get("passo")))


@for_signed_in
def outcome(attivita: str) -> ResponseReturnValue:
    """Say what completing a task led to; whoever sent the form twice reads the same page twice."""
    actor = current_actor()
    with store().snapshot(now()) as uow:
        task = tasks.get(uow, attivita, actor)
        if task.state != "completed":
            return redirect(url_for("attivita.pagina", attivita=attivita))
        case = cases.by_id(uow, [task.case_id])[task.case_id]
        page = render_template(
            "staff/tasks/outcome.html",
            sezione="attivita",
            attivita=task,
            pratica=case,
            vede=cases.sees(uow, case.id, actor),
            prossimi=next_steps(uow, case, actor),
            attesa=awaited(uow, case),
            ricevuta=may(actor, Permission.ISSUE_SECRET, case.istat) and case.requester is not None,
        )
    return make_response(page)


def step_to_open(found: Sheet, asked: str | None) -> str | None:
    """Give the step asked for, or the first one of a form that has steps."""
    steps = [component.id for component in found.form.steps] if found.form else []
    if not steps:
        return None
    return asked if asked in {*steps, RECAP} else steps[0]


def draw(found: Sheet, answers: Answers | None, step: str | None = None, errors: Sequence[FieldError] = ()) -> Response:
    """Draw a task's page; with errors, as a refusal. Before it is claimed, the whole form can be read."""
    response = make_response(_page(found, answers, step, errors))
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    response.headers[DRAFT_HEADER] = found.version
    return response


def both(found: Sheet, answers: Answers, step: str | None, refusal: DraftChanged) -> Response:
    """Draw what was typed here over what another window saved meanwhile, and say where the two differ."""
    beside = {"avviso": notice_of(refusal), "altrove": _elsewhere(found, answers)}
    return make_response(_page(found, answers, step, (), **beside), HTTPStatus.CONFLICT)


def _elsewhere(found: Sheet, answers: Answers) -> list[Section]:
    """Give the saved answers that are not as they were typed here."""
    here = {(part.step, each.label): each for part in _recap(found, answers) for each in part.answers}
    saved = _recap(found, found.draft.answers if found.draft else {})
    other = [
        replace(part, answers=tuple(each for each in part.answers if here.get((part.step, each.label)) != each))
        for part in saved
    ]
    return [part for part in other if part.answers]


def _page(found: Sheet, answers: Answers | None, step: str | None, errors: Sequence[FieldError], **more: object) -> str:
    view = _view(found, answers, step, errors) if found.form else None
    frame = replace(_frame(found), saved="") if more else _frame(found)  # another window's draft is not this page's
    return render_template(
        "staff/tasks/page.html",
        sezione="attivita",
        foglio=found,
        modulo=forms.render(view, frame) if view else None,
        passo=view.step.title if view and view.step else "",
        errore_in_pagina=bool(errors),
        invito=invitation_of(found, answers),
        **more,
    )


def drawn_form(found: AskedTask, answers: Answers, step: str | None) -> Markup:
    """Draw the form alone, for a page that stays open."""
    return forms.render(_view(found, answers, step, ()), _frame(found))


def _view(found: AskedTask, answers: Answers | None, step: str | None, errors: Sequence[FieldError]) -> FormView:
    form, roles = cast("Form", found.form), current_actor().groups
    if found.mia:
        return form.at(step).view(answers, variables=found.variables, roles=roles, now=now(), errors=errors)
    return replace(form.view(None, variables=found.variables, roles=roles, now=now()), steps=())


def _frame(found: AskedTask) -> forms.FormPage:
    return forms.FormPage(
        action=url_for("attivita.rispondi", attivita=found.task.id),
        draft=url_for("attivita.bozza", attivita=found.task.id),
        saved=hour_words(found.draft.saved_at) if found.draft else "",
        back=url_for("attivita.elenco"),
        later=True,
        hidden={DRAFT: found.version},
    )


def conflict(found: Sheet, refusal: EngineError, typed: Answers | None = None) -> Response:
    """Say that somebody was faster, who and when; what was typed is kept and shown."""
    mine = typed if typed is not None else found.draft.answers if found.draft else None
    page = render_template(
        "staff/tasks/conflict.html",
        sezione="attivita",
        foglio=found,
        avviso=notice_of(refusal),
        mie=_read_again(found, mine) if mine else (),
        loro=next((each for each in found.risposte if each.element_id == found.task.element_id), None),
    )
    return make_response(page, HTTPStatus.CONFLICT)


def _read_again(found: Sheet, typed: Answers) -> tuple[Section, ...]:
    return answered(_recap(found, typed))


def _recap(found: Sheet, typed: Answers) -> tuple[Section, ...]:
    if found.form is None:
        return ()
    return found.form.recap(typed, variables=found.variables, roles=current_actor().groups, now=now())


def why_closed(task: UserTask) -> EngineError:
    """Say why a task that is no longer open cannot be answered."""
    if task.state == "completed" and task.ended_by and task.ended_at:
        return TaskAlreadyCompleted(task.id, task.ended_by, task.ended_at)
    return TaskCanceled(task.id)
