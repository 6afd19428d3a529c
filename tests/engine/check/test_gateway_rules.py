"""Gateways: the smallest diagram that breaks a rule, and the nearest one that does not."""

A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
TASK = '<task id="t" name="Esempio"/>'
AROUND = A + Z + "{a>t}{t>z}"


def event(tag, definition, ident="e", more=""):
    return f'<{tag} id="{ident}" {more}>{definition}</{tag}>'


def after_event_gateway(
    first,
    second='<intermediateCatchEvent id="y"><timerEventDefinition>'
    "<timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>",
    flows="{g>x}{g>y}",
    attributes="",
):
    gateway = f'{A}<eventBasedGateway id="g" {attributes}/>{first}{second}{Z}'
    return '<message id="m" name="m"/>---' + gateway + "{a>g}" + flows + "{x>z}{y>z}"


MESSAGE_X = event("intermediateCatchEvent", '<messageEventDefinition messageRef="m"/>', "x")
BOUNDARY_OUT = '<endEvent id="z2"/>{e>z2}'
GATEWAY = A + '<exclusiveGateway id="g" name="Va bene?"{0}/><task id="t"/><task id="u"/>' + Z
GATEWAY_LINE = "{a>g}{t>z}{u>z}"

CASES = {
    "superfluous-gateway": (
        "invalid",
        "t",
        '<parallelGateway id="t"/>' + AROUND,
        GATEWAY.format("") + GATEWAY_LINE + "{g>t if x}{g>u}",
    ),
    "wrong-gateway-direction": (
        "invalid",
        "g",
        GATEWAY.format(' gatewayDirection="Converging"') + GATEWAY_LINE + "{g>t if x}{g>u}",
        GATEWAY.format(' gatewayDirection="Diverging"') + GATEWAY_LINE + "{g>t if x}{g>u}",
    ),
    "choice-without-condition": (
        "unsupported",
        "g_u",
        GATEWAY.format("") + GATEWAY_LINE + "{g>t if x}{g>u}",
        GATEWAY.format(' default="g_u"') + GATEWAY_LINE + "{g>t if x}{g>u}",
    ),
    "choice-without-default": (
        "advice",
        "g",
        GATEWAY.format("") + GATEWAY_LINE + "{g>t if x}{g>u if y}",
        GATEWAY.format(' default="g_u"') + GATEWAY_LINE + "{g>t if x}{g>u}",
    ),
    "gateway-without-name": (
        "advice",
        "g",
        GATEWAY.format("").replace("Va bene?", "") + GATEWAY_LINE + "{g>t if x}{g>u if y}",
        GATEWAY.format("") + GATEWAY_LINE + "{g>t if x}{g>u if y}",
    ),
    "choice-flow-without-name": (
        "advice",
        "g_t",
        GATEWAY.format("") + GATEWAY_LINE + "{g>t if x}{g>u if y}",
        TASK + AROUND,
    ),
    "event-gateway-single-outgoing": (
        "invalid",
        "g",
        after_event_gateway(MESSAGE_X, "", "{g>x}"),
        after_event_gateway(MESSAGE_X),
    ),
    "event-gateway-conditional-flow": (
        "invalid",
        "g_x",
        after_event_gateway(MESSAGE_X, flows="{g>x if vero}{g>y}"),
        after_event_gateway(MESSAGE_X),
    ),
    "event-gateway-target": (
        "invalid",
        "x",
        after_event_gateway('<userTask id="x" name="Esempio"/>'),
        after_event_gateway(MESSAGE_X),
    ),
    "event-gateway-target-shared": (
        "invalid",
        "x",
        after_event_gateway(MESSAGE_X) + "{y>x}",
        after_event_gateway(MESSAGE_X),
    ),
    "event-gateway-mixed-reception": (
        "invalid",
        "g",
        after_event_gateway(MESSAGE_X, '<receiveTask id="y" messageRef="m"/>'),
        after_event_gateway(MESSAGE_X),
    ),
    "event-gateway-guarded-receive": (
        "invalid",
        "x",
        after_event_gateway(
            '<receiveTask id="x" messageRef="m"/>'
            + event("boundaryEvent", "<errorEventDefinition/>", more='attachedToRef="x"')
            + BOUNDARY_OUT
        ),
        after_event_gateway('<receiveTask id="x" messageRef="m"/>'),
    ),
    "event-gateway-starts-process": (
        "unsupported",
        "g",
        after_event_gateway(MESSAGE_X, attributes='instantiate="true"'),
        after_event_gateway(MESSAGE_X),
    ),
    "event-gateway-instantiate-incoming": (
        "invalid",
        "g",
        after_event_gateway(MESSAGE_X, attributes='eventGatewayType="Parallel"'),
        after_event_gateway(MESSAGE_X, attributes='eventGatewayType="Exclusive"'),
    ),
    "complex-gateway": (
        "unsupported",
        "g",
        GATEWAY.format("").replace("exclusive", "complex") + GATEWAY_LINE + "{g>t if x}{g>u}",
        GATEWAY.format("").replace("exclusive", "inclusive") + GATEWAY_LINE + "{g>t if x}{g>u}",
    ),
}


def test_a_broken_diagram_is_reported_with_its_element_and_kind(rule, accused):
    kind, element, broken, _ = CASES[rule]

    found = accused(rule, broken)

    assert found == (kind, element)


def test_the_nearest_sound_diagram_is_not_reported(rule, accused):
    _, _, _, sound = CASES[rule]

    found = accused(rule, sound)

    assert found is None
