"""Diagrams in which whoever comes to a place stays there for ever, and the nearest ones in which nobody does."""

import pytest

RULE = "nobody-passes"
A, Z = '<startEvent id="a"/>', '<endEvent id="z"/>'
TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"


def nodes(**kinds):
    """Nodes by the letter of their kind: ``x`` exclusive, ``p`` parallel, ``o`` inclusive, ``t`` task, ``e`` event gateway."""
    tags = {
        "x": "exclusiveGateway", "p": "parallelGateway", "o": "inclusiveGateway", "t": "task", "e": "eventBasedGateway",
    }  # fmt: skip
    return A + Z + "".join(f'<{tags[kind]} id="{name}"/>' for name, kind in kinds.items())


def on_border(name, host, cancels):
    return f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{cancels}">{TIMER}</boundaryEvent>'


def wait(name):
    return f'<intermediateCatchEvent id="{name}">{TIMER}</intermediateCatchEvent>'


CHOICE = nodes(x="x", b="t", c="t", j="p") + "{a>x}{x>b if v}{x>c}{b>j}{c>j}{j>z}"
INSIDE = CHOICE.replace('id="a"', 'id="i"').replace("{a>", "{i>").replace('id="z"', 'id="k"').replace(">z}", ">k}")
STUCK = {
    "a choice into a parallel join": CHOICE,
    "the same inside a subprocess": f'{A}{Z}<subProcess id="s">{INSIDE}</subProcess>{{a>s}}{{s>z}}',
    "a choice of three": nodes(x="x", b="t", c="t", j="p") + "{a>x}{x>b if v}{x>c if w}{x>z}{b>j}{c>j}{j>z}",
    "the first event of several": nodes(x="e", j="p") + wait("b") + wait("c") + "{a>x}{x>b}{x>c}{b>j}{c>j}{j>z}",
    "a task and the event that interrupts it": nodes(b="t", j="p") + on_border("e", "b", "true") + "{a>b}{b>j}{e>j}{j>z}",
    "a loop that comes back to a parallel gateway": nodes(j="p", b="t", x="x") + "{a>j}{j>b}{b>x}{x>j if v}{x>z}",
    "one flow too many": nodes(s="p", x="x", b="t", c="t", d="t", j="p")
    + "{a>s}{s>x}{s>d}{x>b if v}{x>c}{b>j}{c>j}{d>j}{j>z}",
    "a choice two steps before": nodes(x="x", m="x", b="t", c="t", d="t", y="x", j="p")
    + "{a>x}{x>b if v}{x>c}{b>m}{c>m}{m>y}{y>d if v}{y>j}{d>j}{j>z}",
    "two ways out of a loop": nodes(m="x", b="t", y="x", c="t", j="p")
    + "{a>m}{m>b}{b>y}{y>m if v}{y>c if w}{y>j}{c>j}{j>z}",
    "two ways to start": '<message id="n" name="n"/>---'
    + nodes(j="p")
    + '<startEvent id="k"><messageEventDefinition messageRef="n"/></startEvent>{a>j}{k>j}{j>z}',
}  # fmt: skip
SOUND = {
    "a choice into an exclusive join": CHOICE.replace('parallelGateway id="j"', 'exclusiveGateway id="j"'),
    "a choice into an inclusive join": CHOICE.replace('parallelGateway id="j"', 'inclusiveGateway id="j"'),
    "a parallel split": CHOICE.replace("exclusive", "parallel"),
    "an inclusive split": CHOICE.replace("exclusive", "inclusive"),
    "a task with two flows": nodes(t="t", b="t", j="p") + "{a>t}{t>b}{t>j}{b>j}{j>z}",
    "a task and the event that leaves it be": nodes(b="t", j="p") + on_border("e", "b", "false") + "{a>b}{b>j}{e>j}{j>z}",
    "a loop around a parallel block": nodes(m="x", s="p", b="t", c="t", j="p", x="x")
    + "{a>m}{m>s}{s>b}{s>c}{b>j}{c>j}{j>x}{x>m if v}{x>z}",
    "a branch that may end early": nodes(s="p", x="x", b="t", c="t", j="p") + "{a>s}{s>x}{s>c}{x>b if v}{x>z}{b>j}{c>j}{j>z}",
    "choices that meet before": nodes(s="p", x="x", b="t", c="t", m="x", d="t", j="p")
    + "{a>s}{s>x}{s>d}{x>b if v}{x>c}{b>m}{c>m}{m>j}{d>j}{j>z}",
    "two tokens that choose apart": nodes(s="p", b="t", c="t", m="x", x="x", d="t", f="t", j="p")
    + "{a>s}{s>b}{s>c}{b>m}{c>m}{m>x}{x>d if v}{x>f}{d>j}{f>j}{j>z}",
    "a link across": nodes(s="p", j="p", d="t")
    + '<intermediateThrowEvent id="l"><linkEventDefinition name="L"/></intermediateThrowEvent>'
    + '<intermediateCatchEvent id="k"><linkEventDefinition name="L"/></intermediateCatchEvent>'
    + "{a>s}{s>l}{s>d}{k>j}{d>j}{j>z}",
    "two things that begin a process without a start": Z + '<task id="b"/><task id="c"/><parallelGateway id="j"/>{b>j}{c>j}{j>z}',
}  # fmt: skip


@pytest.mark.parametrize("body", STUCK.values(), ids=STUCK)
def test_a_parallel_join_that_no_case_can_pass_is_refused_and_named(accused, body):
    assert accused(RULE, body) == ("unsupported", "j")


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND)
def test_a_parallel_join_that_some_case_can_pass_is_not_refused(accused, body):
    assert accused(RULE, body) is None


def test_of_two_joins_one_after_the_other_the_first_is_named(problems):
    body = CHOICE.replace("{j>z}", "") + '<parallelGateway id="k"/><task id="d"/>{j>k}{j>d}{d>k}{k>z}'

    assert [problem.element for problem in problems(body) if problem.rule == RULE] == ["j"]


def test_the_finding_names_the_flows_that_never_come_together(problems):
    (found,) = (problem for problem in problems(CHOICE) if problem.rule == RULE)
    (behind,) = (
        problem for problem in problems(STUCK["a loop that comes back to a parallel gateway"]) if problem.rule == RULE
    )

    assert "«b_j» e «c_j», che insieme non arrivano mai" in found.message
    assert "«x_j», dove si arriva solo dopo averlo passato" in behind.message


@pytest.mark.parametrize(("split", "found"), [("x", ("unsupported", "t")), ("p", None)])
def test_an_activity_that_takes_two_tokens_must_be_able_to_get_them(accused, split, found):
    body = nodes(s=split, b="t", c="t") + '<task id="t" startQuantity="2"/>{a>s}{s>b if v}{s>c}{b>t}{c>t}{t>z}'

    assert accused(RULE, body) == found


def test_a_diagram_of_many_branches_is_judged_quickly(accused):
    ways = range(150)
    tasks = "".join(f'<task id="b{n}"/><task id="c{n}"/>' for n in ways)
    flows = "".join(f"{{s>b{n}}}{{b{n}>c{n}}}{{c{n}>j}}" for n in ways)

    assert accused(RULE, nodes(s="p", j="p") + tasks + flows + "{a>s}{j>z}") is None
