"""Tell a case's open tasks: who has to act and by when, in the same words on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from desk import people
from desk.comuni import calendars
from engine import tasks
from web.request.context import now
from web.words.dates import list_words
from web.words.deadlines import Deadline, deadline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.cases import CaseSummary
    from engine.identity import Actor
    from engine.store import UnitOfWork
    from engine.tasks import UserTask


@dataclass(frozen=True)
class NextStep:
    """An open task of a case, as everybody who sees the case may read it."""

    id: str
    nome: str
    #: Who has it, or who may take it.
    di_chi: str
    scadenza: Deadline | None
    #: Where the reader may open it; nothing when it is not theirs to open.
    indirizzo: str
    mia: bool
    libera: bool


def next_steps(uow: UnitOfWork, case: CaseSummary, actor: Actor) -> list[NextStep]:
    """List a case's open tasks, the nearest due first."""
    open_tasks = sorted((task for task in tasks.of_case(uow, case.id) if task.state == "created"), key=_order)
    names = people.names(uow, {name for task in open_tasks for name in (task.assignee, *task.candidate_users) if name})
    return [_told(uow, task, actor, names) for task in open_tasks]


def _order(task: UserTask) -> tuple[object, str]:
    return task.sort_at, task.id


def _told(uow: UnitOfWork, task: UserTask, actor: Actor, names: Mapping[str, str]) -> NextStep:
    due = deadline(task.due_at, now(), calendars.calendar(uow, task.scope)) if task.due_at else None
    mine = task.assignee == actor.user
    return NextStep(
        task.id,
        task.name,
        holder_words(task, actor, names),
        due,
        url_for("attivita.pagina", attivita=task.id) if task.is_visible_to(actor) else "",
        mine,
        task.assignee is None,
    )


def holder_words(task: UserTask, actor: Actor, names: Mapping[str, str]) -> str:
    """Say who has a task: «a te», «a Sara Esempio», «a chi tra gli analisti la prende»."""
    if task.assignee == actor.user:
        return "a te"
    if task.assignee:
        return f"a {names.get(task.assignee, task.assignee)}"
    who = [group.lower() for group in task.candidate_groups] + [names.get(one, one) for one in task.candidate_users]
    return f"da prendere in carico ({list_words(who)})" if who else "da prendere in carico"
