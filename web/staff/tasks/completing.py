"""Complete a task with its form: read, checked and written in one transaction, kept as a draft where refused."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import redirect, url_for

from engine import drafts, tasks
from engine.errors import (
    AlreadyClaimed,
    DraftChanged,
    EngineError,
    InvalidAnswers,
    NotTheAssignee,
    TaskAlreadyCompleted,
    TaskCanceled,
)
from web.request.context import current_actor, now, store
from web.staff.tasks import sheet
from web.staff.tasks.asked import turn, version_sent
from web.staff.tasks.page import both, conflict, draw

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from engine.store import UnitOfWork
    from web.staff.tasks.sheet import Sheet

OVER = (TaskAlreadyCompleted, TaskCanceled, NotTheAssignee, AlreadyClaimed)


def complete(task_id: str) -> ResponseReturnValue:
    """Complete a task with what was sent; whatever goes wrong, the answers are kept as a draft if they can be."""
    try:
        with store().unit_of_work(now()) as uow:
            _complete(uow, task_id)
    except DraftChanged as refusal:
        return beside(task_id, refusal)
    except InvalidAnswers as refusal:
        return _back_to_the_error(_kept(task_id), refusal)
    except OVER as refusal:
        _kept(task_id)
        return over(task_id, refusal)
    except Exception:
        _kept(task_id)
        raise
    return redirect(url_for("attivita.esito", attivita=task_id))


def _complete(uow: UnitOfWork, task_id: str) -> None:
    actor = current_actor()
    taken = tasks.take(uow, task_id, actor)
    draft = drafts.take(uow, task_id, actor)
    if taken.form is None:
        tasks.finish(uow, taken, actor, {})
        return
    sent = turn(taken.form, draft)
    drafts.refuse_changed(task_id, draft, sent.draft, version_sent())
    tasks.finish(uow, taken, actor, sent.answers)


def _kept(task_id: str) -> Sheet | None:
    """Keep what was sent as a draft, and give the page as it is then; nothing where neither can be had."""
    with suppress(EngineError):
        with store().snapshot(now()) as uow:
            found = sheet.read(uow, task_id)
        if found.form is None or not found.aperta:
            return found
        with store().unit_of_work(now()) as uow:
            drafts.save(uow, task_id, current_actor(), turn(found.form, found.draft).draft, version_sent())
        with store().snapshot(now()) as uow:
            return sheet.read(uow, task_id)
    return None


def _back_to_the_error(found: Sheet | None, refusal: InvalidAnswers) -> ResponseReturnValue:
    """Draw the step that asks for the first wrong answer."""
    if found is None or found.form is None:
        raise refusal
    sent = turn(found.form, found.draft)
    step = found.form.step_of(refusal.errors[0]) if found.form.steps else None
    return draw(found, sent.answers, step or sent.form.step, refusal.errors)


def beside(task_id: str, refusal: DraftChanged) -> ResponseReturnValue:
    """Draw what was sent over what another window has saved meanwhile."""
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, task_id)
    if found.form is None:
        raise refusal
    sent = turn(found.form, found.draft)
    return both(found, sent.answers, sent.form.step, refusal)


def over(task_id: str, refusal: EngineError) -> ResponseReturnValue:
    """Say that it is too late; the same form sent twice by one person leads to the same page."""
    if isinstance(refusal, TaskAlreadyCompleted) and refusal.completed_by == current_actor().user:
        return redirect(url_for("attivita.esito", attivita=task_id))
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, task_id)
    return conflict(found, refusal, turn(found.form, found.draft).answers if found.form else {})
