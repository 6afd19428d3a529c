"""Sequence flows: where they may begin and end, and where a condition means something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.check.diagram import children, is_event_subprocess, is_executable, parent_of, process_of
from engine.check.notation import ACTIVITIES
from engine.check.rules import Finding, rule
from engine.check.words import called
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram


def is_conditional(flow: Element) -> bool:
    """Say whether a flow carries a condition."""
    return bool(children(flow, "conditionExpression"))


def _ends(diagram: Diagram) -> Iterator[tuple[Element, Element, Element]]:
    for flow in diagram.flows:
        source, target = diagram.source(flow), diagram.target(flow)
        if source is not None and target is not None:
            yield flow, source, target


@rule("flow-crosses-pool", "invalid")
def flow_crosses_pool(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §7.6.1: sequence flows stay in one process; between processes there are messages."""
    for flow, source, target in _ends(diagram):
        if process_of(source) is not process_of(target):
            yield Finding(
                flow,
                f"{called(flow)} unisce due processi diversi.",
                "Tra processi usa un flusso di messaggio.",
            )


@rule("flow-crosses-subprocess", "invalid")
def flow_crosses_subprocess(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.13: a sequence flow does not cross the border of a subprocess."""
    for flow, source, target in _ends(diagram):
        if parent_of(source) is not parent_of(target) and process_of(source) is process_of(target):
            yield Finding(
                flow,
                f"{called(flow)} attraversa il bordo di un sottoprocesso.",
                "Collega il flusso al sottoprocesso, o sposta i due elementi sullo stesso livello.",
            )


@rule("flow-filed-elsewhere", "unsupported")
def flow_filed_elsewhere(diagram: Diagram) -> Iterator[Finding]:
    for flow, source, target in _ends(diagram):
        home = parent_of(source)
        if home is parent_of(target) and parent_of(flow) is not home and is_executable(source):
            yield Finding(
                flow,
                f"{called(flow)} è scritto in un altro processo o sottoprocesso, lontano dai suoi due capi.",
                "Cancellalo e ridisegnalo: l’editor lo scrive accanto ai suoi elementi.",
            )


@rule("flow-at-event-subprocess", "invalid")
def flow_at_event_subprocess(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.5: an event subprocess is no part of the normal flow."""
    for node in diagram.nodes:
        if is_event_subprocess(node) and (diagram.incoming(node) or diagram.outgoing(node)):
            yield Finding(
                node,
                f"{called(node)} è avviato da un evento, ma ha flussi in entrata o in uscita.",
                "Togli i flussi: lo avvia solo il suo evento di inizio.",
            )


@rule("boundary-on-event-subprocess", "invalid")
def boundary_on_event_subprocess(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.5: nothing waits on the border of what only an event starts."""
    for event in diagram.all("boundaryEvent"):
        at = diagram.find(event.get("attachedToRef"))
        if at is not None and is_event_subprocess(at):
            yield Finding(
                event,
                f"{called(event)} sta sul bordo di un sottoprocesso avviato da un evento.",
                "Spostalo su un’attività dentro il sottoprocesso.",
            )


@rule("start-event-incoming", "invalid")
def start_event_incoming(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.2."""
    for event in diagram.all("startEvent"):
        if diagram.incoming(event):
            yield Finding(
                event, f"{called(event)} ha un flusso in entrata.", "Porta il flusso al primo elemento dopo l’inizio."
            )


@rule("end-event-outgoing", "invalid")
def end_event_outgoing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.3."""
    for event in diagram.all("endEvent"):
        if diagram.outgoing(event):
            yield Finding(
                event, f"{called(event)} ha un flusso in uscita.", "Togli il flusso o usa un evento intermedio."
            )


@rule("boundary-event-incoming", "invalid")
def boundary_event_incoming(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.4."""
    for event in diagram.all("boundaryEvent"):
        if diagram.incoming(event):
            yield Finding(
                event, f"{called(event)} ha un flusso in entrata.", "Togli il flusso: lo avvia solo la sua attività."
            )


@rule("boundary-event-without-outgoing", "invalid")
def boundary_event_without_outgoing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.4: an event on a border leads somewhere, unless it compensates."""
    for event in diagram.all("boundaryEvent"):
        kinds = {tag(definition) for definition in diagram.definitions(event)}
        if not diagram.outgoing(event) and "compensateEventDefinition" not in kinds:
            yield Finding(
                event, f"{called(event)} non porta da nessuna parte.", "Disegna il flusso che segue l’evento."
            )


@rule("conditional-flow-alone", "invalid")
def conditional_flow_alone(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.13: beside a conditional flow an activity has at least one other."""
    for node in diagram.nodes:
        flows = diagram.outgoing(node)
        if tag(node) in ACTIVITIES and len(flows) == 1 and is_conditional(flows[0]):
            yield Finding(
                flows[0],
                f"{called(flows[0])} è l’unica uscita di «{node.get('id')}», ma ha una condizione.",
                "Togli la condizione o disegna l’altra uscita.",
            )


@rule("event-flow-condition", "invalid")
def event_flow_condition(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5: the flows that leave an event have no condition."""
    for event in diagram.events:
        for flow in diagram.outgoing(event):
            if is_conditional(flow):
                yield Finding(
                    flow,
                    f"{called(flow)} esce da un evento, ma ha una condizione.",
                    "Metti un gateway esclusivo dopo l’evento.",
                )


@rule("condition-ignored", "unsupported")
def condition_ignored(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §13.4: parallel gateways do not look at conditions."""
    for flow in diagram.flows:
        source = diagram.source(flow)
        if source is not None and is_conditional(flow) and tag(source) == "parallelGateway":
            yield Finding(
                flow,
                f"{called(flow)} esce da un gateway parallelo: la sua condizione non viene mai letta.",
                "Togli la condizione o metti un gateway esclusivo o inclusivo.",
            )


@rule("default-flow-with-condition", "unsupported")
def default_flow_with_condition(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.13: the condition of a default flow is not looked at."""
    for node in diagram.nodes:
        flow = diagram.find(node.get("default")) if node.get("default") else None
        if flow is not None and is_conditional(flow):
            yield Finding(
                flow,
                f"{called(flow)} è il flusso predefinito: la sua condizione non viene mai letta.",
                "Togli la condizione o scegli un altro flusso predefinito.",
            )


@rule("default-flow-ignored", "advice")
def default_flow_ignored(diagram: Diagram) -> Iterator[Finding]:
    for node in diagram.nodes:
        others = [flow for flow in diagram.outgoing(node) if flow.get("id") != node.get("default")]
        if node.get("default") and tag(node) in ACTIVITIES and not any(map(is_conditional, others)):
            yield Finding(
                node,
                f"{called(node)} ha un flusso predefinito, ma nessun altro flusso ha una condizione.",
                "Togli il flusso predefinito o scrivi le condizioni degli altri.",
            )


@rule("flow-not-immediate", "invalid")
def flow_not_immediate(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.13: in an executable process nothing may happen between two elements of the diagram."""
    for flow in diagram.flows:
        if flow.get("isImmediate") == "false" and is_executable(flow):
            yield Finding(
                flow,
                f"{called(flow)} ammette passi non disegnati, ma il processo è eseguibile.",
                'Togli isImmediate="false".',
            )
