"""Pools and the messages between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.check.diagram import process_of, reference
from engine.check.rules import Finding, rule
from engine.check.words import called
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram


def _number(element: Element, name: str, default: int) -> int:
    written = element.get(name, "").strip()
    return int(written) if written.isascii() and written.isdigit() else default


@rule("participant-multiplicity", "invalid")
def participant_multiplicity(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §9.3: the maximum is one or more, and no less than the minimum."""
    for element in diagram.all("participantMultiplicity"):
        least, most = _number(element, "minimum", 0), _number(element, "maximum", 1)
        if most < max(1, least):
            yield Finding(
                element,
                f"{called(element)} ha al massimo {most} partecipanti e almeno {least}.",
                "Scrivi un massimo di almeno 1 e non minore del minimo.",
            )


def _pool(diagram: Diagram, end: Element) -> Element | None:
    """Give the pool an end of a message flow lies in."""
    if tag(end) == "participant":
        return end
    process = process_of(end)
    home = process.get("id") if process is not None else None
    return next((pool for pool in diagram.all("participant") if reference(pool.get("processRef")) == home), process)


@rule("message-flow-in-one-pool", "invalid")
def message_flow_in_one_pool(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §9.4: message flows run between two pools."""
    for flow in diagram.all("messageFlow"):
        source, target = diagram.find(flow.get("sourceRef")), diagram.find(flow.get("targetRef"))
        if source is None or target is None:
            continue
        if _pool(diagram, source) is _pool(diagram, target):
            yield Finding(
                flow, f"{called(flow)} resta dentro un solo pool.", "Dentro un pool usa un flusso di sequenza."
            )


@rule("message-flow-from-start", "invalid")
def message_flow_from_start(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.2: a start event sends nothing."""
    for flow in diagram.all("messageFlow"):
        source = diagram.find(flow.get("sourceRef"))
        if source is not None and tag(source) in {"startEvent", "intermediateCatchEvent", "boundaryEvent"}:
            yield Finding(
                flow, f"{called(flow)} parte da un evento che riceve.", "Fallo partire da un evento di invio."
            )


@rule("message-flow-to-end", "invalid")
def message_flow_to_end(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.3: an end event receives nothing."""
    for flow in diagram.all("messageFlow"):
        target = diagram.find(flow.get("targetRef"))
        if target is not None and tag(target) in {"endEvent", "intermediateThrowEvent"}:
            yield Finding(
                flow, f"{called(flow)} arriva a un evento che invia.", "Fallo arrivare a un evento di attesa."
            )
