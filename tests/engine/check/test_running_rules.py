"""Events and timers: the smallest diagram that breaks a rule, and the nearest one that does not."""

import pytest

A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
AROUND = A + Z + "{a>t}{t>z}"


def event(tag, definition, ident="t", more=""):
    return f'<{tag} id="{ident}" {more}>{definition}</{tag}>'


def catching(definition):
    return event("intermediateCatchEvent", definition) + AROUND


def throwing(definition):
    return event("intermediateThrowEvent", definition) + AROUND


def ending(definition, more=""):
    return f'{A}<endEvent id="z" {more}>{definition}</endEvent>{{a>z}}'


def undone(compensates):
    undoing = f'<task id="u" isForCompensation="{compensates}"/><association id="x" sourceRef="e" targetRef="u"/>'
    return on_border("<compensateEventDefinition/>").replace("{e>z2}", undoing)


def starting(definition):
    return f'<startEvent id="a">{definition}</startEvent><task id="t"/><endEvent id="z"/>{{a>t}}{{t>z}}'


def on_border(definition, more="", tag="task", inside=""):
    border = event("boundaryEvent", definition, "e", f'attachedToRef="t" {more}')
    return f'<{tag} id="t">{inside}</{tag}>{border}<endEvent id="z2"/>{{e>z2}}{AROUND}'


def timed(value):
    return catching(f"<timerEventDefinition>{value}</timerEventDefinition>")


def cycling(text):
    return f"<timerEventDefinition><timeCycle>{text}</timeCycle></timerEventDefinition>"


def activity(tag, attributes="", inside=""):
    return f'<{tag} id="t" {attributes}>{inside}</{tag}>{AROUND}'


def links(*names):
    throws = event("intermediateThrowEvent", f'<linkEventDefinition name="{names[0]}"/>', "l1")
    catches = "".join(
        event("intermediateCatchEvent", f'<linkEventDefinition name="{name}"/>', f"l{at}") + f"{{l{at}>z}}"
        for at, name in enumerate(names[1:], 2)
    )
    return A + throws + catches + Z + "{a>l1}"


CANCELLING = '<startEvent id="i"/><endEvent id="c"><cancelEventDefinition/></endEvent>{i>c}'
TIMED = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
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
    "compensation-boundary-unconnected": ("invalid", "e", undone("false"), undone("true")),
    "compensation": (
        "unsupported",
        "t",
        throwing("<compensateEventDefinition/>"),
        throwing(""),
    ),
    "cancel-uncaught": (
        "invalid",
        "c",
        activity("transaction", inside=CANCELLING),
        on_border("<cancelEventDefinition/>", tag="transaction", inside=CANCELLING),
    ),
    "several-triggers": (
        "unsupported",
        "a",
        starting(TIMED + "<messageEventDefinition/>"),
        catching(TIMED + "<messageEventDefinition/>"),
    ),
    "start-not-awaited": (
        "unsupported",
        "a",
        starting(TIMED),
        '<message id="m"/>---' + starting('<messageEventDefinition messageRef="m"/>'),
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
    "cycle-on-waiting-event": (
        "unsupported",
        "t",
        timed("<timeCycle>R3/PT1H</timeCycle>"),
        on_border(cycling("R3/PT1H"), 'cancelActivity="false"'),
    ),
    "cycle-that-interrupts": ("advice", "e", on_border(cycling("R3/PT1H")), on_border(cycling("R1/PT1H"))),
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
    "due-date-not-iso": (
        "invalid",
        "t",
        activity("userTask", 'name="Fai" camunda:dueDate="nessuno"'),
        activity("userTask", 'name="Fai" camunda:dueDate="P3D"'),
    ),
}
CASES = {**EVENTS, **TIMERS}


def test_a_broken_diagram_is_reported_with_its_element_and_kind(rule, accused):
    kind, element, broken, _ = CASES[rule]

    found = accused(rule, broken)

    assert found == (kind, element)


def test_the_nearest_sound_diagram_is_not_reported(rule, accused):
    _, _, _, sound = CASES[rule]

    found = accused(rule, sound)

    assert found is None


@pytest.mark.parametrize(("interrupting", "found"), [("true", ("advice", "e1")), ("false", None)])
def test_a_repetition_that_starts_an_event_subprocess_repeats_only_where_it_interrupts_nothing(
    accused, interrupting, found
):
    begins = f'<startEvent id="e1" isInterrupting="{interrupting}">{cycling("R/P1D")}</startEvent>'
    beside = f'<subProcess id="s" triggeredByEvent="true">{begins}<endEvent id="e2"/>{{e1>e2}}</subProcess>'

    assert accused("cycle-that-interrupts", activity("userTask") + beside) == found
