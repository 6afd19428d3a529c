"""Build the node that each element of a diagram becomes when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.spiff.activities import MAPPINGS, Activity, BusinessRule, Script, Work
from engine.spiff.attributes import (
    Xml,
    camunda,
    children,
    definition_nodes,
    expression,
    extensions,
    job_facts,
    mapped,
    quantities,
    refuse,
    repetition,
    text_of,
    user_facts,
)
from engine.spiff.containers import CallActivity, EventSubProcess, Loop, MultiInstance, SubProcess
from engine.spiff.definitions import definitions, message
from engine.spiff.events import Boundary, Catch, EventGateway, Trigger
from engine.spiff.flows import FlowNode
from engine.spiff.gateways import Exclusive, Inclusive, Parallel
from engine.spiff.throwing import Jump, Throw
from engine.spiff.timers import EXPRESSION
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.bpmn import Element
    from engine.spiff.enclosing import Enclosing
    from engine.spiff.events import EventDefinition
    from engine.spiff.workflow import Node

COMES: Final = ("message", "timer", "signal", "conditional")
IS_CAUGHT: Final = (*COMES, "error", "escalation")
IS_THROWN: Final = ("message", "signal", "escalation")
ENDS: Final = (*IS_THROWN, "error", "terminate", "cancel")
_BUSINESS_KEY: Final = "#{execution.processBusinessKey}"


def build(scope: Enclosing, xml: Xml, element: Element) -> Node:
    """Make the node of an element; one that is repeated becomes a body around it."""
    node = _repeated(scope, xml, BUILDERS[element.type](scope, xml, element))
    if isinstance(node, Activity):
        node.start_quantity, node.completion_quantity = quantities(xml)
        if isinstance(node, Catch) and node.start_quantity > 1:
            refuse(xml, "bad-quantity", "Un’attività di ricezione inizia con un gettone solo.")
    return node


def _repeated(scope: Enclosing, xml: Xml, node: Node) -> Node:
    plan, element = repetition(xml), node.element
    if plan is None:
        return node
    if not isinstance(node, Activity):
        refuse(xml, "bad-loop", "Solo un’attività si può ripetere.", "invalid")
    node.rename(f"{element.id}#each")
    scope.add(node, xml)
    if isinstance(node, Work):
        node.is_collected = plan.output is not None and plan.output_item is None
    is_loop = plan.collection is None and plan.cardinality is None
    return (Loop if is_loop else MultiInstance)(scope.spec, element, node, plan)


def event_subprocess(scope: Enclosing, xml: Xml, element: Element) -> None:
    """Make an event subprocess and what starts it."""
    starts = list(children(xml, "startEvent"))
    if len(starts) != 1 or not (found := _checked(starts[0], IS_CAUGHT)):
        refuse(xml, "bad-event-subprocess", "Un sottoprocesso a evento deve iniziare con un solo evento.", "invalid")
    interrupts = starts[0].get("isInterrupting", "true") != "false"
    _check_interrupts(starts[0], found, interrupts=interrupts)
    body = scope.inner(xml, element)
    trigger = Trigger(scope.spec, body.starts[0].element, found, interrupts=interrupts)
    trigger.needs_all = starts[0].get("parallelMultiple") == "true"
    trigger.rename(f"{element.id}#trigger")
    scope.add(trigger, xml)
    scope.add(EventSubProcess(scope.spec, element, body, trigger), xml)
    scope.spec.triggers.append(trigger)


def _checked(xml: Xml, kinds: Collection[str]) -> list[EventDefinition]:
    """Read an event's definitions; refuse one that makes no sense there."""
    found = definitions(xml)
    for each in found:
        if each.kind not in kinds:
            refuse(xml, "misplaced-event", f"Un evento {each.kind} qui non ha senso.", "invalid")
    return found


def _check_interrupts(xml: Xml, found: Collection[EventDefinition], *, interrupts: bool) -> None:
    if not interrupts and any(each.kind in {"error", "cancel"} for each in found):
        refuse(xml, "non-interrupting-error", "Un errore o un annullamento interrompe sempre.", "invalid")


def _pass(scope: Enclosing, _: Xml, element: Element) -> Node:
    return Activity(scope.spec, element)


def _start(scope: Enclosing, xml: Xml, element: Element) -> Node:
    _checked(xml, IS_CAUGHT)
    return FlowNode(scope.spec, element)


def _user(scope: Enclosing, xml: Xml, element: Element) -> Node:
    return Work(scope.spec, element, "user", user_facts(xml, element))


def _service(scope: Enclosing, xml: Xml, element: Element) -> Node:
    facts = job_facts(xml)
    if facts is None:
        refuse(xml, "no-topic", "Manca camunda:topic: non si sa quale operazione eseguire.")
    return Work(scope.spec, element, "job", facts)


def _send(scope: Enclosing, xml: Xml, element: Element) -> Node:
    if xml.get("messageRef") and not camunda(xml, "topic"):
        return _Sender(scope.spec, element, [message(xml, xml)])
    return _service(scope, xml, element)


class _Sender(Throw, Activity):
    """A send task that throws its message."""


def _decision(scope: Enclosing, xml: Xml, element: Element) -> Node:
    ref, mapping = camunda(xml, "decisionRef"), camunda(xml, "mapDecisionResult")
    if ref is None:
        return _service(scope, xml, element)
    if ref.startswith((EXPRESSION, "$", "#")) or mapping not in MAPPINGS:
        refuse(xml, "bad-decision", "La decisione deve avere un nome fisso e una lettura conosciuta del risultato.")
    return BusinessRule(scope.spec, element, ref, (camunda(xml, "resultVariable"), mapping))


def _script(scope: Enclosing, xml: Xml, element: Element) -> Node:
    text = expression(xml, text_of(xml, "script"))
    if xml.get("scriptFormat", "").lower() != "feel" or text is None:
        refuse(xml, "foreign-script", 'Gli script sono espressioni FEEL: scriptFormat="feel".')
    return Script(scope.spec, element, text, camunda(xml, "resultVariable"))


def _receive(scope: Enclosing, xml: Xml, element: Element) -> Node:
    if xml.get("instantiate") == "true":
        refuse(xml, "instantiating", "Un’attività di ricezione non fa iniziare un processo: usa un evento di inizio.")
    return Catch(scope.spec, element, [message(xml, xml)])


def _subprocess(scope: Enclosing, xml: Xml, element: Element) -> Node:
    for start in children(xml, "startEvent"):
        if next(definition_nodes(start), None) is not None:
            refuse(start, "misplaced-event", "Un sottoprocesso inizia con un evento semplice.", "invalid")
    return SubProcess(scope.spec, element, scope.inner(xml, element))


def _call(scope: Enclosing, xml: Xml, element: Element) -> Node:
    for each in extensions(xml, "in"):
        if each.get("businessKey") not in {None, _BUSINESS_KEY}:
            refuse(xml, "business-key", f"Il processo richiamato ha la stessa chiave: scrivi {_BUSINESS_KEY}.")
    call = CallActivity(scope.spec, element, (mapped(xml, "in"), mapped(xml, "out")))
    scope.call(xml, call)
    return call


def _exclusive(scope: Enclosing, xml: Xml, element: Element) -> Node:
    flows = scope.leaving(element.id)
    for flow in flows:
        if len(flows) > 1 and flow.condition is None and flow.id != xml.get("default"):
            refuse(xml, "no-condition", f"Il flusso «{flow.name or flow.id}» non ha una condizione.", "invalid")
    return Exclusive(scope.spec, element)


def _parallel(scope: Enclosing, _: Xml, element: Element) -> Node:
    return Parallel(scope.spec, element)


def _inclusive(scope: Enclosing, _: Xml, element: Element) -> Node:
    return Inclusive(scope.spec, element)


def _event_gateway(scope: Enclosing, xml: Xml, element: Element) -> Node:
    if xml.get("instantiate") == "true" or xml.get("eventGatewayType") == "Parallel":
        refuse(xml, "instantiating", "Questo gateway a eventi non può far iniziare un processo.")
    return EventGateway(scope.spec, element, ())


def _throw(scope: Enclosing, xml: Xml, element: Element) -> Node:
    found = _checked(xml, (*IS_THROWN, "link"))
    if [each.kind for each in found] == ["link"]:
        return Jump(scope.spec, element, found[0].name or "")
    return _job_of(scope, xml, element) or Throw(scope.spec, element, found)


def _end(scope: Enclosing, xml: Xml, element: Element) -> Node:
    found = _checked(xml, ENDS)
    if any(each.kind == "cancel" for each in found):
        _check_cancel(scope, xml)
    node = _job_of(scope, xml, element) or Throw(scope.spec, element, found)
    node.is_end = True
    return node


def _check_cancel(scope: Enclosing, xml: Xml) -> None:
    """Refuse a cancel end event that no boundary event of its transaction catches."""
    around = scope.xml.getparent()
    for event in children(around, "boundaryEvent") if around is not None and tag(scope.xml) == "transaction" else ():
        if (
            event.get("attachedToRef") == scope.xml.get("id")
            and next(children(event, "cancelEventDefinition"), None) is not None
        ):
            return
    refuse(xml, "uncaught-cancel", "La transazione non ha un evento di confine per l’annullamento.", "invalid")


def _job_of(scope: Enclosing, xml: Xml, element: Element) -> Node | None:
    """Make a job of a message event that names an external topic."""
    for each in definition_nodes(xml):
        facts = job_facts(each) or job_facts(xml)
        if facts is not None:
            return Work(scope.spec, element, "job", facts)
    return None


def _catch(scope: Enclosing, xml: Xml, element: Element) -> Node:
    found = _checked(xml, (*COMES, "link"))
    if [each.kind for each in found] == ["link"]:
        node = FlowNode(scope.spec, element)
        scope.links[found[0].name or ""] = node
        return node
    if not found:
        refuse(xml, "no-event", "L’evento non dice che cosa si aspetta.", "invalid")
    catch = Catch(scope.spec, element, found)
    catch.needs_all = xml.get("parallelMultiple") == "true"
    return catch


def _boundary(scope: Enclosing, xml: Xml, element: Element) -> Node:
    found = _checked(xml, (*IS_CAUGHT, "cancel"))
    if not found:
        refuse(xml, "no-event", "L’evento non dice che cosa si aspetta.", "invalid")
    interrupts = xml.get("cancelActivity", "true") != "false"
    _check_interrupts(xml, found, interrupts=interrupts)
    boundary = Boundary(scope.spec, element, found, interrupts=interrupts)
    boundary.needs_all = xml.get("parallelMultiple") == "true"
    return boundary


ACTIVITIES: Final = {
    "task": _pass,
    "manualTask": _pass,
    "userTask": _user,
    "serviceTask": _service,
    "sendTask": _send,
    "businessRuleTask": _decision,
    "scriptTask": _script,
    "receiveTask": _receive,
    "subProcess": _subprocess,
    "transaction": _subprocess,
    "callActivity": _call,
}
BUILDERS: Final = {
    **ACTIVITIES,
    "startEvent": _start,
    "endEvent": _end,
    "intermediateThrowEvent": _throw,
    "intermediateCatchEvent": _catch,
    "boundaryEvent": _boundary,
    "exclusiveGateway": _exclusive,
    "parallelGateway": _parallel,
    "inclusiveGateway": _inclusive,
    "eventBasedGateway": _event_gateway,
}
