"""Events: which trigger may stand where, and what each trigger must say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from engine.check.diagram import children, is_event_subprocess, is_executable, parent_of
from engine.check.rules import Finding, rule
from engine.check.words import called, label, trigger
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram


def _definitions(*kinds: str) -> frozenset[str]:
    return frozenset(f"{kind}EventDefinition" for kind in kinds)


ALLOWED: Final = {
    "process start": _definitions("message", "timer", "conditional", "signal"),
    "event subprocess start": _definitions(
        "message", "timer", "conditional", "signal", "escalation", "error", "compensate"
    ),
    "subprocess start": _definitions(),
    "intermediateCatchEvent": _definitions("message", "timer", "conditional", "signal", "link"),
    "intermediateThrowEvent": _definitions("message", "escalation", "signal", "link", "compensate"),
    "boundaryEvent": _definitions(
        "message", "timer", "conditional", "signal", "escalation", "error", "cancel", "compensate"
    ),
    "endEvent": _definitions("message", "escalation", "error", "cancel", "compensate", "signal", "terminate"),
}
"""BPMN 2.0 §10.5, table 10.93: the triggers each kind of event may have."""

_NEEDS_TRIGGER: Final = frozenset({"event subprocess start", "intermediateCatchEvent", "boundaryEvent"})
_ALWAYS_INTERRUPTING: Final = _definitions("error", "cancel", "compensate")
_NOT_AWAITED: Final = _definitions("timer", "conditional")
_REFERENCES: Final = {
    "messageEventDefinition": "messageRef",
    "signalEventDefinition": "signalRef",
}


def place(event: Element) -> str:
    """Name the place an event stands in, as a key of ``ALLOWED``."""
    if tag(event) != "startEvent":
        return tag(event)
    container = parent_of(event)
    if container is None or tag(container) == "process":
        return "process start"
    return "event subprocess start" if is_event_subprocess(container) else "subprocess start"


@rule("trigger-not-allowed", "invalid")
def trigger_not_allowed(diagram: Diagram) -> Iterator[Finding]:
    for event in diagram.events:
        for definition in diagram.definitions(event):
            if tag(definition) not in ALLOWED.get(place(event), frozenset()):
                yield Finding(
                    event,
                    f"{called(event)} non può avere {trigger(definition)}.",
                    "Togli il tipo di evento o usa un altro elemento.",
                )


@rule("trigger-missing", "invalid")
def trigger_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5: what waits must say what it waits for."""
    for event in diagram.events:
        if place(event) in _NEEDS_TRIGGER and not diagram.definitions(event):
            yield Finding(
                event,
                f"{called(event)} non dice che cosa attende.",
                "Scegli un tipo di evento: messaggio, timer, segnale, condizione o errore.",
            )


@rule("event-must-interrupt", "invalid")
def event_must_interrupt(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.4: errors, cancellations and compensations end what they interrupt."""
    for event in diagram.events:
        goes_on = event.get("cancelActivity") == "false" or event.get("isInterrupting") == "false"
        always = [each for each in diagram.definitions(event) if tag(each) in _ALWAYS_INTERRUPTING]
        if goes_on and always:
            yield Finding(
                event,
                f"{called(event)} con {trigger(always[0])} deve interrompere.",
                "Rendilo interrompente o scegli un’escalation.",
            )


@rule("event-reference-missing", "invalid")
def event_reference_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: in an executable process a message or a signal is named."""
    for event in diagram.events:
        for definition in diagram.definitions(event) if is_executable(event) else ():
            wanted = _REFERENCES.get(tag(definition))
            if wanted and not definition.get(wanted):
                yield Finding(
                    event,
                    f"{called(event)} non dice quale {'messaggio' if wanted == 'messageRef' else 'segnale'}.",
                    "Sceglilo o creane uno nell’editor.",
                )


@rule("operation-missing", "invalid")
def operation_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5, ``operationRef``; Camunda's dialect knows messages by their name alone."""
    for event in diagram.events if not diagram.is_camunda else ():
        for definition in children(event, "messageEventDefinition"):
            if is_executable(event) and definition.get("messageRef") and not children(definition, "operationRef"):
                yield Finding(
                    event,
                    f"{called(event)} non indica l’operazione del messaggio (operationRef).",
                    "Indica l’operazione, o dichiara lo spazio dei nomi di Camunda nel file.",
                )


@rule("escalation-without-code", "invalid")
def escalation_without_code(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: who throws an escalation says its code."""
    for event in diagram.all("endEvent", "intermediateThrowEvent"):
        for definition in children(event, "escalationEventDefinition"):
            thrown = diagram.find(definition.get("escalationRef")) if definition.get("escalationRef") else None
            if is_executable(event) and (thrown is None or not thrown.get("escalationCode")):
                yield Finding(
                    event, f"{called(event)} lancia un’escalation senza codice.", "Scegli un’escalation con un codice."
                )


@rule("error-without-code", "invalid")
def error_without_code(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: who throws an error says its code."""
    for event in diagram.all("endEvent"):
        for definition in children(event, "errorEventDefinition"):
            thrown = diagram.find(definition.get("errorRef")) if definition.get("errorRef") else None
            if is_executable(event) and (thrown is None or not thrown.get("errorCode")):
                yield Finding(
                    event, f"{called(event)} lancia un errore senza codice.", "Scegli un errore con un codice."
                )


@rule("condition-missing", "invalid")
def condition_missing(diagram: Diagram) -> Iterator[Finding]:
    for event in diagram.events:
        for definition in diagram.definitions(event):
            if tag(definition) == "conditionalEventDefinition" and not children(definition, "condition"):
                yield Finding(event, f"{called(event)} non dice quale condizione.", "Scrivi la condizione in FEEL.")


@rule("several-triggers", "unsupported")
def several_triggers(diagram: Diagram) -> Iterator[Finding]:
    """See that a case begins at one trigger: several are understood only where a running case waits."""
    for event in diagram.events:
        several = len(diagram.definitions(event)) > 1
        together = event.get("parallelMultiple") == "true" and tag(event) != "intermediateCatchEvent"
        begins = place(event) == "process start" or _follows_event_gateway(diagram, event)
        if several and (begins or together) and is_executable(event):
            yield Finding(
                event,
                f"{called(event)} ha più tipi di evento insieme.",
                "Usa un elemento per ogni tipo di evento.",
            )


def _follows_event_gateway(diagram: Diagram, event: Element) -> bool:
    sources = (diagram.source(flow) for flow in diagram.incoming(event))
    return any(source is not None and tag(source) == "eventBasedGateway" for source in sources)


@rule("start-not-awaited", "unsupported")
def start_not_awaited(diagram: Diagram) -> Iterator[Finding]:
    """Cases begin by hand, by a message or by a signal; no clock and no condition is watched before there is a case."""
    for event in diagram.all("startEvent"):
        waits = {tag(each) for each in diagram.definitions(event)} & _NOT_AWAITED
        if place(event) == "process start" and waits and is_executable(event):
            yield Finding(
                event,
                f"{called(event)} avvia il processo con un timer o una condizione: qui non è possibile.",
                "Avvia il processo a mano, con un messaggio o con un segnale.",
            )


def _links(diagram: Diagram, name: str) -> dict[tuple[str, str], list[Element]]:
    found: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for event in diagram.all(name):
        for definition in children(event, "linkEventDefinition"):
            container = parent_of(event)
            found[container.get("id", "") if container is not None else "", label(definition)].append(event)
    return found


@rule("link-without-partner", "invalid")
def link_without_partner(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: a link leads from sources to one target of the same name on the same level."""
    catching, throwing = _links(diagram, "intermediateCatchEvent"), _links(diagram, "intermediateThrowEvent")
    for mine, others in ((catching, throwing), (throwing, catching)):
        for (level, name), events in mine.items():
            if not name or (level, name) not in others:
                for event in events:
                    yield Finding(
                        event,
                        f"{called(event)} è un collegamento «{name}» senza l’altro capo.",
                        "Dai lo stesso nome ai due capi, sullo stesso livello.",
                    )


@rule("link-target-twice", "invalid")
def link_target_twice(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: there is one target for each name."""
    for (_, name), events in _links(diagram, "intermediateCatchEvent").items():
        for event in events[1:] if name else ():
            yield Finding(event, f"Il collegamento «{name}» ha più di un arrivo.", "Lascia un solo arrivo per nome.")


@rule("link-with-flow", "invalid")
def link_with_flow(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: no flow leaves the source of a link, none enters its target."""
    for name, flows in (("intermediateCatchEvent", diagram.incoming), ("intermediateThrowEvent", diagram.outgoing)):
        for event in diagram.all(name):
            if children(event, "linkEventDefinition") and flows(event):
                yield Finding(
                    event,
                    f"{called(event)} è un collegamento, ma ha un flusso dal lato sbagliato.",
                    "Togli il flusso: il collegamento lo sostituisce.",
                )
