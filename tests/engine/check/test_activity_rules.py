"""Activities, loops and calls: the smallest diagram that breaks a rule, and the nearest one that does not."""

A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
AROUND = A + Z + "{a>t}{t>z}"
MI = "multiInstanceLoopCharacteristics"
SUB_LINE = '<startEvent id="i"/><endEvent id="f"/>{i>f}'


def activity(tag, attributes="", inside=""):
    return f'<{tag} id="t" {attributes}>{inside}</{tag}>{AROUND}'


def looped(attributes="", inside=""):
    return activity("task", inside=f"<{MI} {attributes}>{inside}</{MI}>")


def standard(attributes):
    return activity("task", inside=f"<standardLoopCharacteristics {attributes}/>")


def beside(executable, body):
    other = f'<process id="q" isExecutable="{executable}"><startEvent id="qa"/><endEvent id="qz"/>{{qa>qz}}</process>'
    return f'{other}<process id="p" isExecutable="true">{body}</process>'


def passing(attributes):
    extension = f"<extensionElements><camunda:in {attributes}/></extensionElements>"
    return activity("callActivity", 'calledElement="p"', extension)


def bordered(tag):
    timed = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
    border = f'<boundaryEvent id="e" attachedToRef="t">{timed}</boundaryEvent><endEvent id="z2"/>{{e>z2}}'
    return activity(tag) + border


CASES = {
    "task-without-type": ("advice", "t", activity("manualTask"), activity("userTask")),
    "boundary-never-reached": ("advice", "e", bordered("scriptTask"), bordered("userTask")),
    "attribute-ignored": (
        "advice",
        "t",
        activity("userTask", 'camunda:candidateGroup="Analista"'),
        activity("userTask", 'camunda:candidateGroups="Analista"'),
    ),
    "two-loop-markers": (
        "invalid",
        "t",
        activity("task", inside=f"<standardLoopCharacteristics/><{MI} camunda:collection='x'/>"),
        activity("task", inside="<standardLoopCharacteristics/>"),
    ),
    "multi-instance-without-count": ("invalid", "t", looped(), looped('camunda:collection="nomi"')),
    "multi-instance-behaviour-incomplete": (
        "invalid",
        "t",
        looped('camunda:collection="nomi" behavior="One"'),
        looped('camunda:collection="nomi" behavior="All"'),
    ),
    "quantity-below-one": (
        "invalid",
        "t",
        activity("task", 'startQuantity="0"'),
        activity("task", 'startQuantity="1"'),
    ),
    "receive-quantity": (
        "unsupported",
        "t",
        activity("receiveTask", 'startQuantity="2"'),
        activity("task", 'startQuantity="2"'),
    ),
    "multi-instance-behaviour": (
        "unsupported",
        "t",
        looped('camunda:collection="nomi" behavior="None"'),
        looped('camunda:collection="nomi"'),
    ),
    "loop-without-end": ("unsupported", "t", standard(""), standard('loopMaximum="3"')),
    "loop-maximum": ("invalid", "t", standard('loopMaximum="tre"'), standard('loopMaximum="3"')),
    "extension-not-run": (
        "unsupported",
        "t",
        activity("task", inside="<extensionElements><camunda:inputOutput/></extensionElements>"),
        activity("task", inside="<extensionElements><camunda:properties/></extensionElements>"),
    ),
    "service-type": (
        "unsupported",
        "t",
        activity("sendTask", 'camunda:type="mail"'),
        activity("sendTask", 'camunda:type="external" camunda:topic="avvisa"'),
    ),
    "priority-not-a-number": (
        "invalid",
        "t",
        activity("userTask", 'camunda:priority="alta"'),
        activity("userTask", 'camunda:priority="=urgenza"'),
    ),
    "called-process-not-ready": (
        "unsupported",
        "t",
        beside("false", activity("callActivity", 'calledElement="q"')),
        beside("true", activity("callActivity", 'calledElement="q"')),
    ),
    "call-mapping": ("unsupported", "t", passing('source="nome"'), passing('variables="all"')),
    "script-without-format": (
        "invalid",
        "t",
        activity("scriptTask", inside="<script>1</script>"),
        activity("scriptTask", 'scriptFormat="feel"', "<script>1</script>"),
    ),
    "script-language": (
        "unsupported",
        "t",
        activity("scriptTask", 'scriptFormat="python"', "<script>1</script>"),
        activity("scriptTask", 'scriptFormat="feel"', "<script>1</script>"),
    ),
    "script-missing": (
        "unsupported",
        "t",
        activity("scriptTask", 'scriptFormat="feel"'),
        activity("scriptTask", 'scriptFormat="feel"', "<script>1</script>"),
    ),
    "service-without-topic": (
        "unsupported",
        "t",
        activity("serviceTask"),
        activity("serviceTask", 'camunda:type="external" camunda:topic="avvisa"'),
    ),
    "java-implementation": (
        "unsupported",
        "t",
        activity("serviceTask", 'camunda:class="it.Esempio"'),
        activity("serviceTask", 'camunda:topic="avvisa"'),
    ),
    "receive-task-after-start": (
        "invalid",
        "t",
        activity("receiveTask", 'instantiate="true"'),
        activity("receiveTask", 'instantiate="false"'),
    ),
    "receive-task-starts-process": (
        "unsupported",
        "t",
        '<receiveTask id="t" instantiate="true"/>' + Z + "{t>z}",
        activity("receiveTask"),
    ),
    "message-task-without-message": (
        "unsupported",
        "t",
        activity("receiveTask"),
        '<message id="m"/>---' + activity("receiveTask", 'messageRef="m"'),
    ),
    "empty-ad-hoc": ("invalid", "t", activity("adHocSubProcess"), activity("adHocSubProcess", inside='<task id="u"/>')),
    "ad-hoc-with-start-or-end": (
        "invalid",
        "f",
        activity("adHocSubProcess", inside=SUB_LINE),
        activity("subProcess", inside=SUB_LINE),
    ),
    "ad-hoc": ("unsupported", "t", activity("adHocSubProcess"), activity("subProcess", inside=SUB_LINE)),
    "compensation-activity-with-flows": (
        "invalid",
        "t",
        activity("task", 'isForCompensation="true"'),
        '<task id="u" isForCompensation="true"/>' + A + Z + "{a>z}",
    ),
    "global-task-called": (
        "unsupported",
        "t",
        '<globalTask id="g"/>---' + activity("callActivity", 'calledElement="g"'),
        activity("callActivity", 'calledElement="p"'),
    ),
    "user-task-without-name": ("advice", "t", activity("userTask"), activity("userTask", 'name="Esempio"')),
}


def test_a_broken_diagram_is_reported_with_its_element_and_kind(rule, accused):
    kind, element, broken, _ = CASES[rule]

    found = accused(rule, broken)

    assert found == (kind, element)


def test_the_nearest_sound_diagram_is_not_reported(rule, accused):
    _, _, _, sound = CASES[rule]

    found = accused(rule, sound)

    assert found is None
