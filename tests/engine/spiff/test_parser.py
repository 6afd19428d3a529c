"""What a diagram is read as, and what is refused instead of misbehaving."""

import pytest

from engine.errors import InvalidDiagram
from engine.spiff.process import parse
from tests.engine.diagrams import end, flow, gateway, path, process, start, user
from tests.engine.spiff.given import (
    OUTSIDE,
    Case,
    boundary,
    condition,
    diagram,
    error,
    event,
    message,
    signal,
    subprocess,
    timing,
)


def test_a_model_tells_of_its_elements_as_they_were_drawn():
    task = (
        '<bpmn:userTask id="a" name="Analizza" camunda:formRef="scheda"><bpmn:documentation>Leggi bene.'
        '</bpmn:documentation><bpmn:extensionElements><camunda:properties><camunda:property name="stato" '
        'value="in_analisi" /></camunda:properties></bpmn:extensionElements></bpmn:userTask>'
    )
    begin = '<bpmn:startEvent id="start" camunda:formKey="richiesta" />'
    model = diagram(begin, subprocess("sub", start("s"), task, path("s", "a")), path("start", "sub"))

    found = model.elements["a"]

    assert (model.key, model.name, model.starts[0].element.form_key) == ("p", "Prova p", "richiesta")
    assert (found.name, found.type, found.form_key, found.parent) == ("Analizza", "userTask", "scheda", "sub")
    assert (found.documentation, found.properties) == ("Leggi bene.", {"stato": "in_analisi"})
    assert {flow.id: (flow.source, flow.target) for flow in model.flows.values()} == {
        "s_a": ("s", "a"),
        "start_sub": ("start", "sub"),
    }


def test_a_process_that_is_in_no_file_is_refused():
    with pytest.raises(InvalidDiagram, match="«q»"):
        parse("q", {"p.bpmn": process("p", start(), end(), path("start", "end"))})


def service(attributes):
    return f'<bpmn:serviceTask id="a" {attributes} />'


def extended(inner):
    return f'<bpmn:userTask id="a"><bpmn:extensionElements>{inner}</bpmn:extensionElements></bpmn:userTask>'


def scripted(form, text):
    return f'<bpmn:scriptTask id="a" scriptFormat="{form}"><bpmn:script>{text}</bpmn:script></bpmn:scriptTask>'


def multiple(inner, attributes=""):
    return (
        f'<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics {attributes}>{inner}'
        "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"
    )


def catching(definition):
    return event("intermediateCatchEvent", "a", definition)


REFUSED = {
    "a service task without a topic": (service(""), "no-topic"),
    "a Java class": (service('camunda:class="org.example.Work"'), "unsupported-extension"),
    "another type of work": (service('camunda:type="mail" camunda:topic="x"'), "unsupported-type"),
    "an input mapping": (extended("<camunda:inputOutput />"), "unsupported-extension"),
    "a listener": (extended("<camunda:taskListener />"), "unsupported-extension"),
    "a generated form": (extended("<camunda:formData />"), "unsupported-extension"),
    "a JUEL expression": ('<bpmn:userTask id="a" camunda:assignee="${who}" />', "foreign-expression"),
    "a priority in words": ('<bpmn:userTask id="a" camunda:priority="high" />', "bad-priority"),
    "a due date in words": ('<bpmn:userTask id="a" camunda:dueDate="domani" />', "bad-due-date"),
    "a script in another language": (scripted("groovy", "1"), "foreign-script"),
    "an empty script": (scripted("feel", ""), "foreign-script"),
    "an unknown element": ('<bpmn:complexGateway id="a" />', "unsupported-element"),
    "an ad hoc subprocess": ('<bpmn:adHocSubProcess id="a" />', "unsupported-element"),
    "compensation": ('<bpmn:task id="a" isForCompensation="true" />', "compensation"),
    "a compensation event": (catching("<bpmn:compensateEventDefinition />"), "unsupported-event"),
    "a duration in words": (catching(timing("timeDuration", "tre giorni")), "bad-timer"),
    "a cron expression": (catching(timing("timeCycle", "0 0 * * *")), "bad-timer"),
    "an empty timer": (catching("<bpmn:timerEventDefinition />"), "empty-timer"),
    "a missing message": (catching(message("nowhere")), "missing-reference"),
    "a missing signal": (catching(signal("nowhere")), "missing-reference"),
    "an empty condition": (catching(condition("")), "empty-condition"),
    "an event that waits for nothing": ('<bpmn:intermediateCatchEvent id="a" />', "no-event"),
    "an error that is waited for": (catching(error("E")), "misplaced-event"),
    "a receive task without a message": ('<bpmn:receiveTask id="a" />', "missing-reference"),
    "a rule task without a decision": ('<bpmn:businessRuleTask id="a" />', "no-topic"),
    "an unknown reading of a decision": (
        '<bpmn:businessRuleTask id="a" camunda:decisionRef="t" camunda:mapDecisionResult="first" />', "bad-decision"),
    "instances of nothing": (multiple(""), "no-collection"),
    "instances that throw": (multiple("<bpmn:loopCardinality>2</bpmn:loopCardinality>", 'behavior="One"'),
                             "unsupported-behavior"),
    "a loop without an end": ('<bpmn:task id="a"><bpmn:standardLoopCharacteristics /></bpmn:task>', "bad-loop"),
    "a flood of tokens": ('<bpmn:task id="a" completionQuantity="1000000000" />', "bad-quantity"),
    "no tokens to begin": ('<bpmn:task id="a" startQuantity="0" />', "bad-quantity"),
    "an unknown called process": ('<bpmn:callActivity id="a" calledElement="zzz" />', "unknown-process"),
    "a subprocess that starts by a message": (
        subprocess("a", event("startEvent", "s", message("M")), end("e"), path("s", "e")), "misplaced-event"),
    "an event gateway before a task": (gateway("eventBased", "a") + user("t") + path("a", "t"), "bad-event-gateway"),
    "a link to nowhere": (event("intermediateThrowEvent", "a", '<bpmn:linkEventDefinition name="L" />'), "missing-link"),
    "a flow out of its subprocess": (
        subprocess("a", start("s"), user("t"), path("s", "t")) + user("u") + path("t", "u"), "missing-target"),
    "a boundary event on a gateway": (
        gateway("exclusive", "a") + boundary("b", "a", timing("timeDuration", "P1D")), "unattached"),
    "a boundary event on nothing": (user("a") + boundary("b", "zzz", timing("timeDuration", "P1D")), "unattached"),
    "a non-interrupting error": (user("a") + boundary("b", "a", error("E"), interrupting=False), "non-interrupting-error"),
    "a cancel event outside a transaction": (event("endEvent", "a", "<bpmn:cancelEventDefinition />"), "uncaught-cancel"),
    "a way without a condition": (
        gateway("exclusive", "a") + user("x") + user("y") + path("a", "x") + path("a", "y"), "no-condition"),
    "two of a name": (user("a") + user("a"), "bad-id"),
    "two of a name in different scopes": (subprocess("a", start("s"), user("a"), path("s", "a")), "bad-id"),
    "a flow without a name": (user("a") + '<bpmn:sequenceFlow sourceRef="a" targetRef="a" />', "bad-id"),
    "a process that begins when a condition holds": (
        user("a") + event("startEvent", "b", condition("n = 1")), "misplaced-event"),
    "a process that begins by two events at once": (
        user("a") + event("startEvent", "b", message("M") + message("N"), 'parallelMultiple="true"'), "misplaced-event"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_would_not_run_as_its_author_meant_is_refused(parts, rule):
    with pytest.raises(InvalidDiagram) as refusal:
        diagram(start(), parts, path("start", "a"), outside=OUTSIDE)

    (problem,) = refusal.value.problems
    assert (problem.rule, problem.file) == (rule, "p.bpmn")
    assert problem.line > 1


def test_a_process_without_a_start_is_refused():
    with pytest.raises(InvalidDiagram, match="evento di inizio"):
        diagram(gateway("exclusive", "x"), user("a"), path("x", "a"), path("a", "x"))


def test_a_process_marked_as_not_executable_is_refused():
    source = process("p", start(), end(), path("start", "end")).replace(b'isExecutable="true"', b'isExecutable="false"')

    with pytest.raises(InvalidDiagram, match="non eseguibile"):
        parse("p", {"p.bpmn": source})


def test_an_expression_may_begin_with_an_equals_sign_as_in_the_modeler():
    model = diagram(
        start(), gateway("exclusive", "x"), user("a"), user("b"), path("start", "x"), flow("x", "a", "=n = 1"),
        flow("x", "b", "= n = 2"),
    )  # fmt: skip

    assert Case(model, {"n": 2}).open == "b"
