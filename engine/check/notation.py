"""The vocabulary of BPMN 2.0 (chapters 8 to 10 and the schema BPMN20.xsd), as far as rules need it."""

from __future__ import annotations

from typing import Final

DRAWING: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

TASKS: Final = frozenset(
    {"task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask"}
)
SUBPROCESSES: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES: Final = TASKS | SUBPROCESSES | {"callActivity"}
CATCHING: Final = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
THROWING: Final = frozenset({"endEvent", "intermediateThrowEvent", "implicitThrowEvent"})
EVENTS: Final = CATCHING | THROWING
GATEWAYS: Final = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"}
)
CHOREOGRAPHY: Final = frozenset(
    {
        "choreography",
        "globalChoreographyTask",
        "choreographyTask",
        "subChoreography",
        "callChoreography",
    }
)
FLOW_NODES: Final = ACTIVITIES | EVENTS | GATEWAYS | (CHOREOGRAPHY - {"choreography", "globalChoreographyTask"})
CONTAINERS: Final = SUBPROCESSES | {"process"}
EVENT_DEFINITIONS: Final = frozenset(
    f"{kind}EventDefinition"
    for kind in (
        "message",
        "timer",
        "conditional",
        "signal",
        "error",
        "escalation",
        "compensate",
        "cancel",
        "link",
        "terminate",
    )
)
GLOBAL_TASKS: Final = frozenset(
    {"globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"}
)
CALLABLE: Final = GLOBAL_TASKS | {"process"}
ITEM_AWARE: Final = frozenset(
    {"dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput", "dataOutput", "property"}
)
EXPRESSIONS: Final = frozenset(
    {
        "conditionExpression",
        "completionCondition",
        "loopCardinality",
        "loopCondition",
        "condition",
        "activationCondition",
        "timeDate",
        "timeDuration",
        "timeCycle",
        "from",
        "to",
        "transformation",
    }
)
RESOURCE_ROLES: Final = frozenset({"resourceRole", "performer", "humanPerformer", "potentialOwner"})

_BASE: Final = frozenset({"documentation", "extensionElements"})
_FLOW_ELEMENT: Final = _BASE | {"auditing", "monitoring", "categoryValueRef"}
_FLOW_NODE: Final = _FLOW_ELEMENT | {"incoming", "outgoing"}
_ACTIVITY: Final = (
    _FLOW_NODE
    | RESOURCE_ROLES
    | {
        "ioSpecification",
        "property",
        "dataInputAssociation",
        "dataOutputAssociation",
        "standardLoopCharacteristics",
        "multiInstanceLoopCharacteristics",
    }
)
_EVENT: Final = _FLOW_NODE | EVENT_DEFINITIONS | {"property", "eventDefinitionRef"}
_CATCH: Final = _EVENT | {"dataOutput", "dataOutputAssociation", "outputSet"}
_THROW: Final = _EVENT | {"dataInput", "dataInputAssociation", "inputSet"}
_DATA: Final = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
_INSIDE: Final = FLOW_NODES | _DATA | {"sequenceFlow", "laneSet", "textAnnotation", "association", "group"}
_ROOTS: Final = (
    EVENT_DEFINITIONS
    | GLOBAL_TASKS
    | CHOREOGRAPHY
    | {
        "process",
        "collaboration",
        "globalConversation",
        "itemDefinition",
        "message",
        "error",
        "escalation",
        "signal",
        "interface",
        "resource",
        "category",
        "dataStore",
        "correlationProperty",
        "partnerEntity",
        "partnerRole",
        "endPoint",
    }
)

CHILDREN: Final[dict[str, frozenset[str]]] = {
    "definitions": _BASE | _ROOTS | {"import", "extension", "relationship"},
    "process": _BASE
    | _INSIDE
    | RESOURCE_ROLES
    | {"auditing", "monitoring", "property", "ioSpecification", "ioBinding", "supports", "supportedInterfaceRef"}
    | {"correlationSubscription"},
    **dict.fromkeys(TASKS, _ACTIVITY),
    "userTask": _ACTIVITY | {"rendering"},
    "scriptTask": _ACTIVITY | {"script"},
    "callActivity": _ACTIVITY,
    "subProcess": _ACTIVITY | _INSIDE,
    "transaction": _ACTIVITY | _INSIDE,
    "adHocSubProcess": _ACTIVITY | _INSIDE | {"completionCondition"},
    **dict.fromkeys(CATCHING, _CATCH),
    **dict.fromkeys(THROWING, _THROW),
    **dict.fromkeys(GATEWAYS, _FLOW_NODE),
    "complexGateway": _FLOW_NODE | {"activationCondition"},
    "sequenceFlow": _FLOW_ELEMENT | {"conditionExpression"},
    "laneSet": _BASE | {"lane"},
    "lane": _BASE | {"partitionElement", "flowNodeRef", "childLaneSet"},
    "timerEventDefinition": _BASE | {"timeDate", "timeDuration", "timeCycle"},
    "messageEventDefinition": _BASE | {"operationRef"},
    "conditionalEventDefinition": _BASE | {"condition"},
}
"""Which elements may stand directly inside which; an element that is no key may hold anything known."""

HOMES: Final[dict[str, frozenset[str]]] = {
    "process": frozenset({"definitions"}),
    **dict.fromkeys(FLOW_NODES | {"sequenceFlow"}, CONTAINERS | CHOREOGRAPHY),
}
"""Where an element may stand whatever the element around it allows."""

_BOOLEANS: Final = (
    "isExecutable",
    "isClosed",
    "isInterrupting",
    "cancelActivity",
    "parallelMultiple",
    "instantiate",
    "isForCompensation",
    "triggeredByEvent",
    "isSequential",
    "testBefore",
    "isCollection",
    "isImmediate",
    "waitForCompletion",
)
VALUES: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(_BOOLEANS, frozenset({"true", "false", "1", "0"})),
    "processType": frozenset({"None", "Public", "Private"}),
    "gatewayDirection": frozenset({"Unspecified", "Converging", "Diverging", "Mixed"}),
    "eventGatewayType": frozenset({"Exclusive", "Parallel"}),
    "associationDirection": frozenset({"None", "One", "Both"}),
    "itemKind": frozenset({"Information", "Physical"}),
    "ordering": frozenset({"Parallel", "Sequential"}),
    "behavior": frozenset({"None", "One", "All", "Complex"}),
}
"""Attributes that take one of a few words."""

VOCABULARY: Final = (
    frozenset(CHILDREN)
    | frozenset().union(*CHILDREN.values())
    | EXPRESSIONS
    | {
        "participant",
        "participantMultiplicity",
        "participantRef",
        "messageFlow",
        "messageFlowRef",
        "messageFlowAssociation",
        "participantAssociation",
        "innerParticipantRef",
        "outerParticipantRef",
        "innerMessageFlowRef",
        "outerMessageFlowRef",
        "conversation",
        "subConversation",
        "callConversation",
        "conversationLink",
        "conversationAssociation",
        "innerConversationNodeRef",
        "outerConversationNodeRef",
        "choreographyRef",
        "correlationKey",
        "correlationKeyRef",
        "correlationPropertyRef",
        "correlationPropertyBinding",
        "correlationPropertyRetrievalExpression",
        "messagePath",
        "dataPath",
        "operation",
        "inMessageRef",
        "outMessageRef",
        "errorRef",
        "interfaceRef",
        "endPointRef",
        "resourceParameter",
        "resourceParameterBinding",
        "resourceAssignmentExpression",
        "resourceRef",
        "formalExpression",
        "expression",
        "categoryValue",
        "dataState",
        "inputSet",
        "outputSet",
        "dataInputRefs",
        "dataOutputRefs",
        "optionalInputRefs",
        "optionalOutputRefs",
        "whileExecutingInputRefs",
        "whileExecutingOutputRefs",
        "inputSetRefs",
        "outputSetRefs",
        "sourceRef",
        "targetRef",
        "assignment",
        "loopDataInputRef",
        "loopDataOutputRef",
        "inputDataItem",
        "outputDataItem",
        "complexBehaviorDefinition",
        "event",
        "source",
        "target",
        "text",
        "flowNodeRef",
        "childLaneSet",
        "partitionElement",
    }
)
