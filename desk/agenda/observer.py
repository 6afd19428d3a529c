"""Keep convocations and the times they take in step with their cases, in the transition's own transaction.

New times are taken before old ones are freed. A transition that changes nothing of what a case wants of the agenda
costs no statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update

from desk.agenda import cells
from desk.agenda.convocations import ConvocationState
from desk.agenda.free import resources_of
from desk.agenda.plan import plans
from desk.agenda.refusing import refuse_passed, refuse_taken
from desk.model import Engagement, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row

    from desk.agenda.plan import Plan
    from desk.slots import Slot
    from engine.store import Transition, UnitOfWork


def observe(uow: UnitOfWork, transition: Transition) -> None:
    """Book, move, free and close what a transition says, for cases of a Comune.

    Raises:
        InvalidAnswers: somebody's answers want a time that is taken or past: the error is at their field.
        SlotTaken, SlotPassed: the same, when nobody answered anything.
        ExpressionFailed: an ``agenda.*`` property of the process gives no usable value.

    """
    found = plans(uow, transition) if transition.scope and transition.business_key else None
    if found is None:
        return
    before, after = found
    if after.outcome and after.outcome != before.outcome:
        _record(uow, transition, after)
    elif transition.state == "active" and after.wanted != before.wanted:
        _follow(uow, transition, before, after)
    if transition.state != "active" and (before.slots or after.slots):
        _end(uow, transition)
    elif after.outcome != before.outcome and not after.fixed and after.slots - before.slots:
        _follow(uow, transition, before, after)


def _follow(uow: UnitOfWork, transition: Transition, before: Plan, after: Plan) -> None:
    last = _last(uow, transition.instance_id)
    if after.slots:
        if (after.slots, after.fixed) != (before.slots, before.fixed):
            refuse_passed(uow, transition, after)
        _book(uow, transition, last, after)
    elif last and ConvocationState(last.state).binds:
        _cancel(uow, transition, last)


def _book(uow: UnitOfWork, transition: Transition, last: Row[Any] | None, plan: Plan) -> None:
    """Let the present round, or a new one after a meeting with an outcome, take the times of a plan."""
    if last is None or ConvocationState(last.state).recorded:
        uid = str(uuid4())
        row = {"uid": uid, "case_id": transition.instance_id, "round": last.round + 1 if last else 1, "sequence": 0}
        uow.connection.execute(insert(Meeting), row | _standing(None, plan) | _told(uow, transition, plan))
    else:
        uid = last.uid
        _change(uow, uid, _standing(last, plan) | _told(uow, transition, plan))
    resources = resources_of(transition.scope if plan.in_person else None, plan.analyst)
    taken = cells.replace(uow, cells.of_convocation(uid), cells.covering(plan.slots, resources))
    if taken:
        refuse_taken(uow, transition, plan, {cell.instant for cell in taken})
    _engage(uow, uid, plan.slots)


def _standing(last: Row[Any] | None, plan: Plan) -> dict[str, Any]:
    """Say how a round stands with a plan; SEQUENCE grows when what calendars hold is no longer so."""
    if not plan.fixed:
        was_fixed = last is not None and ConvocationState(last.state).fixed
        return {"state": ConvocationState.PROPOSED.value} | ({"sequence": last.sequence + 1} if was_fixed else {})  # type: ignore[union-attr]
    (slot,) = plan.slots
    fixed = {"starts_at": slot.starts, "ends_at": slot.ends}
    if last is None or last.starts_at is None:
        return {"state": ConvocationState.CONFIRMED.value, **fixed}
    same = (last.starts_at, last.ends_at, last.in_person) == (slot.starts, slot.ends, plan.in_person)
    moved = not same or last.state == ConvocationState.MOVED
    state = ConvocationState.MOVED if moved else ConvocationState.CONFIRMED
    return {"state": state.value, "sequence": last.sequence + 1, **fixed}


def _told(uow: UnitOfWork, transition: Transition, plan: Plan) -> dict[str, Any]:
    return {
        "analyst": plan.analyst,
        "istat": transition.scope,
        "in_person": plan.in_person,
        "minutes": plan.minutes,
        **_by(uow, transition),
    }


def _record(uow: UnitOfWork, transition: Transition, plan: Plan) -> None:
    """Write down what came of the meeting, which no longer takes any time; it remains in the agendas it was in."""
    last = _last(uow, transition.instance_id)
    if last is None or plan.outcome is None:
        return
    cells.free_all(uow, cells.of_convocation(last.uid))
    fixed = {"starts_at": slot.starts, "ends_at": slot.ends} if plan.fixed and (slot := min(plan.slots)) else {}
    _change(uow, last.uid, {"state": plan.outcome.value, **fixed, **_by(uow, transition)})
    if plan.fixed:
        _engage(uow, last.uid, plan.slots)
    elif last.state == ConvocationState.PROPOSED:
        _engage(uow, last.uid, ())


def _end(uow: UnitOfWork, transition: Transition) -> None:
    """Free all that an ended case took; a meeting whose time has come stays as it is, whatever came of it."""
    last = _last(uow, transition.instance_id)
    if last is None or not ConvocationState(last.state).binds:
        return
    if ConvocationState(last.state).fixed and last.starts_at <= uow.now:
        cells.free_all(uow, cells.of_convocation(last.uid))
    else:
        _cancel(uow, transition, last)


def _cancel(uow: UnitOfWork, transition: Transition, last: Row[Any]) -> None:
    cells.free_all(uow, cells.of_convocation(last.uid))
    _engage(uow, last.uid, ())
    sequence = last.sequence + 1 if ConvocationState(last.state).fixed else last.sequence
    state = ConvocationState.CANCELLED.value
    _change(uow, last.uid, {"state": state, "sequence": sequence, **_by(uow, transition)})


def _engage(uow: UnitOfWork, uid: str, slots: Iterable[Slot]) -> None:
    uow.connection.execute(delete(Engagement).where(Engagement.convocation == uid))
    rows = [{"convocation": uid, "starts_at": slot.starts, "ends_at": slot.ends} for slot in sorted(slots)]
    if rows:
        uow.connection.execute(insert(Engagement).values(rows))


def _change(uow: UnitOfWork, uid: str, values: dict[str, Any]) -> None:
    uow.connection.execute(update(Meeting).where(Meeting.uid == uid).values(values))


def _by(uow: UnitOfWork, transition: Transition) -> dict[str, Any]:
    return {"recorded_by": transition.events[0].actor, "changed_at": uow.now}


def _last(uow: UnitOfWork, case_id: str) -> Row[Any] | None:
    """Read the last round of a case."""
    rows = select(*Meeting.__table__.columns).where(Meeting.case_id == case_id)
    return uow.connection.execute(rows.order_by(Meeting.round.desc()).limit(1)).one_or_none()
