"""Gateways: how many flows they join and split, and what stands after each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.check.diagram import is_executable
from engine.check.families.flows import is_conditional
from engine.check.notation import GATEWAYS
from engine.check.rules import Finding, rule
from engine.check.words import called, label
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_AWAITED: Final = frozenset(
    {"messageEventDefinition", "timerEventDefinition", "conditionalEventDefinition", "signalEventDefinition"}
)


def _gateways(diagram: Diagram) -> Iterator[Element]:
    yield from diagram.all(*sorted(GATEWAYS))


def _after(diagram: Diagram, gateway: Element) -> list[Element]:
    targets = (diagram.target(flow) for flow in diagram.outgoing(gateway))
    return [target for target in targets if target is not None]


def _chosen_flows(diagram: Diagram, gateway: Element) -> list[Element]:
    return [flow for flow in diagram.outgoing(gateway) if flow.get("id") != gateway.get("default")]


@rule("superfluous-gateway", "invalid")
def superfluous_gateway(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.1: a gateway has several incoming or several outgoing flows."""
    for gateway in _gateways(diagram):
        entering, leaving = len(diagram.incoming(gateway)), len(diagram.outgoing(gateway))
        if max(entering, leaving) <= 1 and tag(gateway) != "eventBasedGateway":
            yield Finding(
                gateway,
                f"{called(gateway)} non divide e non riunisce niente.",
                "Dagli più flussi in entrata o in uscita, oppure toglilo.",
            )


@rule("wrong-gateway-direction", "invalid")
def wrong_gateway_direction(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.1, ``gatewayDirection``."""
    for gateway in _gateways(diagram):
        several_in, several_out = len(diagram.incoming(gateway)) > 1, len(diagram.outgoing(gateway)) > 1
        fits = {
            "Converging": several_in and not several_out,
            "Diverging": several_out and not several_in,
            "Mixed": several_in and several_out,
        }.get(gateway.get("gatewayDirection", "Unspecified"), True)
        if not fits:
            yield Finding(
                gateway,
                f"{called(gateway)} dichiara «{gateway.get('gatewayDirection')}», ma i suoi flussi dicono altro.",
                "Correggi i flussi o togli l’attributo gatewayDirection.",
            )


@rule("choice-without-condition", "unsupported")
def choice_without_condition(diagram: Diagram) -> Iterator[Finding]:
    for gateway in diagram.all("exclusiveGateway", "inclusiveGateway"):
        if len(diagram.outgoing(gateway)) <= 1 or not is_executable(gateway):
            continue
        for flow in _chosen_flows(diagram, gateway):
            if not is_conditional(flow):
                yield Finding(
                    flow,
                    f"{called(flow)} esce da «{label(gateway) or gateway.get('id')}» senza condizione.",
                    "Scrivi la condizione in FEEL o rendilo il flusso predefinito.",
                )


@rule("choice-without-default", "advice")
def choice_without_default(diagram: Diagram) -> Iterator[Finding]:
    for gateway in diagram.all("exclusiveGateway", "inclusiveGateway"):
        if len(diagram.outgoing(gateway)) > 1 and not gateway.get("default"):
            yield Finding(
                gateway,
                f"{called(gateway)} non ha un flusso predefinito.",
                "Scegline uno: se nessuna condizione è vera, la pratica si ferma con un errore.",
            )


@rule("gateway-without-name", "advice")
def gateway_without_name(diagram: Diagram) -> Iterator[Finding]:
    for gateway in diagram.all("exclusiveGateway", "inclusiveGateway"):
        if len(diagram.outgoing(gateway)) > 1 and not label(gateway):
            yield Finding(gateway, f"{called(gateway)} non ha un nome.", "Scrivi la domanda a cui il gateway risponde.")


@rule("choice-flow-without-name", "advice")
def choice_flow_without_name(diagram: Diagram) -> Iterator[Finding]:
    for gateway in diagram.all("exclusiveGateway", "inclusiveGateway"):
        for flow in diagram.outgoing(gateway) if len(diagram.outgoing(gateway)) > 1 else ():
            if not label(flow):
                yield Finding(flow, f"{called(flow)} non ha un nome.", "Scrivi la risposta che porta su questa strada.")


@rule("event-gateway-single-outgoing", "invalid")
def event_gateway_single_outgoing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.6: an event-based gateway has two or more outgoing flows."""
    for gateway in diagram.all("eventBasedGateway"):
        if len(diagram.outgoing(gateway)) <= 1:
            yield Finding(
                gateway,
                f"{called(gateway)} ha meno di due flussi in uscita.",
                "Disegna almeno due eventi da attendere.",
            )


@rule("event-gateway-conditional-flow", "invalid")
def event_gateway_conditional_flow(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.6: the flows after an event-based gateway have no conditions."""
    for gateway in diagram.all("eventBasedGateway"):
        for flow in diagram.outgoing(gateway):
            if is_conditional(flow):
                yield Finding(
                    flow,
                    f"{called(flow)} segue un gateway basato su eventi, ma ha una condizione.",
                    "Togli la condizione.",
                )


@rule("event-gateway-target", "invalid")
def event_gateway_target(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.6: only what can be waited for may follow."""
    for gateway in diagram.all("eventBasedGateway"):
        for target in _after(diagram, gateway):
            kinds = {tag(definition) for definition in diagram.definitions(target)}
            fits = tag(target) == "intermediateCatchEvent" and bool(kinds) and kinds <= _AWAITED
            if not fits and tag(target) != "receiveTask":
                yield Finding(
                    target,
                    f"{called(target)} segue un gateway basato su eventi, ma non è un evento da attendere.",
                    "Dopo il gateway metti messaggi, timer, segnali o condizioni.",
                )


@rule("event-gateway-target-shared", "invalid")
def event_gateway_target_shared(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.6: what follows the gateway is reached from it alone."""
    for gateway in diagram.all("eventBasedGateway"):
        for target in _after(diagram, gateway):
            if len(diagram.incoming(target)) > 1:
                yield Finding(
                    target,
                    f"{called(target)} segue un gateway basato su eventi, ma ha altri flussi in entrata.",
                    "Lascia solo il flusso che viene dal gateway.",
                )


@rule("event-gateway-mixed-reception", "invalid")
def event_gateway_mixed_reception(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.6: message events and receive tasks are not mixed after one gateway."""
    for gateway in diagram.all("eventBasedGateway"):
        after = _after(diagram, gateway)
        messages = [each for each in after if "messageEventDefinition" in map(tag, diagram.definitions(each))]
        if messages and any(tag(each) == "receiveTask" for each in after):
            yield Finding(
                gateway,
                f"{called(gateway)} è seguito da eventi messaggio e da compiti di ricezione insieme.",
                "Usa solo eventi messaggio o solo compiti di ricezione.",
            )


@rule("event-gateway-guarded-receive", "invalid")
def event_gateway_guarded_receive(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.6: a receive task after the gateway carries no events on its border."""
    for gateway in diagram.all("eventBasedGateway"):
        for target in _after(diagram, gateway):
            if tag(target) == "receiveTask" and diagram.boundaries(target):
                yield Finding(
                    target,
                    f"{called(target)} segue un gateway basato su eventi, ma ha eventi di bordo.",
                    "Metti gli eventi di bordo tra le alternative del gateway.",
                )


@rule("event-gateway-starts-process", "unsupported")
def event_gateway_starts_process(diagram: Diagram) -> Iterator[Finding]:
    for gateway in diagram.all("eventBasedGateway"):
        if gateway.get("instantiate") == "true" and is_executable(gateway):
            yield Finding(
                gateway,
                f"{called(gateway)} avvia il processo: qui non è possibile.",
                "Usa più eventi di inizio, uno per ogni messaggio.",
            )


@rule("event-gateway-instantiate-incoming", "invalid")
def event_gateway_instantiate_incoming(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.6.6: a gateway that starts the process comes first; only such a one may be parallel."""
    for gateway in diagram.all("eventBasedGateway"):
        starts, parallel = gateway.get("instantiate") == "true", gateway.get("eventGatewayType") == "Parallel"
        if (starts and diagram.incoming(gateway)) or (parallel and not starts):
            yield Finding(
                gateway,
                f"{called(gateway)} avvia il processo e sta in mezzo al flusso insieme.",
                "Togli instantiate e il tipo Parallel, o i flussi in entrata.",
            )


@rule("complex-gateway", "unsupported")
def complex_gateway(diagram: Diagram) -> Iterator[Finding]:
    for gateway in diagram.all("complexGateway"):
        yield Finding(
            gateway, f"{called(gateway)} non si può eseguire qui.", "Usa gateway esclusivi, inclusivi o paralleli."
        )
