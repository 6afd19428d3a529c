"""Keep the row of a case in step with its process instance: one statement a transition, none for a mere reminder.

What to show is the diagram's to say, in the properties of ``desk.properties``: of the process who asks and for what,
FEEL after an equals sign; of an element where the case stands while a token waits there, or when it is the end reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from desk.access import Role
from desk.model import Case, RoleGrant
from desk.properties import (
    CASE_CONTACT,
    CASE_EMAIL,
    CASE_REQUESTER,
    CASE_SEARCHED,
    CASE_TITLE,
    CASE_TOPIC,
    CASE_URGENCY,
    FORWARDS,
    SENTENCE,
    STATE,
    TURN,
)
from desk.searching import indexed
from desk.states import PublicState, Turn
from engine.history import EventType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from engine.bpmn import Element, Wait
    from engine.properties import Property
    from engine.store import Transition, UnitOfWork

SHOWN = {
    "requester": CASE_REQUESTER,
    "title": CASE_TITLE,
    "topic": CASE_TOPIC,
    "urgency": CASE_URGENCY,
    "contact": CASE_CONTACT,
    "email": CASE_EMAIL,
}
FOUND_BY = ("requester", "title", "contact", "email")
"""The columns whose words a search finds."""
HANGING = ("boundaryEvent", "startEvent")
"""Waits that hang beside the work, such as a reminder or a withdrawal: they do not say where the case stands."""
ORDER = ("user", "message", "signal", "condition", "timer", "job")
"""Of several waits, the first of these kinds says where the case stands."""
PASSIVE = ("boundaryEvent", "endEvent", "exclusiveGateway", "intermediateThrowEvent", "parallelGateway", "userTask")
"""Elements that a token passes or reaches without changing a variable."""
TELLING = (STATE, FORWARDS)


def observe(uow: UnitOfWork, transition: Transition) -> None:
    """Write what a transition changed. Instances without a number or a Comune are no pratiche: they leave no row."""
    if transition.business_key is None or transition.scope is None:
        return
    if transition.is_new:
        uow.connection.execute(insert(Case), _birth(uow, transition) | _shown(transition) | _standing(uow, transition))
    elif not _is_silent(transition):
        changes = _shown(transition) | _standing(uow, transition)
        if changes.get("forwarded_at"):
            changes["forwarded_at"] = func.coalesce(Case.forwarded_at, uow.now)
        uow.connection.execute(update(Case).where(Case.id == transition.instance_id).values(changes))


def _birth(uow: UnitOfWork, transition: Transition) -> dict[str, Any]:
    return {
        "id": transition.instance_id,
        "number": transition.business_key,
        "istat": transition.scope,
        "opened_by": transition.events[0].actor,
        "opened_at": uow.now,
        "state": PublicState.DRAFT.value,
    }


def _shown(transition: Transition) -> dict[str, Any]:
    """Evaluate what the diagram wants shown of the variables."""
    shown = {column: _value(transition, entry) for column, entry in SHOWN.items()}
    told = (shown[column] for column in FOUND_BY)
    return shown | {"search": indexed([transition.business_key, *told, *_searched(transition)])}


def _searched(transition: Transition) -> list[str]:
    """Evaluate what else the diagram wants the case found by: one text, or a list in which some may be unknown."""
    written = CASE_SEARCHED.of(transition.model.properties)
    value = transition.evaluate(written[1:]) if written.startswith("=") else written
    return [str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None]


def _value(transition: Transition, entry: Property) -> str | None:
    return _words(transition, entry.of(transition.model.properties))


def _words(transition: Transition, written: str, wait: Wait | None = None) -> str | None:
    """Read a property as a designer wrote it, an expression where it begins with ``=``, in the scope of what waits."""
    value: object = written
    if written.startswith("="):
        text = written[1:]
        value = transition.evaluate_for(wait, text) if wait else transition.evaluate(text)
    return None if value is None or value == "" else str(value)


def _standing(uow: UnitOfWork, transition: Transition) -> dict[str, Any]:
    """Say where the case stands now; nothing where no wait says it, so that what it said before remains."""
    standing = _end(uow, transition) if transition.state != "active" else _waiting(transition)
    if _is_forwarded(transition):
        standing["forwarded_at"] = uow.now
    cause = transition.events[0]
    if cause.type == EventType.TASK_COMPLETED and _lane(transition, cause.element_id) == Role.ANALISTA:
        standing["owner"] = _follower(cause.actor)
    return standing


def _follower(actor: str) -> ColumnElement[str | None]:
    """Give who follows the case from now: an analyst, never a referente who did what lies in the analysts' lane."""
    analyst = select(RoleGrant.username).where(RoleGrant.username == actor, RoleGrant.role == Role.ANALISTA).limit(1)
    return func.coalesce(analyst.scalar_subquery(), Case.owner)


def _end(uow: UnitOfWork, transition: Transition) -> dict[str, Any]:
    reached = transition.outcome if transition.state == "completed" else None
    state = PublicState.CANCELED if transition.state == "canceled" else PublicState.CONCLUDED
    return {
        "state": _state(reached, state).value,
        "turn": None,
        "sentence": _sentence(transition, reached) if reached else None,
        "outcome": reached.name if reached else None,
        "closed_at": uow.now,
    }


def _waiting(transition: Transition) -> dict[str, Any]:
    elements = transition.model.elements
    telling = [
        wait
        for wait in sorted(transition.waits, key=lambda wait: ORDER.index(wait.kind))
        if STATE.stands_in(elements[wait.element].properties) and elements[wait.element].type not in HANGING
    ]
    if not telling:
        return {}
    element = elements[telling[0].element]
    turn = _turn(element, telling[0])
    return {"state": _state(element).value, "turn": turn, "sentence": _sentence(transition, element, telling[0])}


def _sentence(transition: Transition, element: Element, wait: Wait | None = None) -> str | None:
    return _words(transition, SENTENCE.of(element.properties), wait)


def _state(element: Element | None, otherwise: PublicState = PublicState.DRAFT) -> PublicState:
    """Read a state as a designer wrote it; one that does not exist counts as none."""
    written = STATE.of(element.properties).strip() if element else ""
    return PublicState(written) if written in set(PublicState) else otherwise


def _turn(element: Element, wait: Wait) -> str | None:
    """Say whose turn it is: who the diagram names, or else the lane in which a person's task lies."""
    written = TURN.of(element.properties) or (element.lane if wait.kind == "user" else None) or ""
    turn = written.strip().casefold()
    return turn if turn in set(Turn) else None


def _lane(transition: Transition, element_id: str | None) -> str | None:
    element = transition.model.elements.get(element_id or "")
    return element.lane if element else None


def _is_forwarded(transition: Transition) -> bool:
    reached = {wait.element for wait in transition.waits}
    reached |= {name for kind, name in _trail(transition) if kind in ("completed", "ended")}
    elements = transition.model.elements
    return any(FORWARDS.of(elements[name].properties) == "true" for name in reached if name in elements)


def _is_silent(transition: Transition) -> bool:
    """Say whether this was a timer that only reminds: it moved nothing that the row shows."""
    if transition.state != "active" or transition.events[0].type != EventType.TIMER_FIRED:
        return False
    passed = list(_passed(transition))
    return all(element.type in PASSIVE for element in passed) and not any(map(_tells, passed))


def _tells(element: Element) -> bool:
    return any(each.stands_in(element.properties) for each in TELLING)


def _passed(transition: Transition) -> Iterator[Element]:
    model = transition.model
    for kind, name in _trail(transition):
        passed = model.flows[name].target if kind == "flow" and name in model.flows else name
        if passed in model.elements:
            yield model.elements[passed]


def _trail(transition: Transition) -> list[tuple[str, str]]:
    return [(kind, name) for kind, name in transition.events[0].facts.get("trail", ())]
