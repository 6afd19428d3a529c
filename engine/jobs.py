"""Run jobs: timers that are due, operations, messages on their way. Rows in the database, one transition at a time.

Any number of workers on any number of machines may run them: on PostgreSQL a worker takes a case that nobody holds
(``FOR UPDATE SKIP LOCKED``), on SQLite the writers' queue lets one through at a time. An operation runs outside every
transaction and may run twice if the machine dies in the middle: that is why it is given its job's id.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from engine import deliveries, execution, history, instances, paging
from engine.deliveries import Parcel
from engine.errors import (
    ChangedMeanwhile,
    EngineError,
    InstanceNotFound,
    InstanceNotRunning,
    NeverReturned,
    NoSubscription,
    StandsStill,
    TaskNotFound,
    problem_of,
)
from engine.execution import by_itself, incident
from engine.history import EventType
from engine.model.tables import JOB_DUE, JOB_STOPPED, job, process_instance
from engine.store import OperationCall, Trouble, trouble_of

if TYPE_CHECKING:
    from datetime import datetime

    from engine.store import Store, UnitOfWork

ATTEMPTS = 3
LEASE = timedelta(minutes=5)
"""How long an operation may take before another worker tries it again."""
BACK_OFF = timedelta(minutes=1)
"""The wait after the first failure; it doubles with each."""

KEPT = timedelta(days=30)
"""How long the row of a job that is over stays, for whoever looks into what happened; the history stays for good."""
BATCH = 500
"""Rows deleted in one transaction, so that nobody waits for it."""

log = logging.getLogger(__name__)


class BpmnError(Exception):
    """An operation raises this to end its service task in a BPMN error that the diagram catches."""

    def __init__(self, code: str, message: str | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Job:
    """Something that happens by itself, or should have."""

    id: str
    instance_id: str
    kind: str
    token: str
    position: int
    element_id: str
    topic: str | None
    due_at: datetime
    state: str
    detail: dict[str, Any]
    attempts: int
    problem: str | None


def run_due(store: Store, now: datetime | None = None, limit: int = 100) -> int:
    """Run what is due, oldest first, each in its own transaction; returns how many ran."""
    for done in range(limit):
        if not _run_one(store, now):
            return done
    return limit


def incidents(uow: UnitOfWork) -> list[Job]:
    """List the jobs that have used up their attempts, oldest first."""
    rows = select(job).where(JOB_STOPPED).order_by(job.c.due_at, job.c.id)
    return [_read(row) for row in uow.connection.execute(rows)]


def stopped(uow: UnitOfWork, *, after: str | None = None, size: int = 25) -> paging.Page[Job]:
    """Give a page of the jobs that have used up their attempts, oldest first."""
    rows, ids = select(job).where(JOB_STOPPED), select(job.c.id).where(JOB_STOPPED)
    return paging.Listing(rows, ids, job.c.due_at, job.c.id).page(uow.connection, _read, after, size)


def retry(uow: UnitOfWork, job_id: str) -> bool:
    """Give a failed job its attempts back, from now; false when it is none that failed."""
    return bool(uow.connection.execute(update(job).where(job.c.id == job_id, JOB_STOPPED).values(_anew(uow))).rowcount)


def retry_all(uow: UnitOfWork) -> int:
    """Give every failed job its attempts back, from now; returns how many they were."""
    return uow.connection.execute(update(job).where(JOB_STOPPED).values(_anew(uow))).rowcount


def _anew(uow: UnitOfWork) -> dict[str, Any]:
    return {"state": "due", "attempts": 0, "due_at": uow.now, "problem": None}


def forget_settled(store: Store, now: datetime | None = None) -> int:
    """Delete rows of jobs that were over ``KEPT`` ago, a batch at most; returns how many went."""
    with store.unit_of_work(now) as uow:
        over = job.c.settled_at < uow.now - KEPT
        batch = select(job.c.id).where(over).order_by(job.c.settled_at).limit(BATCH).with_for_update(skip_locked=True)
        ids = uow.connection.execute(batch).scalars().all()
        return uow.connection.execute(delete(job).where(job.c.id.in_(ids))).rowcount if ids else 0


def _run_one(store: Store, now: datetime | None) -> bool:
    """Run one job, whatever becomes of it; False when nothing is due."""
    taken: Job | None = None
    try:
        with store.unit_of_work(now) as uow:
            taken = _take(uow)
            if taken is None:
                return False
            if taken.kind == "operation":
                _lease(uow, taken)
            else:
                _happen(uow, taken)
        if taken.kind == "operation":
            _operate(store, taken, now)
    except Exception as failure:  # whatever a diagram or an operation does, the worker goes on
        if taken is None:
            raise
        _fail(store, taken, now, failure)
    return True


def _take(uow: UnitOfWork) -> Job | None:
    """Lock the case of the oldest due job that nobody holds, then the job: the order every verb locks in."""
    statement = (
        select(job)
        .join(process_instance)
        .where(JOB_DUE, job.c.due_at <= uow.now)
        .order_by(job.c.due_at, job.c.id)
        .limit(1)
        .with_for_update(of=[process_instance, job], key_share=True, skip_locked=True)
    )
    row = uow.connection.execute(statement).one_or_none()
    return None if row is None else _read(row)


def _happen(uow: UnitOfWork, taken: Job) -> None:
    """Let a timer fire, or bring what a case has thrown one step further.

    Raises:
        StandsStill: the case still waits for what cannot come; whatever moved it would have ended this job.

    """
    if taken.kind == "stuck":
        raise StandsStill(taken.element_id)
    if taken.kind == "timer":
        _fire(uow, taken)
        return
    _settle(uow, taken.id)
    parcel = Parcel(taken.kind, taken.topic or "", taken.detail, taken.instance_id, taken.element_id)
    deliveries.bring(uow, parcel)


def _fire(uow: UnitOfWork, taken: Job) -> None:
    """Fire a timer; one whose token has gone meanwhile is no longer anybody's."""
    case = execution.lock(uow, taken.instance_id)
    try:
        case.process.fire(taken.token, taken.position)
    except NoSubscription:
        _settle(uow, taken.id, "canceled")
        return
    element = case.definition.model.elements[taken.element_id]
    fired = by_itself(uow, EventType.TIMER_FIRED, element.id, element.name)
    execution.reconcile(uow, case, fired, settled=taken.id)


def _lease(uow: UnitOfWork, taken: Job) -> None:
    """Push the job out of the other workers' sight while it runs.

    Raises:
        NeverReturned: it has begun as often as it may.

    """
    if taken.attempts >= ATTEMPTS:
        raise NeverReturned(taken.id)
    later = {"due_at": uow.now + LEASE, "attempts": taken.attempts + 1}
    uow.connection.execute(update(job).where(job.c.id == taken.id).values(later))


def _operate(store: Store, taken: Job, now: datetime | None) -> None:
    """Run an operation outside any transaction, then bring its results, or its BPMN error, into the case."""
    operation = store.operations.get(taken.topic or "")
    if operation is None:
        raise LookupError(f"no operation is registered for the topic {taken.topic}")
    with store.snapshot(now) as uow:
        call = _call(uow, taken)
    if call is None:  # its case went on without it between the lease and now
        return
    error: BpmnError | None = None
    results: dict[str, Any] = {}
    try:
        results = dict(operation(store, call) or {})
    except BpmnError as thrown:
        error = thrown
    with store.unit_of_work(now) as uow:
        _finish(uow, taken, results, error)


def _call(uow: UnitOfWork, taken: Job) -> OperationCall | None:
    """Gather what an operation is told: the variables in reach of its own token; None where that has gone."""
    case = execution.look(uow, taken.instance_id)
    if not case.process.holds(taken.token):
        return None
    element = case.definition.model.elements[taken.element_id]
    return OperationCall(
        job_id=taken.id,
        topic=taken.topic or "",
        element_id=taken.element_id,
        properties=element.properties,
        instance_id=case.id,
        definition_id=case.definition.id,
        business_key=case.business_key,
        scope=case.scope,
        variables=case.process.variables_of(taken.token),
        now=uow.now,
    )


def _finish(uow: UnitOfWork, taken: Job, results: dict[str, Any], error: BpmnError | None) -> None:
    """Bring an operation's end into its case; where the case went on without it, nothing is left to do."""
    try:
        case = execution.lock(uow, taken.instance_id)
        if error is None:
            case.process.complete(taken.token, results)
        else:
            case.process.throw_error(taken.token, error.code, error.message)
    except (TaskNotFound, InstanceNotRunning):
        return
    element = case.definition.model.elements[taken.element_id]
    facts = {"results": results, "error": error.code if error else None}
    completed = by_itself(uow, EventType.OPERATION_COMPLETED, element.id, element.name, facts)
    execution.reconcile(uow, case, completed, settled=taken.id)


def _fail(store: Store, taken: Job, now: datetime | None, failure: Exception) -> None:
    """Try again later, or after the last attempt leave an incident that a person sees.

    A job that is due no more, since another worker or the case itself has settled it meanwhile, stays as it is. What
    only met another worker is no attempt: it is tried again at once.
    """
    log.warning("job failed", extra={"job": taken.id, "element": taken.element_id, "kind": type(failure).__name__})
    if is_race(failure) and taken.kind != "operation":
        return
    attempts = taken.attempts + 1
    is_over = attempts >= ATTEMPTS or (isinstance(failure, EngineError) and not is_race(failure))
    with suppress(InstanceNotFound), store.unit_of_work(now) as uow:  # an erased case takes its jobs along
        again = {"attempts": attempts, "problem": problem_of(failure), "due_at": uow.now + BACK_OFF * 2**taken.attempts}
        if is_over:
            again["state"] = "incident"
            instances.lock(uow, taken.instance_id)
        is_due = (job.c.id == taken.id) & (job.c.state == "due")
        if uow.connection.execute(update(job).where(is_due).values(again)).rowcount and is_over:
            history.write(uow, taken.instance_id, [incident(uow, taken.element_id, taken.id, failure)])


def is_race(failure: Exception) -> bool:
    """Say whether a job failed only because somebody else was at the same rows in the same moment."""
    if isinstance(failure, OperationalError):
        return trouble_of(failure) in (Trouble.MEANWHILE, Trouble.LOCKED)
    return isinstance(failure, ChangedMeanwhile)


def _settle(uow: UnitOfWork, job_id: str, state: str = "done") -> None:
    uow.connection.execute(update(job).where(job.c.id == job_id).values(state=state, settled_at=uow.now))


def _read(row: Any) -> Job:
    return Job(*(getattr(row, name) for name in Job.__dataclass_fields__))
