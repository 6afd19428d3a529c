"""Find out that a case stands still: it has not ended, and nothing that it waits for can move it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from engine.bpmn import Wait

if TYPE_CHECKING:
    from engine.spiff.workflow import Run, Token


def stuck(run: Run) -> list[Wait]:
    """Tell at which tokens a case stands still, none where it can still go on.

    What merely listens beside the tokens, a withdrawal or a deadline, may sweep them away but moves none of them. A
    condition comes true only when something else changes a variable.
    """
    tokens = sorted(run.tasks.values(), key=lambda token: token.id)
    if run.completed or any(_moves(token) for token in tokens):
        return []
    waiting = [token for token in tokens if token.state == TaskState.WAITING and not token.is_listening]
    listens = any(token.is_listening and _awaits_something(token) for token in tokens)
    still = [token for token in waiting if not (listens and _has_condition(token))]
    return [_told(token) for token in still]


def _moves(token: Token) -> bool:
    return not token.is_listening and _awaits_something(token)


def _awaits_something(token: Token) -> bool:
    return any(wait.kind != "condition" for wait in token.task_spec.waits(token))


def _has_condition(token: Token) -> bool:
    return any(wait.kind == "condition" for wait in token.task_spec.waits(token))


def _told(token: Token) -> Wait:
    element = token.task_spec.element
    return Wait("stuck", token.workflow.public_id(token), 0, element.id, element.name, {})
