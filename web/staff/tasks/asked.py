"""Read what a post to a task needs, without the rest of its page: the task, its form, variables and draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request

from engine import definitions, drafts, instances, tasks
from web.parts import forms
from web.request.context import current_actor
from web.request.form_functions import desk_functions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.definitions import Definition
    from engine.drafts import Draft
    from engine.forms import Form
    from engine.instances import Instance
    from engine.store import UnitOfWork
    from engine.tasks import UserTask
    from web.parts.forms import FormTurn

DIGITS = 9
"""More than any draft was saved."""
DRAFT = "_bozza"
"""The field of a page that says which draft it was drawn from."""
DRAFT_HEADER = "X-Bozza"
"""The same for a page that stays open while its draft is saved in the background."""


@dataclass(frozen=True)
class AskedTask:
    """A task and what it asks. Templates read it too."""

    task: UserTask
    definition: Definition
    form: Form | None
    instance: Instance
    draft: Draft | None

    @property
    def variables(self) -> Mapping[str, Any]:
        return self.instance.variables

    @property
    def mia(self) -> bool:
        return self.task.assignee == current_actor().user

    @property
    def aperta(self) -> bool:
        return self.task.state == "created"

    @property
    def version(self) -> str:
        """Say which draft a page is drawn from, as it carries it along."""
        return str(self.draft.version if self.draft else 0)

    def turn(self) -> FormTurn | None:
        """Read what was sent over what the person had kept before; nothing where the task asks nothing."""
        return turn(self.form, self.draft) if self.form else None


def read(uow: UnitOfWork, task_id: str) -> AskedTask:
    """Read a task in three statements.

    Raises:
        TaskNotFound: there is none, or none that the actor may see.

    """
    actor = current_actor()
    task = tasks.get(uow, task_id, actor)
    instance = instances.get(uow, task.case_id)
    definition = definitions.load(uow, instance.definition_id)
    form = definition.forms.get(task.form_key or "")
    ready = form.using(desk_functions(uow, task.scope)) if form else None
    return AskedTask(task, definition, ready, instance, drafts.load(uow, task_id, actor))


def turn(form: Form, draft: Draft | None) -> FormTurn:
    """Read what was sent to a form over a draft."""
    return forms.turn(form, request.form, draft.answers if draft else None)


def version_sent() -> int | None:
    """Give the version of the draft that the page was drawn from, if it says one."""
    written = request.form.get(DRAFT, "")
    return int(written) if written.isdecimal() and len(written) <= DIGITS else None
