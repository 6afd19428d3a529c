"""Events, timers and activities: the smallest diagram that breaks a rule, and the nearest one that does not."""

A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
AROUND = A + Z + "{a>t}{t>z}"
MI = "multiInstanceLoopCharacteristics"
SUB_LINE = '<startEvent id="i"/><endEvent id="f"/>{i>f}'


def event(tag, definition, ident="t", more=""):
    return f'<{tag} id="{ident}" {more}>{definition}</{tag}>'


def catching(definition):
    return event("intermediateCatchEvent", definition) + AROUND


def throwing(definition):
    return event("intermediateThrowEvent", definition) + AROUND


def ending(definition, more=""):
    return f'{A}<endEvent id="z" {more}>{definition}</endEvent>{{a>z}}'


def on_border(definition, more="", tag="task"):
    border = event("boundaryEvent", definition, "e", f'attachedToRef="t" {more}')
    return f'<{tag} id="t"/>{border}<endEvent id="z2"/>{{e>z2}}{AROUND}'


def timed(value):
    return catching(f"<timerEventDefinition>{value}</timerEventDefinition>")


def activity(tag, attributes="", inside=""):
    return f'<{tag} id="t" {attributes}>{inside}</{tag}>{AROUND}'


def looped(attributes="", inside=""):
    return activity("task", inside=f"<{MI} {attributes}>{inside}</{MI}>")


def links(*names):
    throws = event("intermediateThrowEvent", f'<linkEventDefinition name="{names[0]}"/>', "l1")
    catches = "".join(
        event("intermediateCatchEvent", f'<linkEventDefinition name="{name}"/>', f"l{at}") + f"{{l{at}>z}}"
        for at, name in enumerate(names[1:], 2)
    )
    return A + throws + catches + Z + "{a>l1}"


ESCALATION = '<escalation id="s" escalationCode="E1"/>---'
ERROR = '<error id="s" errorCode="E1"/>---'
THROWN = '<escalationEventDefinition escalationRef="s"/>'

EVENTS = {
    "trigger-not-allowed": ("invalid", "z", ending("<timerEventDefinition/>"), ending("<terminateEventDefinition/>")),
    "trigger-missing": ("invalid", "t", catching(""), throwing("")),
    "cancel-outside-transaction": (
        "invalid",
        "e",
        on_border("<cancelEventDefinition/>"),
        on_border("<cancelEventDefinition/>", tag="transaction"),
    ),
    "event-must-interrupt": (
        "invalid",
        "e",
        on_border("<errorEventDefinition/>", 'cancelActivity="false"'),
        on_border("<escalationEventDefinition/>", 'cancelActivity="false"'),
    ),
    "event-reference-missing": (
        "invalid",
        "t",
        catching("<messageEventDefinition/>"),
        '<message id="m"/>---' + catching('<messageEventDefinition messageRef="m"/>'),
    ),
    "escalation-without-code": (
        "invalid",
        "t",
        throwing("<escalationEventDefinition/>"),
        ESCALATION + throwing(THROWN),
    ),
    "error-without-code": (
        "invalid",
        "z",
        ending("<errorEventDefinition/>"),
        ERROR + ending('<errorEventDefinition errorRef="s"/>'),
    ),
    "condition-missing": (
        "invalid",
        "t",
        catching("<conditionalEventDefinition/>"),
        catching('<conditionalEventDefinition><condition language="feel">x</condition></conditionalEventDefinition>'),
    ),
    "compensation-boundary-flow": (
        "invalid",
        "e",
        on_border("<compensateEventDefinition/>"),
        on_border("<compensateEventDefinition/>").replace("{e>z2}", ""),
    ),
    "compensation": (
        "unsupported",
        "t",
        throwing("<compensateEventDefinition/>"),
        throwing(""),
    ),
    "cancel-event": ("unsupported", "z", ending("<cancelEventDefinition/>"), ending("<terminateEventDefinition/>")),
    "several-triggers": (
        "unsupported",
        "t",
        catching("<timerEventDefinition/><messageEventDefinition/>"),
        catching("<timerEventDefinition/>"),
    ),
    "link-without-partner": ("invalid", "l1", links("Avanti", "Indietro"), links("Avanti", "Avanti")),
    "link-target-twice": ("invalid", "l3", links("Avanti", "Avanti", "Avanti"), links("Avanti", "Avanti")),
    "link-with-flow": ("invalid", "l2", links("Avanti", "Avanti") + "{a>l2}", links("Avanti", "Avanti")),
}
TIMERS = {
    "timer-without-value": ("invalid", "t", timed(""), timed("<timeDuration>P1D</timeDuration>")),
    "timer-with-several-values": (
        "invalid",
        "t",
        timed("<timeDate>2027-01-01</timeDate><timeDuration>P1D</timeDuration>"),
        timed("<timeDate>2027-01-01T10:00:00+01:00</timeDate>"),
    ),
    "timer-cron": (
        "unsupported",
        "t",
        timed("<timeCycle>0 0 8 ? * MON-FRI</timeCycle>"),
        timed("<timeCycle>R/P1D</timeCycle>"),
    ),
    "timer-negative": (
        "invalid",
        "t",
        timed("<timeDuration>-P1D</timeDuration>"),
        timed("<timeDuration>P1D</timeDuration>"),
    ),
    "timer-not-iso": (
        "invalid",
        "t",
        timed("<timeDuration>3 giorni</timeDuration>"),
        timed('<timeDuration>=duration("P3D")</timeDuration>'),
    ),
}
ACTIVITIES = {
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
    "quantity-above-one": (
        "unsupported",
        "t",
        activity("task", 'completionQuantity="2"'),
        activity("task", 'completionQuantity="1"'),
    ),
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
    "transaction": (
        "unsupported",
        "t",
        activity("transaction", inside=SUB_LINE),
        activity("subProcess", inside=SUB_LINE),
    ),
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
CASES = {**EVENTS, **TIMERS, **ACTIVITIES}


def test_a_broken_diagram_is_reported_with_its_element_and_kind(rule, accused):
    kind, element, broken, _ = CASES[rule]

    found = accused(rule, broken)

    assert found == (kind, element)


def test_the_nearest_sound_diagram_is_not_reported(rule, accused):
    _, _, _, sound = CASES[rule]

    found = accused(rule, sound)

    assert found is None
