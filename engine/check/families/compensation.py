"""Compensation and cancellation: what undoes, and what takes back a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.check.diagram import is_compensation, is_executable, parent_of
from engine.check.notation import ACTIVITIES
from engine.check.rules import Finding, rule
from engine.check.words import called
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_COMPENSATE: Final = "compensateEventDefinition"


def _compensating(diagram: Diagram) -> list[Element]:
    return [activity for activity in diagram.all(*sorted(ACTIVITIES)) if is_compensation(activity)]


@rule("compensation-boundary-flow", "invalid")
def compensation_boundary_flow(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.4: compensation is reached by an association, not by a flow."""
    for event in diagram.all("boundaryEvent"):
        if "compensateEventDefinition" in map(tag, diagram.definitions(event)) and diagram.outgoing(event):
            yield Finding(
                event,
                f"{called(event)} compensa, ma ha un flusso in uscita.",
                "Collega l’attività di compensazione con un’associazione.",
            )


@rule("compensation", "unsupported")
def compensation(diagram: Diagram) -> Iterator[Finding]:
    throwing = [each for each in diagram.events if _COMPENSATE in map(tag, diagram.definitions(each))]
    for element in (*throwing, *_compensating(diagram)):
        if is_executable(element):
            yield Finding(
                element,
                f"{called(element)} usa la compensazione, che qui non si può eseguire.",
                "Disegna i passi di ritorno.",
            )


@rule("cancel-outside-transaction", "invalid")
def cancel_outside_transaction(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.6: cancel belongs to transactions."""
    for event in diagram.events:
        if "cancelEventDefinition" not in map(tag, diagram.definitions(event)):
            continue
        at = diagram.find(event.get("attachedToRef")) if tag(event) == "boundaryEvent" else parent_of(event)
        if at is None or tag(at) != "transaction":
            yield Finding(
                event, f"{called(event)} annulla qualcosa che non è una transazione.", "Usa un errore al suo posto."
            )


@rule("cancel-uncaught", "invalid")
def cancel_uncaught(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.6: a cancel end event leads to the cancel event on the border of its transaction."""
    for event in diagram.all("endEvent"):
        around = parent_of(event)
        if around is None or "cancelEventDefinition" not in map(tag, diagram.definitions(event)):
            continue
        caught = {tag(each) for border in diagram.boundaries(around) for each in diagram.definitions(border)}
        if "cancelEventDefinition" not in caught:
            yield Finding(
                event,
                f"{called(event)} annulla, ma sul bordo della transazione niente lo raccoglie.",
                "Aggiungi alla transazione un evento di bordo di annullamento.",
            )


@rule("compensation-activity-with-flows", "invalid")
def compensation_activity_with_flows(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.7: an activity that compensates is no part of the normal flow."""
    for activity in _compensating(diagram):
        if diagram.incoming(activity) or diagram.outgoing(activity):
            yield Finding(
                activity, f"{called(activity)} compensa, ma ha dei flussi.", "Collegala con un’associazione soltanto."
            )


@rule("compensation-boundary-unconnected", "invalid")
def compensation_boundary_unconnected(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.7: an association leads from the event to the one activity that undoes."""
    for event in diagram.all("boundaryEvent"):
        if _COMPENSATE not in map(tag, diagram.definitions(event)):
            continue
        ends = [each for each in diagram.all("association") if diagram.find(each.get("sourceRef")) is event]
        undoing = [diagram.find(each.get("targetRef")) for each in ends]
        if not any(each is not None and is_compensation(each) for each in undoing):
            yield Finding(
                event,
                f"{called(event)} compensa, ma non è associato a un’attività di compensazione.",
                'Collegalo con un’associazione a un’attività con isForCompensation="true".',
            )
