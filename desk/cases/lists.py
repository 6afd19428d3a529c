"""Open a case, list cases and find one; each person finds only those they may see."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from desk import comuni
from desk.access import Permission, require, visible
from desk.cases.numbers import next_number
from desk.errors import ProcessNotNamed
from desk.model import Case, Comune
from desk.people import mandates
from desk.properties import OPENED_FROM
from desk.searching import patterns
from desk.states import PublicState, Turn
from engine import definitions, deployments, instances, paging
from engine.errors import InstanceNotFound
from engine.model import TASK_OPEN, job, message_subscription, user_task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, ScalarSelect, Select

    from engine.identity import Actor
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class CaseSummary:
    """A pratica as lists and page heads show it."""

    id: str
    number: str
    istat: str
    comune: str
    requester: str | None
    title: str | None
    topic: str | None
    urgency: str | None
    contact: str | None
    #: Where mail reaches the requester; nothing for a person without e-mail.
    email: str | None
    state: PublicState
    turn: Turn | None
    sentence: str | None
    #: The analyst who holds one of its tasks now, or else worked on it last.
    owner: str | None
    opened_by: str
    opened_at: datetime
    forwarded_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    #: When the nearest of its open tasks is due.
    due_at: datetime | None
    #: Until when the requester may answer what they are asked: then a timer of the diagram goes on without them.
    answer_by: datetime | None
    has_secret: bool


@dataclass(frozen=True)
class CaseFilter:
    """What a list is narrowed to; each that is left out lets all through."""

    #: Words of what the pratica is found by, or of the Comune's name, all of which must be found.
    text: str = ""
    istat: str | None = None
    states: frozenset[PublicState] = frozenset()
    #: Only cases that go on, or only those that ended.
    running: bool | None = None
    owner: str | None = None
    #: From the first that was opened, instead of from the last.
    oldest_first: bool = False


CasePage = paging.Page[CaseSummary]


def open_request(  # noqa: PLR0913  # what a request is opened with, each by its name
    uow: UnitOfWork,
    actor: Actor,
    istat: str,
    *,
    key: str | None = None,
    variables: Mapping[str, Any] | None = None,
    case_id: str | None = None,
) -> CaseSummary:
    """Open a request at the desk of a Comune: it gets its number, and the process begins.

    Without a ``key`` it is the process that says it is opened from the page of new requests, or else the only one.
    The page chooses the ``case_id``, so that its form sent twice opens one request.

    Raises:
        AlreadyStarted: there is a request with this id.
        NotAllowed: the actor does not receive requests for this Comune.
        ComuneNotFound, ComuneNotJoined: there is no such desk.
        NotQualified: the actor is not trained, or has no mandate today.
        UnknownProcess: no process with this key is deployed.
        ProcessNotNamed: none was named, and not exactly one says that it is opened so.

    """
    require(actor, Permission.OPEN_REQUEST, istat)
    comune = comuni.get_joined(uow, istat)
    mandates.require_qualified(uow, actor.user, istat)
    number = next_number(uow, comune)
    instance = instances.start(
        uow,
        key or requested(uow),
        actor,
        variables=variables or {},
        scope=istat,
        business_key=number,
        instance_id=case_id,
    )
    return get(uow, instance.id, actor)


def requested(uow: UnitOfWork) -> str:
    """Give the key of the process that a new request begins; see ``open_request``."""
    keys = definitions.keys(uow)
    newest = {key: deployments.latest(uow, key).model for key in keys}
    said = [key for key in keys if OPENED_FROM.stands_in(newest[key].properties)]
    able = said or keys
    if len(able) != 1:
        raise ProcessNotNamed(able)
    return able[0]


def get(uow: UnitOfWork, case_id: str, actor: Actor) -> CaseSummary:
    """Give a pratica by its id or its number.

    Raises:
        InstanceNotFound: there is none, or none that the actor may see.

    """
    named = or_(Case.id == case_id, Case.number == case_id)
    row = uow.connection.execute(_summaries().where(named, visible(actor))).one_or_none()
    if row is None:
        raise InstanceNotFound(case_id)
    return _summary(row)


def page(
    uow: UnitOfWork, actor: Actor, narrowed: CaseFilter | None = None, *, after: str | None = None, size: int = 25
) -> CasePage:
    """List the pratiche that the actor may see, the latest opened first, in two statements whatever their number."""
    narrowed = narrowed or CaseFilter()
    condition = and_(visible(actor), *_narrowed(narrowed))
    rows, ids = _summaries().where(condition), select(Case.id).where(condition)
    place = (Case.opened_at.expression, Case.id.expression)
    listing = paging.Listing(rows, ids, *place, latest_first=not narrowed.oldest_first)
    return listing.page(uow.connection, _summary, after, size)


def by_id(uow: UnitOfWork, case_ids: Iterable[str]) -> dict[str, CaseSummary]:
    """Give the pratiche of tasks that somebody sees: who may see the task may see whose it is."""
    rows = uow.connection.execute(_summaries().where(Case.id.in_(sorted(set(case_ids)))))
    return {row.id: _summary(row) for row in rows}


def sees(uow: UnitOfWork, case_id: str, actor: Actor) -> bool:
    """Say whether the actor may open a pratica: one may have a task of it without."""
    return bool(uow.connection.scalar(select(exists().where(Case.id == case_id, visible(actor)))))


def _narrowed(narrowed: CaseFilter) -> list[ColumnElement[bool]]:
    conditions = mentioning(narrowed.text)
    if narrowed.istat is not None:
        conditions.append(Case.istat == narrowed.istat)
    if narrowed.states:
        conditions.append(Case.state.in_(sorted(narrowed.states)))
    if narrowed.running is not None:
        conditions.append(Case.closed_at.is_(None) if narrowed.running else Case.closed_at.is_not(None))
    if narrowed.owner is not None:
        conditions.append(_is_owned_by(narrowed.owner))
    return conditions


def mentioning(text: str) -> list[ColumnElement[bool]]:
    """Give the conditions that hold for the pratiche in which every word of a search is found."""
    return [_mentions(pattern) for pattern in patterns(text)]


def _mentions(pattern: str) -> ColumnElement[bool]:
    """Find a word in what a pratica is found by or in the name of the Comune."""
    named = select(Comune.istat).where(Comune.search.like(pattern, escape="\\"))
    return or_(Case.search.like(pattern, escape="\\"), Case.istat.in_(named))


def _summaries() -> Select[Any]:
    """Select what a summary has, by its names."""
    same = (getattr(Case, name) for name in _SAME)
    read = (_owner().label("owner"), _due_at().label("due_at"), _answer_by().label("answer_by"))
    return select(*same, *read, Comune.name.label("comune"), Case.secret.is_not(None).label("has_secret")).join(Comune)


def _owner() -> ColumnElement[str | None]:
    """Find the analyst who holds an open task of the case now, or else completed one last."""
    held = select(func.max(user_task.c.assignee)).where(_open_tasks(), _HELD_BY_ANALYST)
    return func.coalesce(held.correlate(Case).scalar_subquery(), Case.owner)


def _is_owned_by(analyst: str) -> ColumnElement[bool]:
    """Say the same as ``_owner() == analyst``, from the tasks of one person instead of those of every case."""
    open_now = (TASK_OPEN, _HELD_BY_ANALYST)
    held = select(user_task.c.instance_id).where(*open_now, user_task.c.assignee == analyst)
    held_by_another = exists().where(_open_tasks(), _HELD_BY_ANALYST).correlate(Case)
    return or_(Case.id.in_(held), and_(Case.owner == analyst, ~held_by_another))


def _due_at() -> ScalarSelect[datetime | None]:
    return select(func.min(user_task.c.due_at)).where(_open_tasks()).correlate(Case).scalar_subquery()


def _answer_by() -> ScalarSelect[datetime | None]:
    asked = and_(message_subscription.c.instance_id == Case.id, job.c.instance_id == Case.id)
    timer = and_(job.c.token == message_subscription.c.token, job.c.kind == "timer", job.c.state == "due")
    both = select(func.min(job.c.due_at)).select_from(message_subscription).join(job, timer)
    return both.where(asked).correlate(Case).scalar_subquery()


def _open_tasks() -> ColumnElement[bool]:
    return and_(user_task.c.instance_id == Case.id, TASK_OPEN)


_HELD_BY_ANALYST = and_(user_task.c.assignee.is_not(None), user_task.c.candidates.like('%"Analista"%'))


def _summary(row: Row[Any]) -> CaseSummary:
    told = row._asdict()
    told.update(state=PublicState(row.state), turn=Turn(row.turn) if row.turn else None)
    return CaseSummary(**told)


_SAME = [each.name for each in fields(CaseSummary) if each.name != "owner" and each.name in Case.__table__.columns]
