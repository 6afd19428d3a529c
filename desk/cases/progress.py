"""Read the requester's path off a case's history: which of its six steps are done, since when, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desk.access import Role
from desk.properties import STATE
from desk.states import PathStage, PublicState
from engine import definitions, instances
from engine.history import EventType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from desk.cases.lists import CaseSummary
    from engine.bpmn import ProcessModel
    from engine.store import Event, UnitOfWork

STEPS = tuple(PathStage)
DECIDED = (PublicState.CONCLUDED, PublicState.NOT_OURS)
"""Ends that the desk comes to, unlike a withdrawal: the step at which they are reached was done."""
TAKING = (EventType.TASK_CLAIMED, EventType.TASK_ASSIGNED, EventType.TASK_COMPLETED)


class Progress(StrEnum):
    DONE = "fatto"
    HERE = "siamo qui"
    AHEAD = "da fare"
    #: A case that ended early never came here.
    SKIPPED = "non previsto"


@dataclass(frozen=True)
class Milestone:
    """One step of the path; ``at`` and ``by`` (a user name) only where it is done."""

    step: PathStage
    progress: Progress
    at: datetime | None = None
    by: str | None = None


def path(uow: UnitOfWork, case: CaseSummary) -> tuple[Milestone, ...]:
    """Give the six steps of a case in order, with the dates that its history tells."""
    model = definitions.load(uow, instances.get(uow, case.id).definition_id).model
    return milestones(case, model, instances.history(uow, case.id))


def milestones(case: CaseSummary, model: ProcessModel, events: Sequence[Event]) -> tuple[Milestone, ...]:
    """Read the path off a history.

    A step is done when the case last moved beyond it; the second, when an analyst took the case, whatever the diagram
    says. A case that ends early leaves the steps between undone.
    """
    done = _moved_beyond(model, events)
    done[PathStage.TAKEN] = _taken(model, events)
    here = _here(case, is_taken=done[PathStage.TAKEN] is not None)
    return tuple(_milestone(case, step, here, done.get(step)) for step in STEPS)


def _milestone(case: CaseSummary, step: PathStage, here: PathStage, done_by: Event | None) -> Milestone:
    if STEPS.index(step) > STEPS.index(here):
        return Milestone(step, Progress.AHEAD)
    if step is here:
        return Milestone(step, Progress.DONE if case.closed_at else Progress.HERE, case.closed_at)
    if done_by is None:
        return Milestone(step, Progress.SKIPPED)
    return Milestone(step, Progress.DONE, done_by.at, done_by.actor)


def _here(case: CaseSummary, *, is_taken: bool) -> PathStage:
    if case.closed_at is None and not is_taken:
        return min(case.state.step, PathStage.TAKEN, key=STEPS.index)
    return case.state.step


def _moved_beyond(model: ProcessModel, events: Sequence[Event]) -> dict[PathStage, Event | None]:
    """Find for each step the last event that moved the case beyond it."""
    done: dict[PathStage, Event | None] = {}
    rank = 0
    for event in events:
        for state in _entered(model, event):
            reached = STEPS.index(state.step)
            done.update(dict.fromkeys(_passed(state, rank, reached), event))
            rank = reached
    return done


def _passed(state: PublicState, rank: int, reached: int) -> Sequence[PathStage]:
    """List the steps that a move leaves done behind it; an end leaves only the one at which it was decided."""
    if state.is_final:
        return STEPS[rank : rank + 1] if state in DECIDED else ()
    return STEPS[rank:reached]


def _entered(model: ProcessModel, event: Event) -> Iterator[PublicState]:
    """List the states whose elements a transition led to, in order."""
    for kind, name in event.facts.get("trail", ()):
        element = model.elements.get(model.flows[name].target if kind == "flow" and name in model.flows else "")
        written = STATE.of(element.properties) if element else ""
        if written in set(PublicState):
            yield PublicState(written)


def _taken(model: ProcessModel, events: Sequence[Event]) -> Event | None:
    """Find the event by which an analyst first took the case."""
    analysts = {element.id for element in model.elements.values() if element.lane == Role.ANALISTA}
    return next((each for each in events if each.type in TAKING and each.element_id in analysts), None)
