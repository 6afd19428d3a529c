"""Tell the diagram of a case as a table of steps: what was done by whom, where it stands, what may still come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.properties import SENDERS
from engine.history import EventType
from web.words.dates import hour_words, short_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from engine.bpmn import Element
    from engine.instances import DrawnCase
    from engine.store import Event
    from web.staff.cases.sheet import CaseSheet

DONE_BY = (EventType.TASK_COMPLETED, EventType.MESSAGE_RECEIVED)


@dataclass(frozen=True)
class StepWords:
    nome: str
    chi: str
    esito: str
    tono: str
    quando: str
    qui: bool = False


def steps_in_words(drawn: DrawnCase, found: CaseSheet) -> list[StepWords]:
    """List the steps in the order they happened, then where the case stands, then those it has not come to."""
    steps = [*_done(found), *_here(drawn, found)]
    return steps if found.pratica.closed_at else [*steps, *_ahead(drawn, found)]


def _done(found: CaseSheet) -> Iterator[StepWords]:
    for event in found.storia:
        if event.type in DONE_BY:
            yield StepWords(_name(event), found.nomi.get(event.actor, event.actor), "fatto", "ok", _when(event.at))


def _here(drawn: DrawnCase, found: CaseSheet) -> Iterator[StepWords]:
    open_names = {step.nome for step in found.prossimi}
    for step in found.prossimi:
        due = f"entro {step.scadenza.data}" if step.scadenza else ""
        yield StepWords(step.nome, step.di_chi, "siamo qui", "attesa", due, qui=True)
    waiting = [drawn.model.elements[element_id] for element_id in sorted(drawn.here)]
    for element in sorted(waiting, key=lambda each: "timer" in each.events):
        if element.name and element.name not in open_names and element.type != "userTask":
            yield StepWords(element.name, "", _waiting_words(element), "attesa", "", qui=True)


def _waiting_words(element: Element) -> str:
    """Say how an event is waited for: one that nobody is asked for may happen or not."""
    if "timer" in element.events:
        return "termine in corso"
    return "aspettiamo" if SENDERS.stands_in(element.properties) else "se succede"


def _ahead(drawn: DrawnCase, found: CaseSheet) -> Iterator[StepWords]:
    met = {event.element_id for event in found.storia} | drawn.here
    for element in drawn.model.elements.values():
        if element.type == "userTask" and element.id not in met:
            yield StepWords(element.name, element.lane or "", "più avanti, se serve", "", "–")


def _name(event: Event) -> str:
    return event.name or event.element_id or ""


def _when(moment: datetime) -> str:
    return f"{short_day(moment)}, {hour_words(moment)}"
