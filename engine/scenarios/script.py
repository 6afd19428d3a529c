"""What a scenario says: who takes part, what they do in order, what must be seen on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from engine.identity import Actor

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Complete:
    """Somebody takes the open task of an element and answers it.

    Without ``by`` it is the task's assignee, or else the first person who may take it. With ``refused`` the form must
    refuse exactly the fields named, and the case stays as it is.
    """

    element: str
    answers: Answers
    by: str | None = None
    refused: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"completa {self.element}"


@dataclass(frozen=True)
class Send:
    """Somebody sends the message, by its name, that the case waits for."""

    message: str
    answers: Answers
    by: str

    def __str__(self) -> str:
        return f"messaggio {self.message}"


@dataclass(frozen=True)
class WaitFor:
    """Time passes: an ISO 8601 duration, an ISO 8601 moment with its zone, or FEEL after an equals sign."""

    until: str

    def __str__(self) -> str:
        return f"attendi {self.until}"


@dataclass(frozen=True)
class Expect:
    """What must be seen now; None where the scenario does not say.

    ``tasks`` are the element ids of the open tasks, all of them. ``properties`` are camunda:properties that an element
    where the case stands (or its end) must have. ``values`` are FEEL expressions over the variables with their value.
    ``outcome`` is the id of the end event reached, None while the case runs; it counts where ``tells_outcome``.
    """

    tasks: tuple[str, ...] | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    tells_outcome: bool = False

    def __str__(self) -> str:
        return "atteso"


Action = Complete | Send | WaitFor | Expect


@dataclass(frozen=True)
class Scenario:
    """One case from its start to where it must have come."""

    name: str
    title: str
    process: str
    #: When the case starts.
    begins: datetime
    people: Mapping[str, Actor]
    started_by: str
    scope: str | None
    variables: Mapping[str, Any]
    #: What each operation gives, by topic: nothing outside the scenario is ever set going.
    operations: Mapping[str, Mapping[str, Any]]
    steps: tuple[Action, ...]
