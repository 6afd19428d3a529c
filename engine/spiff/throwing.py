"""Throw messages, signals, escalations, errors and termination, and find who in the case catches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from engine.bpmn import Thrown
from engine.errors import UncaughtError
from engine.spiff.cancelling import cancel_all, inside
from engine.spiff.events import INTERRUPTED, Arrival
from engine.spiff.flows import FlowNode
from engine.spiff.scope import assign, evaluate
from engine.spiff.workflow import BESIDE
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.bpmn import Element
    from engine.spiff.events import EventDefinition, Listener
    from engine.spiff.workflow import Node, ProcessSpec, Run, Token


class Throw(FlowNode):
    """Throws its events and passes on: an intermediate throw event, a send task, or an end event."""

    def __init__(self, scope: ProcessSpec, element: Element, definitions: Sequence[EventDefinition]) -> None:
        super().__init__(scope, element)
        self.definitions = tuple(definitions)

    def emit(self, token: Token) -> None:
        """Throw each event; an error or a termination may sweep the token itself away."""
        for definition in self.definitions:
            _THROW[definition.kind](token, definition)


class Jump(FlowNode):
    """A throwing link event: the token goes on at the catching one of the same name."""

    target: Node

    def __init__(self, scope: ProcessSpec, element: Element, link: str) -> None:
        super().__init__(scope, element)
        self.link_name = link

    def emit(self, token: Token) -> None:
        """Land on the other side."""
        token.workflow.spawn(token.parent, self.target, beside=BESIDE in token.internal_data)


def _message(token: Token, definition: EventDefinition) -> None:
    element = token.task_spec.element
    key = token.workflow.business_key
    if definition.text:
        key = str(plain(evaluate(token, definition.text, element.id)))
    thrown = Thrown("message", definition.name or "", element.id, key, element.properties)
    token.workflow.thrown.append(thrown)


def _signal(token: Token, definition: EventDefinition) -> None:
    element, run = token.task_spec.element, token.workflow
    run.thrown.append(Thrown("signal", definition.name or "", element.id, None, element.properties))
    broadcast(run, definition.name or "")


def broadcast(run: Run, signal: str) -> None:
    """Let a signal reach everything in the case that waits for it at this moment."""
    for token in list(run.tasks.values()):
        for index in _receivers(token, signal):
            token.task_spec.fire(token, Arrival(index))


def _receivers(token: Token, signal: str) -> Iterator[int]:
    for wait in list(token.task_spec.waits(token)):
        # The one before may have brought the token on, or have swept it away.
        is_waiting = token.id in token.workflow.tasks and token.state == TaskState.WAITING
        if is_waiting and wait.kind == "signal" and wait.detail["signal"] == signal:
            yield wait.index


def _escalation(token: Token, definition: EventDefinition) -> None:
    element = token.task_spec.element
    if not _is_caught(token, "escalation", definition.name, None):
        token.workflow.thrown.append(Thrown("escalation", definition.name or "", element.id, None, element.properties))


def _error(token: Token, definition: EventDefinition) -> None:
    """End the case with the error event as its outcome when nothing catches it."""
    if not _is_caught(token, "error", definition.name, None):
        run = token.workflow
        run.outcome = token.task_spec.element
        run.task_tree.complete()


def _terminate(token: Token, _: EventDefinition) -> None:
    cancel_all(each for each in inside(token.parent) if each is not token)


def _cancel(token: Token, definition: EventDefinition) -> None:
    """Leave the transaction by its cancel event."""
    _is_caught(token, definition.kind, None, None)


_THROW = {
    "message": _message,
    "signal": _signal,
    "escalation": _escalation,
    "error": _error,
    "terminate": _terminate,
    "cancel": _cancel,
}


def throw_error(token: Token, code: str, message: str | None) -> None:
    """Let an activity fail with a BPMN error.

    Raises:
        UncaughtError: nothing catches it.

    """
    if not _is_caught(token, "error", code, message):
        raise UncaughtError(code)


def _is_caught(token: Token, kind: str, code: str | None, message: str | None) -> bool:
    """Hand an error or escalation to the nearest that catches it, if any does."""
    for host, listener, definition in _catchers(token, kind, code):
        anchor = listener.place(host)
        given = zip(definition.variables, (code, message), strict=True)
        assign(anchor, {name: value for name, value in given if name})
        listener.act(host, anchor)
        return True
    return False


def _catchers(token: Token, kind: str, code: str | None) -> Iterator[tuple[Token, Listener, EventDefinition]]:
    """Walk outwards: event subprocesses of a scope first, then what is attached to it, the exact code before any."""
    host: Token | None = token
    inside: Token | None = None
    while host is not None:
        triggers = [each for each in host.task_spec.triggers if _may_start(each, host, inside)]
        for listeners in (triggers, host.task_spec.boundary):
            found = [(host, each, one) for each in listeners for one in each.definitions if one.catches(kind, code)]
            yield from sorted(found, key=lambda match: match[2].name is None)
        host, inside = host.parent, host


def _may_start(trigger: Listener, host: Token, inside: Token | None) -> bool:
    """Say no to an event subprocess that would catch its own, or that comes after another took its scope over."""
    is_itself = inside is not None and inside.task_spec is trigger.container
    return INTERRUPTED not in host.internal_data and not is_itself
