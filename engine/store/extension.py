"""What a program built on the engine adds: tables, functions, groups, operations, an observer of every transition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from engine.bpmn import Element, ProcessModel, Wait
    from engine.errors import EngineError
    from engine.problems import Problem
    from engine.store.migration import Schema
    from engine.store.store import Store
    from engine.store.unit_of_work import UnitOfWork

Functions = Mapping[str, Callable[..., Any]]
Operation = Callable[["Store", "OperationCall"], Mapping[str, Any] | None]
"""Work of a service task, outside every transaction: it opens its own; what it gives becomes variables of its scope."""


@dataclass(frozen=True)
class Event:
    """One line of a case's history: who did what, to which element, when, with which facts."""

    at: datetime
    type: str
    element_id: str | None
    name: str | None
    actor: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Transition:
    """What one transition did, as an observer sees it inside the same transaction."""

    instance_id: str
    business_key: str | None
    scope: str | None
    state: str
    variables: Mapping[str, Any]
    #: The variables as they were before it; empty for a new case.
    before: Mapping[str, Any]
    waits: tuple[Wait, ...]
    outcome: Element | None
    events: tuple[Event, ...]
    model: ProcessModel
    #: Evaluates a FEEL expression over the case's variables, under the transition's time and functions.
    evaluate: Callable[[str], Any]
    #: The same over the variables in reach of what the case waits for: its turn's, its called process's, the case's.
    evaluate_for: Callable[[Wait, str], Any]
    is_new: bool


@dataclass(frozen=True)
class OperationCall:
    """What an operation gets; ``job_id`` makes it idempotent, since delivery is at least once."""

    job_id: str
    topic: str
    element_id: str
    #: camunda:properties of the service task.
    properties: Mapping[str, str]
    instance_id: str
    definition_id: str
    business_key: str | None
    scope: str | None
    #: Every variable in reach of the service task: its turn's item and counters, its called process's, then the case's.
    variables: Mapping[str, Any]
    now: datetime


class CasePlace(NamedTuple):
    """A case and the scope it lies in."""

    case_id: str
    scope: str | None


@dataclass(frozen=True)
class Extension:
    """Everything the engine asks of the program above it."""

    schema: Schema | None = None
    #: Sees every transition inside its transaction; a refusal that it raises undoes all of it.
    observe: Callable[[UnitOfWork, Transition], None] | None = None
    #: FEEL functions for the cases of one scope.
    functions: Callable[[UnitOfWork, str | None], Functions] | None = None
    #: The groups a lane or a candidate group may name; a diagram that names another is refused.
    groups: frozenset[str] = frozenset()
    #: Says whether a user may have a task of a case, given the groups it is for: a diagram may name anybody.
    may_hold: Callable[[UnitOfWork, str, frozenset[str], CasePlace], bool] | None = None
    #: Gives the refusal that keeps a user, whatever their role, from working on a case, by its id.
    bars: Callable[[UnitOfWork, str, str], EngineError | None] | None = None
    #: Names of those functions, for the checker.
    function_names: frozenset[str] = frozenset()
    #: Variables that operations give, for the checker.
    variables: frozenset[str] = frozenset()
    #: Finds what is wrong with those files of a deployment that the program above reads; it may take some seconds.
    check: Callable[[Mapping[str, bytes]], Iterable[Problem]] | None = None
    operations: Mapping[str, Operation] = field(default_factory=dict)
    #: What the worker does beside the jobs, again and again; returns how much it did, nothing when nothing was due.
    work: Callable[[Store], int] | None = None
