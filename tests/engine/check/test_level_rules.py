"""Levels, pools, data, lanes and expressions: the smallest diagram that breaks a rule, and the nearest that does not."""

A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
TASK = '<task id="t" name="Esempio"/>'
AROUND = A + Z + "{a>t}{t>z}"
SUB_LINE = '<startEvent id="i"/><endEvent id="f"/>{i>f}'
ITEMS = '<itemDefinition id="testo" structureRef="string"/><itemDefinition id="numero" structureRef="int"/>'
TRANSFORMED = "<transformation>x</transformation>"
TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"


def activity(tag, attributes="", inside=""):
    return f'<{tag} id="t" {attributes}>{inside}</{tag}>{AROUND}'


def event_subprocess(start):
    inside = f'{start}<endEvent id="f"/>{{i>f}}'
    return f'{TASK}{AROUND}<subProcess id="s" triggeredByEvent="true">{inside}</subProcess>'


def pools(flow):
    return (
        '<collaboration id="c"><participant id="p1" processRef="p"><participantMultiplicity maximum="2"/></participant>'
        f'<participant id="p2"/><messageFlow id="m" {flow}/></collaboration>---{TASK}{AROUND}'
    )


def multiplicity(numbers):
    pool = f'<participant id="p1" processRef="p"><participantMultiplicity {numbers}/></participant>'
    return f'<collaboration id="c">{pool}</collaboration>---{TASK}{AROUND}'


def specified(inputs, *, listed=True, more="", tag="task", attributes=""):
    refs = "<inputSet><dataInputRefs>d</dataInputRefs></inputSet>" if listed else "<inputSet/>"
    data = f'<ioSpecification><dataInput id="d" {inputs}/>{refs}<outputSet/></ioSpecification>{more}'
    shared = '<message id="m" itemRef="testo"/><dataStore id="ds"/>'
    own = '<dataObject id="o" itemSubjectRef="numero"/><dataObject id="o2"/>'
    return f"{ITEMS}{shared}---{own}{activity(tag, attributes, data)}"


def associated(*sources, more=""):
    refs = "".join(f"<sourceRef>{source}</sourceRef>" for source in sources)
    return f'<dataInputAssociation id="x">{refs}<targetRef>d</targetRef>{more}</dataInputAssociation>'


def sent_with_data(item):
    data = f'<dataInput id="d" itemSubjectRef="{item}"/><inputSet><dataInputRefs>d</dataInputRefs></inputSet>'
    sent = activity("intermediateThrowEvent", inside=f'{data}<messageEventDefinition messageRef="m"/>')
    return f'{ITEMS}<message id="m" itemRef="testo"/>---{sent}'


def laned(lanes, task=""):
    return f'<laneSet id="ls">{lanes}</laneSet><userTask id="t" name="Esempio" {task}/>{AROUND}'


def lane(*nodes, name="Referente", ident="l"):
    refs = "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes)
    return f'<lane id="{ident}" name="{name}">{refs}</lane>'


def turning(tag):
    gateways = '<exclusiveGateway id="g1"/><exclusiveGateway id="g2" name="Ancora?" default="g2_z"/>'
    return f'{A}{gateways}<{tag} id="t" name="Esempio"/>{Z}{{a>g1}}{{g1>t}}{{t>g2}}{{g2>z}}{{g2>g1 if ancora}}'


def chosen(condition, attributes='language="feel"'):
    flow = f'<sequenceFlow id="f" sourceRef="t" targetRef="z"><conditionExpression {attributes}>{condition}'
    return f'{A}{TASK}{Z}<endEvent id="y"/>{{a>t}}{{t>y}}{flow}</conditionExpression></sequenceFlow>'


def computed(attributes):
    return activity("scriptTask", f'scriptFormat="feel" {attributes}', "<script>1 + 1</script>")


LEVELS = {
    "end-event-missing": ("invalid", "p", A + TASK + "{a>t}", TASK + AROUND),
    "start-event-missing": ("invalid", "p", TASK + Z + "{t>z}", TASK + AROUND),
    "no-start-event": ("advice", "p", TASK, TASK + AROUND),
    "nothing-inside": ("unsupported", "t", activity("subProcess"), activity("subProcess", inside=SUB_LINE)),
    "event-subprocess-start": (
        "invalid",
        "s",
        event_subprocess(""),
        event_subprocess(f'<startEvent id="i">{TIMER}</startEvent>'),
    ),
    "several-blank-starts": (
        "unsupported",
        "b",
        TASK + AROUND + '<startEvent id="b"/>{b>t}',
        f'{TASK}{AROUND}<startEvent id="b">{TIMER}</startEvent>{{b>t}}',
    ),
    "node-without-incoming": ("invalid", "t", A + TASK + Z + "{a>z}{t>z}", TASK + AROUND),
    "node-without-outgoing": ("invalid", "t", A + TASK + Z + "{a>z}{a>t}", TASK + AROUND),
    "unreachable-node": (
        "invalid",
        "t",
        A + TASK + '<task id="u"/>' + Z + "{a>z}{t>u}{u>t}",
        TASK + AROUND,
    ),
    "loop-without-wait": ("advice", "g1", turning("task"), turning("userTask")),
    "choreography": ("unsupported", "", '<choreography id="c"/>---' + TASK + AROUND, TASK + AROUND),
}
POOLS = {
    "participant-multiplicity": (
        "invalid",
        "p1",
        multiplicity('minimum="3" maximum="2"'),
        multiplicity('minimum="0" maximum="1"'),
    ),
    "message-flow-in-one-pool": (
        "invalid",
        "m",
        pools('sourceRef="t" targetRef="p1"'),
        pools('sourceRef="t" targetRef="p2"'),
    ),
    "message-flow-from-start": (
        "invalid",
        "m",
        pools('sourceRef="a" targetRef="p2"'),
        pools('sourceRef="p2" targetRef="a"'),
    ),
    "message-flow-to-end": (
        "invalid",
        "m",
        pools('sourceRef="p2" targetRef="z"'),
        pools('sourceRef="z" targetRef="p2"'),
    ),
}
DATA = {
    "collection-mismatch": (
        "invalid",
        "t",
        specified('isCollection="true" itemSubjectRef="testo"'),
        specified('isCollection="false" itemSubjectRef="testo"'),
    ),
    "data-outside-sets": ("invalid", "t", specified("", listed=False), specified("")),
    "data-association-mismatch": (
        "invalid",
        "t",
        specified('itemSubjectRef="testo"', more=associated("o")),
        specified('itemSubjectRef="numero"', more=associated("o")),
    ),
    "several-data-sources": (
        "invalid",
        "t",
        specified("", more=associated("o", "o2")),
        specified("", more=associated("o", "o2", more=TRANSFORMED)),
    ),
    "data-sets-missing": (
        "invalid",
        "t",
        specified("").replace("<outputSet/>", ""),
        specified(""),
    ),
    "data-set-subset": (
        "invalid",
        "t",
        specified("").replace("</inputSet>", "<optionalInputRefs>altro</optionalInputRefs></inputSet>"),
        specified("").replace("</inputSet>", "<optionalInputRefs>d</optionalInputRefs></inputSet>"),
    ),
    "data-reference-with-type": (
        "invalid",
        "r",
        specified("") + '<dataObjectReference id="r" dataObjectRef="o" itemSubjectRef="testo"/>',
        specified("") + '<dataObjectReference id="r" dataObjectRef="o"/>',
    ),
    "data-association-direction": (
        "invalid",
        "t",
        specified("", more=associated("o2")).replace("<targetRef>d<", "<targetRef>o<"),
        specified("", more=associated("o2")),
    ),
    "event-data-missing": ("invalid", "t", sent_with_data("numero"), sent_with_data("testo")),
    "operation-data-mismatch": (
        "invalid",
        "t",
        specified('itemSubjectRef="numero"', tag="sendTask", attributes='messageRef="m"'),
        specified('itemSubjectRef="testo"', tag="sendTask", attributes='messageRef="m"'),
    ),
    "called-data-mismatch": (
        "invalid",
        "t",
        specified("", tag="callActivity", attributes='calledElement="p"'),
        activity("callActivity", 'calledElement="p"'),
    ),
    "data-flow-ignored": ("unsupported", "t", specified("", more=associated("o2")), specified("")),
    "data-store": ("unsupported", "ds", TASK + AROUND + '<dataStoreReference id="ds"/>', TASK + AROUND),
}
LANES = {
    "node-in-several-lanes": (
        "invalid",
        "t",
        laned(lane("a", "t") + lane("t", "z", ident="m")),
        laned(lane("a", "t") + lane("z", ident="m")),
    ),
    "task-in-no-lane": (
        "unsupported",
        "t",
        laned(lane("a", "z")),
        laned(lane("a", "z"), 'camunda:candidateGroups="Analista"'),
    ),
    "node-in-no-lane": ("advice", "z", laned(lane("a", "t")), laned(lane("a", "t", "z"))),
}
EXPRESSIONS = {
    "juel-expression": ("unsupported", "f", chosen("${eta &gt; 18}"), chosen("eta &gt; 18")),
    "expression-empty": ("invalid", "f", chosen(" "), chosen("vero")),
    "expression-language": ("unsupported", "f", chosen("eta &gt; 18", ""), chosen("eta &gt; 18")),
    "feel-syntax": ("invalid", "f", chosen("eta &gt;"), chosen("eta &gt; 18")),
    "result-variable-missing": ("unsupported", "t", computed(""), computed('camunda:resultVariable="x"')),
    "unknown-extension": (
        "advice",
        "t",
        activity(
            "task",
            inside='<extensionElements><z:taskHeaders xmlns:z="http://camunda.org/schema/zeebe/1.0"/></extensionElements>',
        ),
        TASK + AROUND,
    ),
    "rule-task-without-decision": (
        "unsupported",
        "t",
        activity("businessRuleTask"),
        activity("businessRuleTask", 'camunda:topic="calcola"'),
    ),
    "unknown-decision": (
        "unsupported",
        "t",
        activity("businessRuleTask", 'camunda:decisionRef="triage"'),
        activity("businessRuleTask", 'camunda:topic="calcola"'),
    ),
}
DECISIONS = {
    "decision-not-fixed": (
        "unsupported",
        "t",
        activity("businessRuleTask", 'camunda:decisionRef="=nome"'),
        activity("businessRuleTask", 'camunda:decisionRef="nome" camunda:mapDecisionResult="singleEntry"'),
    ),
}
CASES = {**DECISIONS, **LEVELS, **POOLS, **DATA, **LANES, **EXPRESSIONS}


def test_a_broken_diagram_is_reported_with_its_element_and_kind(rule, accused):
    kind, element, broken, _ = CASES[rule]

    found = accused(rule, broken)

    assert found == (kind, element)


def test_the_nearest_sound_diagram_is_not_reported(rule, accused):
    _, _, _, sound = CASES[rule]

    found = accused(rule, sound)

    assert found is None
