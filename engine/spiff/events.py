"""Events that a token waits for (messages, timers, signals, conditions), and what happens when they come."""

# ruff: noqa: SLF001  # SpiffWorkflow's protected names are its extension points

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn import Wait
from engine.errors import ExpressionFailed, NoSubscription
from engine.spiff.activities import Activity
from engine.spiff.cancelling import cancel, cancel_all, inside
from engine.spiff.scope import assign, evaluate, is_true
from engine.spiff.timers import EXPRESSION, first_wait, next_wait
from engine.spiff.workflow import BESIDE
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.bpmn import Element, WaitKind
    from engine.spiff.workflow import Node, Outgoing, ProcessSpec, Token

INTERRUPTED = "interrupted"
"""This key marks a scope that an interrupting event subprocess has taken over."""

WAITS = "waits"
"""Under this key a token keeps what it still waits for, one entry per definition, None for what has come."""


@dataclass(frozen=True)
class EventDefinition:
    """An event definition; ``kind`` is its tag without ``EventDefinition``."""

    kind: str
    #: Of a message or signal the name, of an error or escalation the code (None catches all), of a link its name.
    name: str | None = None
    #: Of a timer ``timeDate``, ``timeDuration`` or ``timeCycle``.
    timer: str = ""
    #: Of a timer its value, of a condition its expression, of a message the expression of its key.
    text: str | None = None
    #: Variables that take the code and the message of a caught error or escalation.
    variables: tuple[str | None, str | None] = (None, None)

    def catches(self, kind: str, code: str | None) -> bool:
        """Say whether an error or escalation with this code is meant."""
        return self.kind == kind and self.name in (None, code)


WAIT_KINDS: Mapping[str, WaitKind] = {
    "timer": "timer",
    "message": "message",
    "signal": "signal",
    "conditional": "condition",
}


@dataclass
class Arrival:
    """An event that has come for a token: which of its waits, and what it brought."""

    index: int
    payload: Mapping[str, Any] = field(default_factory=dict)


class Catch(Activity):
    """Waits for its event: an intermediate catch event, or a receive task."""

    #: Whether every definition must come, instead of any one.
    needs_all = False

    def __init__(self, scope: ProcessSpec, element: Element, definitions: Sequence[EventDefinition]) -> None:
        super().__init__(scope, element)
        self.definitions = tuple(definitions)

    def anchor(self, token: Token) -> Token:
        """Give the token in whose place expressions are evaluated and what comes is set."""
        return token

    def told(self, index: int) -> Element:  # noqa: ARG002  # a gateway tells of several
        """Give the element that people see waiting."""
        return self.element

    def _update_hook(self, token: Token) -> bool:
        token._set_state(TaskState.WAITING)
        self.watch(token)
        self.listen(token)
        return False

    def _on_ready_hook(self, token: Token) -> None:
        """Nothing: boundary events have listened since the token arrived."""

    def listen(self, token: Token) -> None:
        """Note what the token waits for from now on."""
        token.internal_data[WAITS] = [self._wait(token, each) for each in self.definitions]
        self.recheck(token)

    def _wait(self, token: Token, definition: EventDefinition) -> dict[str, Any] | None:
        if definition.kind == "timer":
            return self._timer(token, definition)
        if definition.kind == "message" and definition.text:
            return {"key": str(plain(evaluate(self.anchor(token), definition.text, self.element.id)))}
        return {} if definition.kind in WAIT_KINDS else None

    def _timer(self, token: Token, definition: EventDefinition) -> dict[str, Any]:
        text = definition.text or ""
        is_literal = not text.startswith(EXPRESSION)
        value = text if is_literal else evaluate(self.anchor(token), text[1:], self.element.id)
        try:
            return first_wait(definition.timer, value, token.workflow.now)
        except (ValueError, OverflowError) as error:
            raise ExpressionFailed(self.element.id, text, f"{value!r} non va bene come {definition.timer}") from error

    def waits(self, token: Token) -> Iterable[Wait]:
        """Tell of each event that may still come."""
        for index, entry in enumerate(token.internal_data.get(WAITS, ())):
            if entry is not None and token._state == TaskState.WAITING:
                yield self._told(token, index, entry)

    def _told(self, token: Token, index: int, entry: Mapping[str, Any]) -> Wait:
        definition, element = self.definitions[index], self.told(index)
        kind = WAIT_KINDS[definition.kind]
        own: Mapping[str, dict[str, Any]] = {
            "timer": {"due": entry.get("due")},
            "message": {
                "message": definition.name,
                "key": entry.get("key", token.workflow.business_key),
                "form_key": element.form_key,
            },
            "signal": {"signal": definition.name},
            "condition": {"condition": definition.text},
        }
        detail = {**own[kind], "properties": element.properties}
        return Wait(kind, token.workflow.public_id(token), index, element.id, element.name, detail)

    def recheck(self, token: Token) -> None:
        """Fire conditions that have become true; one that stays true does not fire again."""
        for index, definition in enumerate(self.definitions):
            entries = token.internal_data.get(WAITS)
            if definition.kind != "conditional" or token._state != TaskState.WAITING or not entries:
                continue
            entry = entries[index]
            if entry is not None:
                holds = is_true(self.anchor(token), definition.text or "", self.element.id)
                was, entry["true"] = entry.get("true", False), holds
                if holds and not was:
                    self.fire(token, Arrival(index))

    def fire(self, token: Token, arrival: Arrival) -> None:
        """Let an event come.

        Raises:
            NoSubscription: the token does not wait for it any more.

        """
        entries = token.internal_data.get(WAITS, ())
        if token.state != TaskState.WAITING or arrival.index >= len(entries) or entries[arrival.index] is None:
            raise NoSubscription(f"{token.workflow.public_id(token)}:{arrival.index}")
        assign(self.anchor(token), arrival.payload)
        self.happened(token, arrival)

    def happened(self, token: Token, arrival: Arrival) -> None:
        """Go on, or wait for the rest."""
        entries = token.internal_data[WAITS]
        entries[arrival.index] = None
        if not self.needs_all or not any(entry is not None for entry in entries):
            token._ready()


class EventGateway(Catch):
    """Waits for the first of the events that follow it."""

    def follow_up(self) -> None:
        """Take over what its events wait for, once they are all linked."""
        self.definitions = tuple(way.target.definitions[0] for way in self.outgoing)

    def told(self, index: int) -> Element:
        """Give the event."""
        element: Element = self.outgoing[index].target.element
        return element

    def happened(self, token: Token, arrival: Arrival) -> None:
        """Leave by the event that came."""
        token.internal_data["chosen"] = arrival.index
        token._ready()

    def choose(self, token: Token) -> list[Outgoing]:
        """Leave nothing to the flows: the event after it has already happened."""
        way = self.outgoing[token.internal_data["chosen"]]
        token.workflow.take(way)
        token.workflow.release(token.parent, way.target, beside=BESIDE in token.internal_data)
        return []


class Listener(Catch):
    """Waits beside what runs; when its event comes it may interrupt it or let it be."""

    listens = True

    def __init__(
        self, scope: ProcessSpec, element: Element, definitions: Sequence[EventDefinition], *, interrupts: bool
    ) -> None:
        super().__init__(scope, element, definitions)
        self.interrupts = interrupts

    def arm(self, host: Token) -> None:
        """Begin to listen, unless its event is one that is looked for only when it is thrown."""
        if any(each.kind in WAIT_KINDS for each in self.definitions):
            host.workflow.spawn(host, self)

    def happened(self, token: Token, arrival: Arrival) -> None:
        """Act on what is watched; listen on where it may come again."""
        host, anchor = token.parent, self.anchor(token)
        entries = token.internal_data[WAITS]
        kind = self.definitions[arrival.index].kind
        if self.needs_all and sum(entry is not None for entry in entries) > 1:
            entries[arrival.index] = None
            return
        if kind == "timer":
            entries[arrival.index] = next_wait(entries[arrival.index], token.workflow.now)
        if not self.interrupts and not any(entry is not None for entry in entries):
            token.forget()
        self.act(host, anchor)

    def anchor(self, token: Token) -> Token:
        """Evaluate where the event is acted upon."""
        return self.place(token.parent)

    def place(self, host: Token) -> Token:
        """Give the token beside or in which the event is acted upon."""
        return host

    def act(self, host: Token, anchor: Token) -> None:
        """Start what follows the event, in the place given."""
        raise NotImplementedError


class Boundary(Listener):
    """A boundary event; its listening token hangs on the activity, the one that goes on stands beside it."""

    def place(self, host: Token) -> Token:
        """Stand outside the activity."""
        beside: Token = host.parent
        return beside

    def act(self, host: Token, anchor: Token) -> None:
        """Go on from the event; cancel the activity where it interrupts."""
        is_beside = not self.interrupts or BESIDE in host.internal_data
        if self.interrupts:
            cancel(host)
        host.workflow.release(anchor, self, beside=is_beside)


class Trigger(Listener):
    """The start of an event subprocess, listening in the scope that holds it."""

    is_told = False
    container: Node

    def act(self, host: Token, anchor: Token) -> None:
        """Run the event subprocess, instead of all else in the scope where it interrupts."""
        if self.interrupts:
            cancel_all(inside(host))
            host.internal_data[INTERRUPTED] = True
        anchor.workflow.spawn(anchor, self.container)
