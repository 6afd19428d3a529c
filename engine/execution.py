"""Load a case for a transition, and write it back: its token state, the rows it is found by, its history.

``reconcile`` alone writes the token state, and with it begins and ends the rows of what the case waits for
(``user_task``, ``job``, ``message_subscription``), in one transaction, so that the two cannot tell different stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from engine import definitions, history, projection
from engine.case import LiveCase
from engine.errors import InstanceNotFound, InstanceNotRunning, StandsStill, problem_of
from engine.evaluation import FeelHost
from engine.history import EventType
from engine.identity import ENGINE
from engine.model.tables import process_instance
from engine.spiff.process import Process
from engine.store import Event, Transition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select

    from engine.bpmn import Wait
    from engine.store import UnitOfWork


LOADED = ("definition_id", "variables", "tokens", "revision", "started_by", "history_head")
"""The columns of ``process_instance`` that only a transition needs."""
_WHOLE = select(
    process_instance.c.id.label("instance_id"),
    *(process_instance.c[name] for name in ("state", "business_key", "scope", *LOADED)),
).where(process_instance.c.id == bindparam("wanted"))


def load(uow: UnitOfWork, row: Any) -> LiveCase:
    """Bring a case to life from its locked row: ``LOADED``, and its ``instance_id``, ``business_key`` and ``scope``."""
    definition = definitions.load(uow, row.definition_id)
    host = FeelHost(uow, definition, row.scope, row.started_by)
    process = Process.restore(
        definition.model,
        host,
        row.variables,
        row.tokens,
        now=uow.now,
        business_key=row.business_key,
    )
    before = {wait_id(wait): wait for wait in (*process.waits(), *process.stuck())}
    return LiveCase(
        row.instance_id,
        row.business_key,
        row.scope,
        row.started_by,
        row.revision,
        definition,
        process,
        host,
        row.history_head,
        dict(row.variables),
        before,
    )


def lock(uow: UnitOfWork, instance_id: str) -> LiveCase:
    """Take a running case in hand for a transition.

    Raises:
        InstanceNotFound: there is none with this id.
        InstanceNotRunning: it has ended.

    """
    row = _row(uow, _WHOLE.with_for_update(key_share=True), instance_id)
    if row.state != "active":
        raise InstanceNotRunning(instance_id, row.state)
    return load(uow, row)


def look(uow: UnitOfWork, instance_id: str) -> LiveCase:
    """Bring a case to life only to read it: nothing holds it, so nothing may be written.

    Raises:
        InstanceNotFound: there is none with this id.

    """
    return load(uow, _row(uow, _WHOLE, instance_id))


def _row(uow: UnitOfWork, statement: Select[Any], instance_id: str) -> Any:
    row = uow.connection.execute(statement, {"wanted": instance_id}).one_or_none()
    if row is None:
        raise InstanceNotFound(instance_id)
    return row


def wait_id(wait: Wait) -> str:
    """Name what a case waits for: a user task by its token, the rest by token and index, since one may hold several."""
    if wait.kind == "user":
        return wait.task
    return f"{wait.task}:stuck" if wait.kind == "stuck" else f"{wait.task}:{wait.index}"


def reconcile(
    uow: UnitOfWork, case: LiveCase, cause: Event, *, is_new: bool = False, settled: str | None = None
) -> list[Wait]:
    """Write the case as it now is: its row, its projections, its history; then show the transition to the observers.

    ``settled`` is the id of the job that caused it, which has fired or is done; other jobs that go are canceled.
    """
    waits = tuple(case.process.waits())
    after = {wait_id(wait): wait for wait in (*waits, *case.process.stuck())}
    events = _events(uow, case, cause, after)
    state = "active"
    if case.process.completed:
        state = "canceled" if cause.type == EventType.INSTANCE_CANCELED else "completed"
    links = history.linked(case.id, case.history_head, events)
    case.history_head = links[-1].digest
    projection.write_instance(uow, case, state, is_new=is_new)
    projection.write_waits(uow, case, after, cause, settled)
    history.append(uow, case.id, links)
    _show(uow, case, state, waits, events, is_new=is_new)
    return [wait for key, wait in after.items() if key not in case.before]


def _events(uow: UnitOfWork, case: LiveCase, cause: Event, after: Mapping[str, Wait]) -> list[Event]:
    """Tell what happened: the cause with the path the token took, decisions, tasks taken away, the end."""
    trail = [[step.kind, step.element] for step in case.process.trail]
    events = [Event(cause.at, cause.type, cause.element_id, cause.name, cause.actor, {**cause.facts, "trail": trail})]
    events += [by_itself(uow, EventType.DECISION_MADE, facts=facts) for facts in case.host.decisions]
    for key, wait in case.before.items():
        if wait.kind == "user" and key not in after and key != cause.facts.get("task"):
            events.append(by_itself(uow, EventType.TASK_CANCELED, wait.element, wait.name, {"task": key}))
    events += [incident(uow, wait.element, key, StandsStill(wait.element)) for key, wait in _standing(case, after)]
    if case.process.completed and cause.type != EventType.INSTANCE_CANCELED:
        end = case.process.outcome
        events.append(by_itself(uow, EventType.INSTANCE_COMPLETED, end.id if end else None, end.name if end else None))
    return events


def _standing(case: LiveCase, after: Mapping[str, Wait]) -> list[tuple[str, Wait]]:
    """Give where the case has begun to stand still."""
    return [(key, wait) for key, wait in after.items() if wait.kind == "stuck" and key not in case.before]


def incident(uow: UnitOfWork, element: str, job_id: str, failure: Exception) -> Event:
    """Make the event that tells of a job that waits for a person."""
    return by_itself(uow, EventType.INCIDENT_OPENED, element, None, {"job": job_id, "problem": problem_of(failure)})


def by_itself(
    uow: UnitOfWork,
    kind: EventType,
    element: str | None = None,
    name: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Make an event that the engine itself is the author of."""
    return Event(uow.now, kind, element, name, ENGINE.user, facts or {})


def _show(  # noqa: PLR0913  # one call site, all of it already computed
    uow: UnitOfWork,
    case: LiveCase,
    state: str,
    waits: tuple[Wait, ...],
    events: list[Event],
    *,
    is_new: bool,
) -> None:
    transition = Transition(
        case.id,
        case.business_key,
        case.scope,
        state,
        case.process.variables,
        case.variables_before,
        waits,
        case.process.outcome,
        tuple(events),
        case.definition.model,
        lambda text: case.host.evaluate(text, case.process.variables),
        lambda wait, text: case.host.evaluate(text, case.process.variables_of(wait.task)),
        is_new,
    )
    for extension in uow.store.extensions:
        if extension.observe is not None:
            extension.observe(uow, transition)
