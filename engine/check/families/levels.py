"""Each level of a process: how it begins, how it ends, and whether everything drawn on it can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.check.diagram import (
    children,
    is_compensation,
    is_event_subprocess,
    is_executable,
    parent_of,
)
from engine.check.notation import CHOREOGRAPHY, FLOW_NODES
from engine.check.rules import Finding, rule
from engine.check.words import called, label
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_WAITING: Final = frozenset(
    {
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "intermediateCatchEvent",
        "eventBasedGateway",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
    }
)


def nodes_in(container: Element) -> list[Element]:
    """Give the flow nodes that lie directly in a process or subprocess."""
    return children(container, *FLOW_NODES)


def _has(container: Element, name: str) -> bool:
    return bool(children(container, name))


def _is_link(event: Element) -> bool:
    return bool(children(event, "linkEventDefinition"))


def _levels(diagram: Diagram) -> Iterator[Element]:
    """Give the levels on which the normal flow runs: ad hoc subprocesses have none."""
    return (container for container in diagram.containers if tag(container) != "adHocSubProcess")


@rule("end-event-missing", "invalid")
def end_event_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.3: where there is a start event there is an end event."""
    for level in _levels(diagram):
        if _has(level, "startEvent") and not _has(level, "endEvent"):
            yield Finding(level, f"{called(level)} ha un inizio ma nessuna fine.", "Aggiungi un evento di fine.")


@rule("start-event-missing", "invalid")
def start_event_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.2: where there is an end event there is a start event."""
    for level in _levels(diagram):
        if _has(level, "endEvent") and not _has(level, "startEvent"):
            yield Finding(level, f"{called(level)} ha una fine ma nessun inizio.", "Aggiungi un evento di inizio.")


@rule("no-start-event", "advice")
def no_start_event(diagram: Diagram) -> Iterator[Finding]:
    for level in _levels(diagram):
        ends = _has(level, "endEvent") or is_event_subprocess(level)
        if nodes_in(level) and not _has(level, "startEvent") and not ends and is_executable(level):
            yield Finding(level, f"{called(level)} non ha un evento di inizio.", "Aggiungi un evento di inizio.")


@rule("nothing-inside", "unsupported")
def nothing_inside(diagram: Diagram) -> Iterator[Finding]:
    for level in _levels(diagram):
        if not nodes_in(level) and is_executable(level):
            yield Finding(level, f"{called(level)} è vuoto.", "Disegna almeno un inizio, un passo e una fine.")


@rule("event-subprocess-start", "invalid")
def event_subprocess_start(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.5: an event subprocess has exactly one start event."""
    for level in diagram.containers:
        starts = children(level, "startEvent")
        if is_event_subprocess(level) and len(starts) != 1:
            yield Finding(
                level,
                f"{called(level)} è avviato da un evento, ma ha {len(starts)} eventi di inizio.",
                "Lascia un solo evento di inizio.",
            )


@rule("several-blank-starts", "unsupported")
def several_blank_starts(diagram: Diagram) -> Iterator[Finding]:
    for level in _levels(diagram):
        blank = [event for event in children(level, "startEvent") if not diagram.definitions(event)]
        for event in blank[1:] if is_executable(level) else ():
            yield Finding(
                event,
                f"{called(event)} è un secondo inizio senza evento: non si sa da quale partire.",
                "Lascia un solo inizio senza evento.",
            )


def _begins_alone(node: Element) -> bool:
    """Say whether a node needs no incoming flow (BPMN 2.0 §10.5.2)."""
    return (
        tag(node) in {"startEvent", "boundaryEvent"}
        or is_event_subprocess(node)
        or is_compensation(node)
        or (tag(node) == "intermediateCatchEvent" and _is_link(node))
    )


def _ends_alone(diagram: Diagram, node: Element) -> bool:
    """Say whether a node needs no outgoing flow (BPMN 2.0 §10.5.3)."""
    return (
        tag(node) in {"endEvent", "boundaryEvent"}
        or is_event_subprocess(node)
        or is_compensation(node)
        or (tag(node) == "intermediateThrowEvent" and _is_link(node))
        or any(tag(end) == "boundaryEvent" for end in _associated(diagram, node))
    )


def _associated(diagram: Diagram, node: Element) -> Iterator[Element]:
    for association in diagram.all("association"):
        source, target = diagram.find(association.get("sourceRef")), diagram.find(association.get("targetRef"))
        if target is node and source is not None:
            yield source


@rule("node-without-incoming", "invalid")
def node_without_incoming(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.2: where there is a start event, everything else is reached by a flow."""
    for level in _levels(diagram):
        for node in nodes_in(level) if _has(level, "startEvent") else ():
            compensates = any(tag(end) == "boundaryEvent" for end in _associated(diagram, node))
            if not diagram.incoming(node) and not _begins_alone(node) and not compensates:
                yield Finding(
                    node, f"{called(node)} non ha flussi in entrata.", "Collega l’elemento a ciò che viene prima."
                )


@rule("node-without-outgoing", "invalid")
def node_without_outgoing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.3: where there is an end event, everything else leads on."""
    for level in _levels(diagram):
        for node in nodes_in(level) if _has(level, "endEvent") else ():
            if not diagram.outgoing(node) and not _ends_alone(diagram, node):
                yield Finding(
                    node, f"{called(node)} non ha flussi in uscita.", "Collega l’elemento a ciò che viene dopo."
                )


@rule("unreachable-node", "invalid")
def unreachable_node(diagram: Diagram) -> Iterator[Finding]:
    for level in _levels(diagram):
        reached = _reached(diagram, level)
        for node in nodes_in(level) if _has(level, "startEvent") else ():
            if node not in reached and diagram.incoming(node):
                yield Finding(
                    node,
                    f"{called(node)} non si raggiunge da nessun inizio.",
                    "Collega l’elemento al resto del processo o toglilo.",
                )


def _reached(diagram: Diagram, level: Element) -> set[Element]:
    ahead = [node for node in nodes_in(level) if _begins_alone(node) and tag(node) != "boundaryEvent"]
    reached = set(ahead)
    while ahead:
        for node in _next(diagram, ahead.pop()):
            if node not in reached and parent_of(node) is level:
                reached.add(node)
                ahead.append(node)
    return reached


def _next(diagram: Diagram, node: Element) -> Iterable[Element]:
    targets = (diagram.target(flow) for flow in diagram.outgoing(node))
    yield from (target for target in targets if target is not None)
    yield from diagram.boundaries(node)


@rule("loop-without-wait", "advice")
def loop_without_wait(diagram: Diagram) -> Iterator[Finding]:
    """See ``StepBudgetExceeded``: a turn in which nothing is waited for runs until the budget of steps ends it."""
    for level in _levels(diagram):
        loop = _automatic_loop(diagram, level)
        if loop is not None:
            yield Finding(
                loop,
                f"{called(loop)} sta in un giro in cui il processo non attende mai.",
                "Metti nel giro un compito, un timer o un messaggio.",
            )


def _automatic_loop(diagram: Diagram, level: Element) -> Element | None:
    """Give the first of the nodes that never wait and that lie on a cycle of such nodes.

    It is what is left when those that nothing leads to, or that lead nowhere, are taken away again and again.
    """
    left = {node for node in nodes_in(level) if tag(node) not in _WAITING}
    while True:
        after = {node: left.intersection(_next(diagram, node)) for node in left}
        entered = set().union(*after.values())
        turning = {node for node in left if after[node] and node in entered}
        if turning == left:
            return next((node for node in nodes_in(level) if node in left), None)
        left = turning


@rule("choreography", "unsupported")
def choreography(diagram: Diagram) -> Iterator[Finding]:
    for element in diagram.all(*sorted(CHOREOGRAPHY)):
        yield Finding(
            element, f"«{label(element) or tag(element)}» è una coreografia: non si esegue.", "Disegna un processo."
        )
