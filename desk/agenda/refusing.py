"""Refuse times that are taken or past, at the field that holds them, and offer the next free ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from babel.lists import format_list

from desk.agenda.free import AHEAD, free_slots
from desk.errors import SlotPassed, SlotTaken
from desk.slots import Slot, slot_at
from engine.errors import InvalidAnswers
from engine.problems import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from desk.agenda.plan import Plan
    from engine.store import Transition, UnitOfWork

OFFERED = 3
"""How many other times are offered instead of one that is taken."""
LABEL = "Orario"


def refuse_passed(uow: UnitOfWork, transition: Transition, plan: Plan) -> None:
    """Raise when a time of the plan has begun already: ``InvalidAnswers`` or ``SlotPassed``."""
    passed = [slot for slot in sorted(plan.slots) if slot.starts <= uow.now]
    if passed:
        _refuse(uow, transition, plan, passed, SlotPassed)


def refuse_taken(uow: UnitOfWork, transition: Transition, plan: Plan, taken: set[datetime]) -> NoReturn:
    """Raise for the times of the plan that touch a taken quarter of an hour: ``InvalidAnswers`` or ``SlotTaken``."""
    lost = [slot for slot in sorted(plan.slots) if not taken.isdisjoint(slot.quarters())]
    _refuse(uow, transition, plan, lost, SlotTaken)


def _refuse(
    uow: UnitOfWork, transition: Transition, plan: Plan, lost: list[Slot], kind: type[SlotTaken | SlotPassed]
) -> NoReturn:
    free = _next_free(uow, transition, plan, lost[0])
    answers = _answers(transition)
    if answers is None:
        raise kind(lost[0], free)
    path = next(_holding(answers, frozenset(lost), plan.minutes), "")
    gist = f"{_words(lost)} {_verdict(kind, len(lost))}"
    offer = f"Liberi: {'; '.join(slot.short for slot in free)}." if free else "Per ora non ce ne sono altri liberi."
    message = f"{gist[0].upper()}{gist[1:]}. {offer}"
    raise InvalidAnswers([FieldError(path, LABEL, message, gist)], answers)


def _next_free(uow: UnitOfWork, transition: Transition, plan: Plan, lost: Slot) -> tuple[Slot, ...]:
    istat = transition.scope if plan.in_person else None
    found = free_slots(uow, istat, plan.analyst, plan.minutes, lost.day, AHEAD)
    later = (slot for slot in found if slot.starts >= lost.starts and slot not in plan.slots)
    return tuple(slot for slot, _ in zip(later, range(OFFERED), strict=False))


def _answers(transition: Transition) -> Mapping[str, Any] | None:
    """Give what a person or the requester answered, when that is what moved the case."""
    facts = transition.events[0].facts
    given = facts.get("answers", facts.get("payload"))
    return given if isinstance(given, dict) else None


def _holding(value: Any, slots: frozenset[Slot], minutes: int, path: str = "") -> Iterator[str]:
    """Find the fields that hold one of the times, by their names on the page: ``gruppo-0-orario``."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _holding(member, slots, minutes, f"{path}-{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for index, member in enumerate(value):
            yield from _holding(member, slots, minutes, f"{path}-{index}")
    elif any(slot_at(each, minutes) in slots for each in (value if isinstance(value, list) else [value])):
        yield path


def _words(slots: list[Slot]) -> str:
    return format_list([slot.short for slot in slots], locale="it_IT")


def _verdict(kind: type[SlotTaken | SlotPassed], count: int) -> str:
    if kind is SlotPassed:
        return "è già passato" if count == 1 else "sono già passati"
    return "è appena stato preso" if count == 1 else "sono appena stati presi"
