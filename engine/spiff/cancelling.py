"""Cancel tokens, with everything that runs inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.spiff.workflow import Token


def cancel(token: Token) -> None:
    """Cancel a token and everything that runs inside it, innermost first, then forget it."""
    for child in token.children:
        cancel(child)
    node = token.task_spec
    if node.is_told and not node.joins and not token.is_listening and not token.has_state(TaskState.FINISHED_MASK):
        token.workflow.note("cancelled", token.task_spec.element)
    token.cancel()
    token.forget()


def cancel_all(tokens: Iterable[Token]) -> None:
    """Cancel several tokens; they are listed beforehand, since the tree changes meanwhile."""
    for token in list(tokens):
        cancel(token)


def inside(scope: Token) -> list[Token]:
    """Give what runs or listens in a scope, without the boundary events that watch it from outside."""
    return [child for child in scope.children if child.task_spec not in scope.task_spec.boundary]
