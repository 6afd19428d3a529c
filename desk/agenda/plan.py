"""Read which times a case wants taken: the ``agenda.*`` properties of its diagram, evaluated on its variables.

``agenda.analista`` (user name), ``agenda.proposte`` (list of beginnings), ``agenda.appuntamento`` (the beginning that
was agreed; while it is there, the proposals count for nothing), ``agenda.durata`` (minutes), ``agenda.in_comune``
(false for a meeting at a distance), ``agenda.esito`` (svolto, parziale or assente).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk.agenda.convocations import ConvocationState
from desk.properties import (
    AGENDA,
    AGENDA_ANALYST,
    AGENDA_IN_PERSON,
    AGENDA_LENGTH,
    AGENDA_MEETING,
    AGENDA_OUTCOME,
    AGENDA_PROPOSALS,
)
from desk.slots import USUAL, Slot, minutes_of, slot_at
from engine import feel
from engine.civil_time import ROME
from engine.errors import ExpressionFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.properties import Property
    from engine.store import Transition, UnitOfWork

OUTCOMES = {
    "svolto": ConvocationState.HELD,
    "parziale": ConvocationState.PARTIAL,
    "assente": ConvocationState.ABSENT,
}


@dataclass(frozen=True)
class Plan:
    """The times that a case wants to have taken, and what was recorded of its meeting."""

    slots: frozenset[Slot] = frozenset()
    #: One time is agreed; else all of them are held while the requester chooses.
    fixed: bool = False
    analyst: str | None = None
    minutes: int = USUAL
    in_person: bool = True
    outcome: ConvocationState | None = None

    @property
    def wanted(self) -> tuple[object, ...]:
        """Give what decides which time is taken: while it is the same, nothing is to be booked."""
        return (self.slots, self.fixed, self.analyst, self.in_person) if self.slots else ()


def plans(uow: UnitOfWork, transition: Transition) -> tuple[Plan, Plan] | None:
    """Read what a case wanted before a transition and what it wants now; nothing when the two cannot differ.

    What could not be read before the transition, and still cannot, is left as it is.

    Raises:
        ExpressionFailed: a property gives no time, length or outcome, and that is new.

    """
    said = transition.model.properties
    written = {each.name: each.of(said) for each in AGENDA if each.stands_in(said)}
    if not written or (transition.state == "active" and transition.before == transition.variables):
        return None
    try:
        before = _read(written, lambda text: _evaluate(uow, transition.scope, text, transition.before))
    except ExpressionFailed:
        with suppress(ExpressionFailed):
            return Plan(), _read(written, transition.evaluate)
        return None
    return before, _read(written, transition.evaluate)


def _evaluate(uow: UnitOfWork, scope: str | None, text: str, variables: Mapping[str, Any]) -> Any:
    return feel.evaluate(text, variables, now=uow.now.astimezone(ROME), functions=uow.functions(scope))


def _read(written: Mapping[str, str], evaluate: Callable[[str], Any]) -> Plan:
    def value(entry: Property) -> Any:
        text = entry.of(written)
        try:
            return evaluate(text[1:]) if text.startswith("=") else text or None
        except feel.FeelError as error:
            raise ExpressionFailed(entry.name, text, str(error)) from error

    minutes = _minutes(value(AGENDA_LENGTH), written)
    agreed, proposed = value(AGENDA_MEETING), value(AGENDA_PROPOSALS)
    starts = [agreed] if agreed else _listed(proposed)
    return Plan(
        frozenset(_slot(each, minutes, written) for each in starts if each),
        bool(agreed),
        value(AGENDA_ANALYST) or None,
        minutes,
        value(AGENDA_IN_PERSON) is not False,
        _outcome(value(AGENDA_OUTCOME), written),
    )


def _listed(proposed: Any) -> list[Any]:
    return proposed if isinstance(proposed, list) else [proposed] if proposed else []


def _minutes(written: Any, properties: Mapping[str, str]) -> int:
    if written is None or written == "":
        return USUAL
    return minutes_of(written) or _refuse(AGENDA_LENGTH, written, properties)


def _slot(written: Any, minutes: int, properties: Mapping[str, str]) -> Slot:
    return slot_at(written, minutes) or _refuse(AGENDA_PROPOSALS, written, properties)


def _outcome(written: Any, properties: Mapping[str, str]) -> ConvocationState | None:
    if written is None or written == "":
        return None
    return OUTCOMES.get(str(written)) or _refuse(AGENDA_OUTCOME, written, properties)


def _refuse(entry: Property, value: Any, properties: Mapping[str, str]) -> Any:
    raise ExpressionFailed(entry.name, entry.of(properties), f"{value!r} cannot be used")
