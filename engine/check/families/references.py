"""References: what an element names must exist and be of the right sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from engine.check.diagram import children, reference, text_of
from engine.check.notation import (
    ACTIVITIES,
    CALLABLE,
    EVENT_DEFINITIONS,
    EVENTS,
    FLOW_NODES,
    ITEM_AWARE,
)
from engine.check.rules import Finding, rule
from engine.check.words import NOUNS, called
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram


class Named(NamedTuple):
    """One reference found in a file."""

    holder: Element
    attribute: str
    text: str
    targets: frozenset[str] | None


def _kinds(*names: str) -> frozenset[str]:
    return frozenset(names)


_ANYTHING: Final = None
_INTERACTING: Final = ACTIVITIES | EVENTS | {"participant", "conversation", "subConversation", "callConversation"}
_DEFAULT_OWNERS: Final = (*sorted(ACTIVITIES), "exclusiveGateway", "inclusiveGateway", "complexGateway")

ATTRIBUTES: Final[dict[tuple[str, str], frozenset[str] | None]] = {
    ("sequenceFlow", "sourceRef"): FLOW_NODES,
    ("sequenceFlow", "targetRef"): FLOW_NODES,
    ("messageFlow", "sourceRef"): _INTERACTING,
    ("messageFlow", "targetRef"): _INTERACTING,
    ("messageFlow", "messageRef"): _kinds("message"),
    ("association", "sourceRef"): _ANYTHING,
    ("association", "targetRef"): _ANYTHING,
    ("boundaryEvent", "attachedToRef"): ACTIVITIES,
    ("participant", "processRef"): _kinds("process"),
    ("process", "definitionalCollaborationRef"): _kinds("collaboration"),
    ("messageEventDefinition", "messageRef"): _kinds("message"),
    ("errorEventDefinition", "errorRef"): _kinds("error"),
    ("escalationEventDefinition", "escalationRef"): _kinds("escalation"),
    ("signalEventDefinition", "signalRef"): _kinds("signal"),
    ("compensateEventDefinition", "activityRef"): ACTIVITIES,
    ("serviceTask", "operationRef"): _kinds("operation"),
    ("sendTask", "operationRef"): _kinds("operation"),
    ("sendTask", "messageRef"): _kinds("message"),
    ("receiveTask", "operationRef"): _kinds("operation"),
    ("receiveTask", "messageRef"): _kinds("message"),
    ("dataObjectReference", "dataObjectRef"): _kinds("dataObject"),
    ("dataStoreReference", "dataStoreRef"): _kinds("dataStore"),
    ("message", "itemRef"): _kinds("itemDefinition"),
    ("error", "structureRef"): _kinds("itemDefinition"),
    ("escalation", "structureRef"): _kinds("itemDefinition"),
    ("signal", "structureRef"): _kinds("itemDefinition"),
    ("multiInstanceLoopCharacteristics", "noneBehaviorEventRef"): EVENT_DEFINITIONS,
    ("multiInstanceLoopCharacteristics", "oneBehaviorEventRef"): EVENT_DEFINITIONS,
    ("resourceParameterBinding", "parameterRef"): _kinds("resourceParameter"),
    ("group", "categoryValueRef"): _kinds("categoryValue"),
    ("lane", "partitionElementRef"): _ANYTHING,
    ("ioBinding", "operationRef"): _kinds("operation"),
    ("ioBinding", "inputDataRef"): _kinds("inputSet"),
    ("ioBinding", "outputDataRef"): _kinds("outputSet"),
    ("conversationLink", "sourceRef"): _INTERACTING,
    ("conversationLink", "targetRef"): _INTERACTING,
    ("callConversation", "calledCollaborationRef"): _kinds("collaboration", "globalConversation"),
    ("correlationPropertyBinding", "correlationPropertyRef"): _kinds("correlationProperty"),
    ("correlationSubscription", "correlationKeyRef"): _kinds("correlationKey"),
    ("correlationPropertyRetrievalExpression", "messageRef"): _kinds("message"),
    ("inputDataItem", "itemSubjectRef"): _kinds("itemDefinition"),
    ("outputDataItem", "itemSubjectRef"): _kinds("itemDefinition"),
    **{(holder, "default"): _kinds("sequenceFlow") for holder in _DEFAULT_OWNERS},
    **{(holder, "itemSubjectRef"): _kinds("itemDefinition") for holder in ITEM_AWARE},
}
"""Reference attributes by element and name; the value says which elements may be meant, None any."""

TEXTS: Final[dict[str, frozenset[str] | None]] = {
    "incoming": _kinds("sequenceFlow"),
    "outgoing": _kinds("sequenceFlow"),
    "flowNodeRef": FLOW_NODES,
    "eventDefinitionRef": EVENT_DEFINITIONS,
    "operationRef": _kinds("operation"),
    "inMessageRef": _kinds("message"),
    "outMessageRef": _kinds("message"),
    "errorRef": _kinds("error"),
    "interfaceRef": _kinds("interface"),
    "supportedInterfaceRef": _kinds("interface"),
    "supports": _kinds("process"),
    "resourceRef": _kinds("resource"),
    "categoryValueRef": _kinds("categoryValue"),
    "dataInputRefs": _kinds("dataInput"),
    "optionalInputRefs": _kinds("dataInput"),
    "whileExecutingInputRefs": _kinds("dataInput"),
    "dataOutputRefs": _kinds("dataOutput"),
    "optionalOutputRefs": _kinds("dataOutput"),
    "whileExecutingOutputRefs": _kinds("dataOutput"),
    "inputSetRefs": _kinds("inputSet"),
    "outputSetRefs": _kinds("outputSet"),
    "participantRef": _kinds("participant"),
    "messageFlowRef": _kinds("messageFlow"),
    "correlationKeyRef": _kinds("correlationKey"),
    "correlationPropertyRef": _kinds("correlationProperty"),
    "choreographyRef": _kinds("choreography"),
    "endPointRef": _kinds("endPoint"),
    "innerParticipantRef": _kinds("participant"),
    "outerParticipantRef": _kinds("participant"),
    "innerMessageFlowRef": _kinds("messageFlow"),
    "outerMessageFlowRef": _kinds("messageFlow"),
    "sourceRef": ITEM_AWARE,
    "targetRef": ITEM_AWARE,
}
"""References written as the text of an element, by the element's name."""

_LOOP_TEXTS: Final = frozenset({"loopDataInputRef", "loopDataOutputRef"})
_REQUIRED: Final = {
    "sequenceFlow": ("sourceRef", "targetRef"),
    "messageFlow": ("sourceRef", "targetRef"),
    "association": ("sourceRef", "targetRef"),
    "boundaryEvent": ("attachedToRef",),
}


def _named(diagram: Diagram) -> Iterator[Named]:
    by_tag: dict[str, list[str]] = {}
    for holder, attribute in ATTRIBUTES:
        by_tag.setdefault(holder, []).append(attribute)
    for element in diagram.elements:
        for attribute in by_tag.get(tag(element), ()):
            text = element.get(attribute)
            if text:
                yield Named(element, attribute, text, ATTRIBUTES[tag(element), attribute])
        if tag(element) in TEXTS and len(element) == 0:
            yield Named(element, tag(element), text_of(element), TEXTS[tag(element)])
        if tag(element) in _LOOP_TEXTS and not diagram.is_camunda:
            yield Named(element, tag(element), text_of(element), ITEM_AWARE)


def _is_imported(diagram: Diagram, named: Named) -> bool:
    """Say whether the reference points into another namespace, that is into another file."""
    prefix = named.text.strip().rpartition(":")[0]
    namespace = named.holder.nsmap.get(prefix) if prefix else None
    return namespace is not None and namespace != diagram.root.get("targetNamespace")


@rule("dangling-reference", "invalid")
def dangling_reference(diagram: Diagram) -> Iterator[Finding]:
    for named in _named(diagram):
        if diagram.find(named.text) is None and not _is_imported(diagram, named):
            yield Finding(
                named.holder,
                f"{called(named.holder)} rimanda a «{named.text.strip()}» ({named.attribute}), che non esiste.",
                "Indica un elemento del file oppure togli il riferimento.",
            )


@rule("wrong-reference", "invalid")
def wrong_reference(diagram: Diagram) -> Iterator[Finding]:
    for named in _named(diagram):
        found = diagram.find(named.text)
        if found is not None and named.targets is not None and tag(found) not in named.targets:
            sort = NOUNS.get(tag(found), tag(found)).lower()
            yield Finding(
                named.holder,
                f"{called(named.holder)} rimanda con {named.attribute} a «{named.text.strip()}», ma lì c’è «{sort}».",
                "Indica un elemento del tipo che la notazione prevede in questo punto.",
            )


@rule("missing-reference", "invalid")
def missing_reference(diagram: Diagram) -> Iterator[Finding]:
    for name, attributes in _REQUIRED.items():
        for element in diagram.all(name):
            for attribute in attributes:
                if not (element.get(attribute) or "").strip():
                    yield Finding(
                        element,
                        f"{called(element)} non indica {attribute}.",
                        "Collega l’elemento nel diagramma e salva di nuovo.",
                    )


@rule("duplicate-process", "invalid")
def duplicate_process(diagram: Diagram) -> Iterator[Finding]:
    for process in diagram.all(*CALLABLE):
        homes = diagram.folder.callable[process.get("id", "")]
        if len(homes) > 1 and homes[0][0] is not diagram:
            yield Finding(
                process,
                f"{called(process)} ha lo stesso id di un processo del file {homes[0][0].file}.",
                "Dai ai due processi id diversi o togli uno dei file.",
            )


@rule("default-flow-elsewhere", "invalid")
def default_flow_elsewhere(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.13: a default flow leaves the element that names it."""
    for node in diagram.nodes:
        flow = diagram.find(node.get("default")) if node.get("default") else None
        if flow is not None and flow not in diagram.outgoing(node):
            yield Finding(
                node,
                f"Il flusso predefinito «{flow.get('id')}» non esce da questo elemento.",
                "Scegli come predefinito uno dei flussi in uscita.",
            )


@rule("wrong-flow-mirror", "invalid")
def wrong_flow_mirror(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.13: ``incoming`` and ``outgoing`` repeat what the flows say, where a file uses them at all."""
    if not diagram.all("incoming", "outgoing"):
        return
    for node in diagram.nodes:
        for name, flows in (("incoming", diagram.incoming(node)), ("outgoing", diagram.outgoing(node))):
            written = sorted({reference(text_of(child)) for child in children(node, name)})
            if written != sorted({flow.get("id", "") for flow in flows}):
                yield Finding(
                    node,
                    f"{called(node)} elenca in «{name}» flussi diversi da quelli collegati.",
                    "Ricollega i flussi nell’editor, che scrive le due liste uguali.",
                )
