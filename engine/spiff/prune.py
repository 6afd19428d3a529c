"""Forgetting: a token that is done leaves the tree at once, so that a thousandth turn costs what the first did.

Safe because nothing is ever read from the past: variables live outside the tree, an arrival at a join is a token that
waits there, and a token hangs directly on the scope it runs in.
"""

# ruff: noqa: SLF001  # SpiffWorkflow's protected names are its extension points

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.spiff.workflow import Token


def forget(token: Token) -> None:
    """Take a token out of the tree, with whatever still listens on its behalf."""
    token.workflow._remove_task(token.id)


def cancel(token: Token) -> None:
    """Cancel a token and everything that runs inside it, innermost first, then forget it."""
    for child in token.children:
        cancel(child)
    node = token.task_spec
    if node.is_told and not node.joins and not is_listening(token) and not token.has_state(TaskState.FINISHED_MASK):
        token.workflow.note("cancelled", token.task_spec.element)
    token.cancel()
    forget(token)


def cancel_all(tokens: Iterable[Token]) -> None:
    """Cancel several tokens; they are listed beforehand, since the tree changes meanwhile."""
    for token in list(tokens):
        cancel(token)


def inside(scope: Token) -> list[Token]:
    """Give what runs or listens in a scope, without the boundary events that watch it from outside."""
    return [child for child in scope.children if child.task_spec not in scope.task_spec.boundary]


def is_empty(scope: Token) -> bool:
    """Say whether nothing runs in a scope any more; what merely listens does not keep it open."""
    return all(is_listening(child) for child in scope.children)


def is_listening(token: Token) -> bool:
    """Say whether a token only stands for an event that may come."""
    return bool(token.task_spec.listens) and token.state == TaskState.WAITING
