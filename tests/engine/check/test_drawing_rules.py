"""Structure, references and flows: the smallest diagram that breaks a rule, and the nearest that does not."""

A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
TASK = '<task id="t" name="Esempio"/>'
LINE = "{a>t}{t>z}"
AROUND = A + Z + LINE


def event(tag, definition, ident="e", more=""):
    return f'<{tag} id="{ident}" {more}>{definition}</{tag}>'


def sub(inside, attributes="", tag="subProcess"):
    return f'<{tag} id="t" {attributes}>{inside}</{tag}>' + AROUND


SUB_LINE = '<startEvent id="i"/><endEvent id="f"/>{i>f}'
BOUNDARY_OUT = '<endEvent id="z2"/>{e>z2}'
ERROR_BOUNDARY = TASK + event("boundaryEvent", "<errorEventDefinition/>", more='attachedToRef="t"')
GATEWAY = A + '<exclusiveGateway id="g" name="Va bene?"{0}/><task id="t"/><task id="u"/>' + Z
GATEWAY_LINE = "{a>g}{t>z}{u>z}"

STRUCTURE = {
    "not-bpmn": ("invalid", "", "<definitions/>", A + TASK + Z + LINE),
    "unknown-element": ("invalid", "p", "<robotTask id='t'/>" + A + Z + "{a>z}", A + Z + "{a>z}"),
    "misplaced-element": ("invalid", "z", A + '<endEvent id="z"><script/></endEvent>{a>z}', A + Z + "{a>z}"),
    "duplicate-id": ("invalid", "a", A + '<endEvent id="a"/>', A + Z + "{a>z}"),
    "missing-id": ("invalid", "", "<task/>" + A + Z + "{a>z}", TASK + AROUND),
    "documentation-format": (
        "invalid",
        "t",
        '<task id="t"><documentation textFormat="testo">x</documentation></task>' + AROUND,
        '<task id="t"><documentation textFormat="text/html">x</documentation></task>' + AROUND,
    ),
    "attribute-value": (
        "invalid",
        "g",
        GATEWAY.format(' gatewayDirection="Sideways"') + GATEWAY_LINE,
        GATEWAY.format(' gatewayDirection="Mixed"') + GATEWAY_LINE,
    ),
    "no-executable-process": (
        "unsupported",
        "p",
        f'<process id="p" isExecutable="false">{A}{Z}{{a>z}}</process>',
        A + Z + "{a>z}",
    ),
    "executable-not-said": (
        "unsupported",
        "p",
        f'<process id="p">{A}{Z}{{a>z}}</process>',
        f'<process id="p" isExecutable="false">{A}{Z}{{a>z}}</process>',
    ),
    "public-executable": (
        "invalid",
        "p",
        f'<process id="p" isExecutable="true" processType="Public">{A}{Z}{{a>z}}</process>',
        f'<process id="p" isExecutable="true" processType="Private">{A}{Z}{{a>z}}</process>',
    ),
    "element-not-drawn": (
        "advice",
        "z",
        '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"><d:BPMNShape bpmnElement="a"/>'
        f'<d:BPMNEdge bpmnElement="a_z"/></d:BPMNDiagram>---{A}{Z}{{a>z}}',
        A + Z + "{a>z}",
    ),
    "resource-assigned-twice": (
        "invalid",
        "t",
        '<task id="t"><performer><resourceParameterBinding/><resourceAssignmentExpression/></performer></task>'
        + AROUND,
        '<task id="t"><performer><resourceAssignmentExpression/></performer></task>' + AROUND,
    ),
}
REFERENCES = {
    "dangling-reference": ("invalid", "a_q", A + Z + "{a>z}{a>q}", A + Z + "{a>z}"),
    "wrong-reference": (
        "invalid",
        "t",
        '<signal id="s"/>---<receiveTask id="t" messageRef="s"/>' + AROUND,
        '<message id="s"/>---<receiveTask id="t" messageRef="s"/>' + AROUND,
    ),
    "missing-reference": ("invalid", "f", A + Z + '<sequenceFlow id="f" targetRef="z"/>', A + Z + "{a>z}"),
    "called-element-missing": (
        "invalid",
        "t",
        '<callActivity id="t" calledElement="altro"/>' + AROUND,
        '<process id="altro" isExecutable="true"/>'
        '<process id="p" isExecutable="true"><callActivity id="t" calledElement="altro"/></process>',
    ),
    "default-flow-elsewhere": (
        "invalid",
        "t",
        '<task id="t" default="a_t"/>' + AROUND,
        '<task id="t" default="t_z"/>' + AROUND,
    ),
    "wrong-flow-mirror": (
        "invalid",
        "z",
        '<startEvent id="a"><outgoing>a_z</outgoing></startEvent>' + Z + "{a>z}",
        '<startEvent id="a"><outgoing>a_z</outgoing></startEvent>'
        '<endEvent id="z"><incoming>a_z</incoming></endEvent>{a>z}',
    ),
}
FLOWS = {
    "flow-crosses-pool": (
        "invalid",
        "a_z",
        f'<process id="p" isExecutable="true">{A}</process><process id="q" isExecutable="true">{Z}{{a>z}}</process>',
        A + Z + "{a>z}",
    ),
    "flow-crosses-subprocess": ("invalid", "a_f", sub(SUB_LINE) + "{a>f}", sub(SUB_LINE)),
    "flow-filed-elsewhere": ("unsupported", "i_f", sub(SUB_LINE.replace("{i>f}", "")) + "{i>f}", sub(SUB_LINE)),
    "flow-at-event-subprocess": (
        "invalid",
        "t",
        sub(SUB_LINE, 'triggeredByEvent="true"'),
        sub(SUB_LINE, 'triggeredByEvent="false"'),
    ),
    "event-flow-condition": ("invalid", "a_t", A + TASK + Z + "{a>t if x}{t>z}", TASK + AROUND),
    "boundary-on-event-subprocess": (
        "invalid",
        "e",
        sub(SUB_LINE, 'triggeredByEvent="true"') + event("boundaryEvent", "", more='attachedToRef="t"'),
        sub(SUB_LINE) + event("boundaryEvent", "", more='attachedToRef="t"'),
    ),
    "start-event-incoming": ("invalid", "a", TASK + AROUND + "{t>a}", TASK + AROUND),
    "end-event-outgoing": ("invalid", "z", TASK + AROUND + "{z>t}", TASK + AROUND),
    "boundary-event-incoming": (
        "invalid",
        "e",
        ERROR_BOUNDARY + BOUNDARY_OUT + AROUND + "{a>e}",
        ERROR_BOUNDARY + BOUNDARY_OUT + AROUND,
    ),
    "boundary-event-without-outgoing": (
        "invalid",
        "e",
        ERROR_BOUNDARY + AROUND,
        ERROR_BOUNDARY + BOUNDARY_OUT + AROUND,
    ),
    "conditional-flow-alone": (
        "invalid",
        "t_z",
        TASK + A + Z + "{a>t}{t>z if x}",
        TASK + A + Z + '<endEvent id="y"/>{a>t}{t>z if x}{t>y}',
    ),
    "condition-ignored": (
        "unsupported",
        "g_t",
        A + '<parallelGateway id="g"/><task id="t"/><task id="u"/>' + Z + "{a>g}{g>t if x}{g>u}{t>z}{u>z}",
        GATEWAY.format("") + GATEWAY_LINE + "{g>t if x}{g>u if y}",
    ),
    "default-flow-with-condition": (
        "unsupported",
        "g_t",
        GATEWAY.format(' default="g_t"') + GATEWAY_LINE + "{g>t if x}{g>u if y}",
        GATEWAY.format(' default="g_t"') + GATEWAY_LINE + "{g>t}{g>u if y}",
    ),
    "default-flow-ignored": (
        "advice",
        "t",
        '<task id="t" default="t_z"/><endEvent id="y"/>' + AROUND + "{t>y}",
        '<task id="t" default="t_z"/><endEvent id="y"/>' + AROUND + "{t>y if x}",
    ),
    "flow-not-immediate": (
        "invalid",
        "f",
        A + Z + '<sequenceFlow id="f" sourceRef="a" targetRef="z" isImmediate="false"/>',
        A + Z + '<sequenceFlow id="f" sourceRef="a" targetRef="z" isImmediate="true"/>',
    ),
}
CASES = {**STRUCTURE, **REFERENCES, **FLOWS}


def test_a_broken_diagram_is_reported_with_its_element_and_kind(rule, accused):
    kind, element, broken, _ = CASES[rule]

    found = accused(rule, broken)

    assert found == (kind, element)


def test_the_nearest_sound_diagram_is_not_reported(rule, accused):
    _, _, _, sound = CASES[rule]

    found = accused(rule, sound)

    assert found is None
