"""What others may know of a diagram and of a transition: its elements, flows and waits, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

WaitKind = Literal["user", "job", "timer", "message", "signal", "condition", "stuck"]
StepKind = Literal["completed", "cancelled", "flow", "decision", "ended"]


class Evaluator(Protocol):
    """What the engine gives to the diagrams it runs."""

    def evaluate(self, text: str, context: Mapping[str, Any]) -> Any:
        """Give the value of a FEEL expression; raises ``engine.feel.FeelError`` for one that has none."""

    def decide(self, ref: str, context: Mapping[str, Any]) -> Any:
        """Give the value of a DMN decision, named by its id or its name."""


@dataclass(frozen=True)
class Element:
    """A flow node of a diagram, as its designer described it."""

    id: str
    name: str
    #: The tag without namespace: ``userTask``, ``exclusiveGateway``, ``boundaryEvent`` …
    type: str
    #: Name of the innermost lane, or of the innermost one that an enclosing subprocess lies in.
    lane: str | None = None
    documentation: str = ""
    #: camunda:properties, by name.
    properties: Mapping[str, str] = field(default_factory=dict)
    #: camunda:formKey, else camunda:formRef.
    form_key: str | None = None
    #: Id of the subprocess or process that the element lies directly in.
    parent: str = ""
    #: Kinds of its event definitions: ``message``, ``timer``, ``error`` …; empty where it has none.
    events: tuple[str, ...] = ()
    #: Id of the activity that a boundary event hangs on.
    attached_to: str = ""


@dataclass(frozen=True)
class Flow:
    """A sequence flow; ``condition`` is FEEL, or None where the flow is unconditional."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None


@dataclass(frozen=True)
class Start:
    """A start event of the process itself and what makes it happen.

    ``kind`` is ``none``, ``message``, ``timer`` or ``signal``. ``detail`` holds the name of the message or signal under
    the kind's name; of a timer the literal or ``=expression`` as ``timer`` and
    ``timeDate``, ``timeDuration`` or ``timeCycle`` as ``type``.
    """

    kind: str
    element: Element
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ProcessModel:
    """A process as it was deployed, read once and shared by every case that runs it; never changed."""

    key: str
    name: str
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    #: camunda:properties of the process itself.
    properties: Mapping[str, str]
    starts: tuple[Start, ...]


@dataclass(frozen=True)
class Wait:
    """One thing a case waits for.

    ``task`` names the waiting token, uniquely among all cases; ``index`` tells apart the several things one token may
    wait for (the events after an event-based gateway). ``element`` is the id of the element to show for it.
    ``detail`` is plain JSON, already evaluated:

    - ``user``: form_key, candidate_groups, candidate_users, assignee, due_date, follow_up_date, priority, locals
    - ``job``: topic, retries, locals
    - ``timer``: due (aware ISO 8601, UTC)
    - ``message``: message, key, form_key
    - ``signal``: signal
    - ``condition``: condition
    - ``stuck``: nothing; it waits for what cannot come (``Process.stuck``)

    and for all of them ``properties``, the element's camunda:properties.
    """

    kind: WaitKind
    task: str
    index: int
    element: str
    name: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class TrailStep:
    """Something that happened in one transition; ``element`` is an element's id, or a sequence flow's.

    An activity with several instances is completed (or cancelled) once for each, and once as a whole.
    """

    kind: StepKind
    element: str
    name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Thrown:
    """Something a diagram sent out in a transition.

    ``kind`` is ``message``, ``signal`` or ``escalation``; ``name`` the message's or signal's name, or the escalation's
    code; ``key`` the correlation key of a message. A signal has already reached this case's own waits, an escalation
    is told only when nothing in the case caught it: neither must be delivered to the same case again.
    """

    kind: Literal["message", "signal", "escalation"]
    name: str
    element: str
    key: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
