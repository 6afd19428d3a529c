"""Whatever is evaluated is read when it is deployed: what is not FEEL stops the deployment, in its place."""

import pytest


def filled(body, inside):
    return body.replace("{}", inside)


A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
AROUND = A + Z + "{a>t}{t>z}"
USER = '\n<userTask id="t" name="T" {}/>' + AROUND
EVENT = '<intermediateCatchEvent id="t">\n{}</intermediateCatchEvent>' + AROUND
MANY = '<task id="t">\n<multiInstanceLoopCharacteristics {}</multiInstanceLoopCharacteristics></task>' + AROUND
EXTENDED = "<extensionElements>\n<camunda:properties>\n{}</camunda:properties></extensionElements>"
PROPERTY = filled(EXTENDED, '<camunda:property name="pratica.titolo" value="=("/>')
MESSAGE = '<message id="m" name="M"/>---'
KEY = filled(EXTENDED, '<camunda:property name="chiave" value="=("/>')
CALLED = (
    '<process id="q" isExecutable="true"><startEvent id="qa"/><endEvent id="qz"/>'
    '<sequenceFlow id="qf" sourceRef="qa" targetRef="qz"/></process>'
)
CALL = (
    CALLED
    + '<process id="p" isExecutable="true"><callActivity id="t" calledElement="q"><extensionElements>\n{}'
    + "</extensionElements></callActivity>"
    + AROUND
    + "</process>"
)
BORDER = '<task id="t"/><boundaryEvent id="b" attachedToRef="t">\n{}</boundaryEvent><endEvent id="y"/>{b>y}' + AROUND
KINDS = {
    "condition of a flow": (
        A + '<exclusiveGateway id="t" default="t_y"/>' + Z + '<endEvent id="y"/>{a>t}{t>y}'
        '<sequenceFlow id="f" sourceRef="t" targetRef="z">\n<conditionExpression language="feel">\n  (</conditionExpression>'
        "</sequenceFlow>", 3, 4, "f",
    ),
    "condition of an event": (
        filled(EVENT, '<conditionalEventDefinition><condition language="feel">(</condition></conditionalEventDefinition>'),
        2, 2, "t",
    ),
    "condition of a boundary event": (
        filled(BORDER, '<conditionalEventDefinition><condition language="feel">(</condition></conditionalEventDefinition>'),
        2, 2, "b",
    ),
    **{
        kind: (
            filled(EVENT, f"<timerEventDefinition><{kind}>=(</{kind}></timerEventDefinition>"), 2, 3, "t",
        ) for kind in ("timeDate", "timeDuration")
    },
    "timeCycle": (
        filled(BORDER.replace("attached", 'cancelActivity="false" attached'),
            "<timerEventDefinition><timeCycle>=(</timeCycle></timerEventDefinition>"), 2, 3, "b",
    ),
    **{
        name: (filled(USER, f'camunda:{name}="=("'), 2, 3, "t")
        for name in ("assignee", "candidateGroups", "candidateUsers", "dueDate", "followUpDate", "priority")
    },
    "topic": ('\n<serviceTask id="t" camunda:type="external" camunda:topic="=("/>' + AROUND, 2, 3, "t"),
    "collection with a sign": (filled(MANY, 'camunda:collection=" =(">'), 2, 4, "t"),
    "collection without a sign": (filled(MANY, 'camunda:collection="(">'), 2, 2, "t"),
    "BPMN's own collection": (filled(MANY, "><loopDataInputRef>(</loopDataInputRef>"), 2, 2, "t"),
    "cardinality": (filled(MANY, '><loopCardinality language="feel">(</loopCardinality>'), 2, 2, "t"),
    "end of a repetition": (
        filled(MANY, 'camunda:collection="x"><completionCondition language="feel">(</completionCondition>'), 2, 2, "t",
    ),
    "loop": (
        '<task id="t"><standardLoopCharacteristics loopMaximum="3">\n<loopCondition language="feel">(</loopCondition>'
        "</standardLoopCharacteristics></task>" + AROUND, 2, 2, "t",
    ),
    "script": (
        '<scriptTask id="t" scriptFormat="feel" camunda:resultVariable="x">\n<script><![CDATA[1 <\n (]]></script>'
        "</scriptTask>" + AROUND, 3, 3, "t",
    ),
    "property of a process": (PROPERTY + A + Z + "{a>z}", 3, 3, "p"),
    "property of a task": (f'<task id="t">{PROPERTY}</task>{AROUND}', 3, 3, "t"),
    "key of a message": (
        MESSAGE + f'<receiveTask id="t" messageRef="m">{KEY}</receiveTask>{AROUND}', 3, 3, "t",
    ),
    "what a call hands over": (filled(CALL, '<camunda:in source="(" target="y"/>'), 2, 2, "t"),
    "what a call hands over, worked out": (filled(CALL, '<camunda:in sourceExpression="=(" target="y"/>'), 2, 3, "t"),
    "what a call gives back": (filled(CALL, '<camunda:out sourceExpression="(" target="y"/>'), 2, 2, "t"),
    "entities and a line's end in an attribute": (
        filled(USER, '\ncamunda:dueDate="=&quot;&lt;&amp;&quot; +&#10;  ("'), 2, 4, "t",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "line", "column", "element"), KINDS.values(), ids=KINDS.keys())
def test_an_expression_of_a_diagram_that_is_not_feel_is_refused_in_its_place(problems, body, line, column, element):
    found = [each for each in problems(body) if each.rule == "feel-syntax"]

    assert [(each.line, each.column, each.element, each.stops) for each in found] == [(line, column, element, True)]
    assert f"colonna {column}:" in found[0].message


@pytest.mark.parametrize("name", ["inputParameter", "outputParameter"])
def test_parameters_of_a_task_are_refused_since_nothing_evaluates_them(problems, name):
    inside = f'<camunda:inputOutput><camunda:{name} name="x">=1</camunda:{name}></camunda:inputOutput>'
    body = f'<userTask id="t" name="T"><extensionElements>{inside}</extensionElements></userTask>{AROUND}'

    assert any(each.stops for each in problems(body))


TABLE = {
    "input expression": "<input><inputExpression><text>%s</text></inputExpression></input><output name='x'/>",
    "allowed inputs": "<input><inputExpression><text>1</text></inputExpression><inputValues><text>%s</text></inputValues>"
    "</input><output name='x'/>",
    "listed outputs": "<output name='x'><outputValues><text>%s</text></outputValues></output>",
    "default output": "<output name='x'><defaultOutputEntry><text>%s</text></defaultOutputEntry></output>",
    "input entry": "<input><inputExpression><text>1</text></inputExpression></input><output name='x'/><rule><inputEntry>"
    "<text>%s</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>",
    "output entry": "<output name='x'/><rule><outputEntry><text>%s</text></outputEntry></rule>",
}
LITERAL = "<literalExpression><text>%s</text></literalExpression>"
BOXED = {name: f"<decisionTable>{part}</decisionTable>" for name, part in TABLE.items()} | {
    "literal": LITERAL,
    "context": f"<context><contextEntry><variable name='a'/>{LITERAL}</contextEntry></context>",
    "list": f"<list>{LITERAL}</list>",
    "relation": f"<relation><column name='a'/><row>{LITERAL}</row></relation>",
    "function": f"<functionDefinition>{LITERAL}</functionDefinition>",
    "invocation": f"<invocation><literalExpression><text>f</text></literalExpression><binding><parameter name='a'/>"
    f"{LITERAL}</binding></invocation>",
    "conditional": f"<conditional><if>{LITERAL}</if><then/><else/></conditional>",
    "filter": f"<filter><in/><match>{LITERAL}</match></filter>",
    "for": f"<for iteratorVariable='n'><in/><return>{LITERAL}</return></for>",
    "some": f"<some iteratorVariable='n'><in/><satisfies>{LITERAL}</satisfies></some>",
    "every": f"<every iteratorVariable='n'><in/><satisfies>{LITERAL}</satisfies></every>",
}


@pytest.mark.parametrize("boxed", BOXED.values(), ids=BOXED.keys())
def test_an_expression_of_a_table_that_is_not_feel_is_refused_in_its_place(deployed, boxed):
    head = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">'
    table = f'{head}<decision id="d" name="D">{boxed}</decision></definitions>'.replace("<text>%s", "\n<text>\n 1 + )")

    (found,) = [each for each in deployed(files={"d.dmn": table.encode()}) if each.stops]

    assert (found.rule, found.element) == ("decision-faulty", "d")
    assert (found.line, found.column) == (3, 6)
    assert ("colonna 6:" in found.message) == ("<rule>" not in boxed)


def test_words_in_an_annotation_are_no_expression(deployed):
    table = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">'
        '<decision id="d" name="D"><decisionTable><output name="x"/><annotation name="perché"/><rule><outputEntry><text>1'
        "</text></outputEntry><annotationEntry><text>1 + = libero</text></annotationEntry></rule></decisionTable></decision>"
        "</definitions>"
    )

    assert deployed(files={"d.dmn": table.encode()}) == []


FIELD = {"id": "c", "type": "textfield", "key": "c", "label": "C"}
FORMS = {
    "condition": ({**FIELD, "conditional": {"hide": "=("}}, "hide", 3),
    "read-only": ({**FIELD, "readonly": "=("}, "readonly", 3),
    "options": ({**FIELD, "type": "select", "valuesExpression": "=("}, "valuesExpression", 3),
    "limit": ({**FIELD, "type": "number", "validate": {"max": "=("}}, "max", 3),
    "length": ({**FIELD, "validate": {"minLength": "=("}}, "minLength", 3),
    "first value": ({**FIELD, "properties": {"valore-iniziale": "=("}}, "valore-iniziale", 3),
    "adorner": ({**FIELD, "appearance": {"suffixAdorner": "=("}}, "suffixAdorner", 3),
    "label": ({**FIELD, "label": "Ciao {{(}}"}, "label", 9),
    "description": ({**FIELD, "description": "a\nb {{ ( }}"}, "description", 8),
    "text": ({"id": "c", "type": "text", "text": "{{1}} {{(}}"}, "text", 10),
    "first rows": (
        {"id": "c", "type": "dynamiclist", "path": "l", "label": "L", "properties": {"righe-iniziali": "=("}},
        "righe-iniziali",
        3,
    ),
}


@pytest.mark.parametrize(("component", "attribute", "column"), FORMS.values(), ids=FORMS.keys())
def test_an_expression_of_a_form_that_is_not_feel_is_refused_in_its_place(
    deployed, asked, component, attribute, column
):
    (found,) = deployed(more=[component])

    assert (found.rule, found.stops, found.element, found.column) == ("form-feel", True, "c", column)
    assert f'"{attribute}":' in asked(component).decode().splitlines()[found.line - 1]
    assert f"colonna {column}:" in found.message
