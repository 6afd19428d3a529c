"""Write the rows of a case: one statement for each table that changed, whatever the number of rows."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError

from engine import candidates, holding
from engine.errors import AlreadyStarted, ChangedMeanwhile, StandsStill, problem_of
from engine.history import EventType
from engine.model.columns import NEVER
from engine.model.conflicts import insert_into
from engine.model.tables import job, message_subscription, process_instance, user_task
from engine.store import CasePlace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Executable, Table

    from engine.bpmn import Thrown, Wait
    from engine.case import LiveCase
    from engine.store import Event, UnitOfWork

CHANGING = {user_task: ("state", "ended_at", "ended_by"), job: ("state", "due_at", "attempts", "settled_at")}
"""What a transition may change of a row that is already there."""
_UNCHANGED = (process_instance.c.id == bindparam("case_id")) & (process_instance.c.revision == bindparam("before"))
_ADVANCE = update(process_instance).where(_UNCHANGED)
JOBS: Mapping[str, str] = {"timer": "timer", "job": "operation", "stuck": "stuck"}
"""What kind of job stands for what a case waits for."""
DEFAULT_PRIORITY = 50  # Camunda's: 0 lowest, 100 highest


def write_instance(uow: UnitOfWork, case: LiveCase, state: str, *, is_new: bool) -> None:
    """Write the case's own row.

    Raises:
        ChangedMeanwhile: another transition came first.
        AlreadyStarted: a new case has the id of an old one.

    """
    values = {
        "state": state,
        "variables": case.process.variables,
        "tokens": case.process.save(),
        "revision": case.revision + 1,
        "history_head": case.history_head,
        "ended_at": None if state == "active" else uow.now,
        "outcome": case.process.outcome.id if case.process.outcome else None,
    }
    if is_new:
        _insert(uow, case, values)
        return
    place = {"case_id": case.id, "before": case.revision}
    if uow.connection.execute(_ADVANCE, values | place).rowcount != 1:
        raise ChangedMeanwhile(case.id)


def _insert(uow: UnitOfWork, case: LiveCase, values: dict[str, Any]) -> None:
    try:
        uow.connection.execute(insert(process_instance), values | _birth(uow, case))
    except IntegrityError as taken:
        raise AlreadyStarted(case.id) from taken


def _birth(uow: UnitOfWork, case: LiveCase) -> dict[str, Any]:
    return {
        "id": case.id,
        "definition_id": case.definition.id,
        "business_key": case.business_key,
        "scope": case.scope,
        "started_by": case.started_by,
        "started_at": uow.now,
    }


def write_waits(
    uow: UnitOfWork, case: LiveCase, after: Mapping[str, Wait], cause: Event, settled: str | None = None
) -> None:
    """Write what the case has begun to wait for and what it waits for no more; ``settled`` is the job that has run."""
    begun = {key: wait for key, wait in after.items() if wait != case.before.get(key)}
    gone = {key: wait for key, wait in case.before.items() if key not in after}
    _write_tasks(uow, case, begun, gone, cause)
    _write_jobs(uow, case, begun, gone, settled)
    _write_subscriptions(uow, case, begun, gone)


def _write_tasks(
    uow: UnitOfWork, case: LiveCase, begun: Mapping[str, Wait], gone: Mapping[str, Wait], cause: Event
) -> None:
    rows = [
        task_row(uow, case, key, wait) for key, wait in begun.items() if wait.kind == "user" and key not in case.before
    ]
    candidates.remember(uow, {row[name] for row in rows for name in ("candidates", "roles")})
    for key, wait in gone.items():
        if wait.kind == "user":
            is_done = key == cause.facts.get("task") and cause.type == EventType.TASK_COMPLETED
            ending = {"state": "completed" if is_done else "canceled", "ended_at": uow.now, "ended_by": cause.actor}
            rows.append(task_row(uow, case, key, wait) | ending)
    _upsert(uow, user_task, rows)


def task_row(uow: UnitOfWork, case: LiveCase, key: str, wait: Wait) -> dict[str, Any]:
    """Make the row of a user task that begins now."""
    due_at = _moment(wait.detail.get("due_date"))
    roles = candidates.roles(wait.detail, case.definition.model.elements[wait.element].lane)
    return {
        "id": key,
        "instance_id": case.id,
        "business_key": case.business_key,
        "scope": case.scope,
        "element_id": wait.element,
        "name": wait.name or wait.element,
        "form_key": wait.detail.get("form_key"),
        "candidates": candidates.spelling(wait.detail),
        "roles": roles,
        "assignee": _holder(uow, case, wait.detail.get("assignee"), roles),
        "state": "created",
        "created_at": uow.now,
        "due_at": due_at,
        "sort_at": due_at or NEVER,
        "follow_up_at": _moment(wait.detail.get("follow_up_date")),
        "priority": wait.detail.get("priority") or DEFAULT_PRIORITY,
        "ended_at": None,
        "ended_by": None,
    }


def _holder(uow: UnitOfWork, case: LiveCase, named: str | None, roles: str) -> str | None:
    """Give a task to whom its diagram names, if they may have it; else it waits for its candidates."""
    if named is None:
        return None
    if (named, roles) not in case.holders:
        groups = frozenset(candidates.members(roles))
        case.holders[named, roles] = holding.may_hold(uow, named, groups, CasePlace(case.id, case.scope))
    return named if case.holders[named, roles] else None


def _write_jobs(
    uow: UnitOfWork, case: LiveCase, begun: Mapping[str, Wait], gone: Mapping[str, Wait], settled: str | None
) -> None:
    rows = [job_row(uow, case, key, wait) for key, wait in begun.items() if wait.kind in JOBS]
    rows += [
        job_row(uow, case, key, wait) | {"state": _ending(key, wait, settled), "settled_at": uow.now}
        for key, wait in gone.items()
        if wait.kind in JOBS
    ]
    # An escalation is told only where nothing in the case caught it: there is nobody to bring it to.
    thrown = (each for each in case.process.thrown if each.kind != "escalation")
    rows += [_thrown_row(uow, case, index, each) for index, each in enumerate(thrown)]
    _upsert(uow, job, rows)


def _ending(key: str, wait: Wait, settled: str | None) -> str:
    if key != settled:
        return "canceled"
    return "fired" if wait.kind == "timer" else "done"


def job_row(uow: UnitOfWork, case: LiveCase, key: str, wait: Wait) -> dict[str, Any]:
    """Make the row of a timer, of an operation that may begin at once, or of a case that stands still."""
    stands_still = wait.kind == "stuck"
    return {
        "id": key,
        "instance_id": case.id,
        "kind": JOBS[wait.kind],
        "token": wait.task,
        "position": wait.index,
        "element_id": wait.element,
        "topic": wait.detail.get("topic"),
        "due_at": _moment(wait.detail.get("due")) or uow.now,
        "state": "incident" if stands_still else "due",
        "detail": {},
        "attempts": 0,
        "problem": problem_of(StandsStill(wait.element)) if stands_still else None,
        "settled_at": None,
    }


def _thrown_row(uow: UnitOfWork, case: LiveCase, index: int, thrown: Thrown) -> dict[str, Any]:
    return {
        "id": f"{case.id}:{case.revision}:{index}",
        "instance_id": case.id,
        "kind": thrown.kind,
        "token": "",
        "position": index,
        "element_id": thrown.element,
        "topic": thrown.name,
        "due_at": uow.now,
        "state": "due",
        "detail": {"key": thrown.key},
        "attempts": 0,
        "problem": None,
        "settled_at": None,
    }


def _write_subscriptions(uow: UnitOfWork, case: LiveCase, begun: Mapping[str, Wait], gone: Mapping[str, Wait]) -> None:
    kinds = ("message", "signal")
    over = [key for key, wait in gone.items() if wait.kind in kinds]
    over += [key for key, wait in begun.items() if wait.kind in kinds and key in case.before]
    if over:
        uow.connection.execute(delete(message_subscription).where(message_subscription.c.id.in_(over)))
    rows = [subscription_row(case, key, wait) for key, wait in begun.items() if wait.kind in kinds]
    if rows:
        uow.connection.execute(insert(message_subscription), rows)


def subscription_row(case: LiveCase, key: str, wait: Wait) -> dict[str, Any]:
    """Make the row by which a message finds the case."""
    return {
        "id": key,
        "instance_id": case.id,
        "kind": wait.kind,
        "token": wait.task,
        "position": wait.index,
        "element_id": wait.element,
        "name": wait.name,
        "message": wait.detail["message"] if wait.kind == "message" else wait.detail["signal"],
        "correlation_key": wait.detail.get("key"),
        "form_key": wait.detail.get("form_key"),
        "properties": wait.detail.get("properties") or {},
    }


def _upsert(uow: UnitOfWork, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert new rows and change old ones in one statement."""
    if rows:
        uow.connection.execute(_upsert_into(table, uow.connection.dialect.name), rows)


@cache
def _upsert_into(table: Table, dialect_name: str) -> Executable:
    """Build the statement once: building it costs more than running it."""
    statement = insert_into(table, dialect_name)
    changes = {column: statement.excluded[column] for column in CHANGING[table]}
    keep: Executable = statement.on_conflict_do_update(index_elements=["id"], set_=changes)
    return keep


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
