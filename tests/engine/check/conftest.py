"""The smallest diagrams, written short.

``{a>b}`` is a flow, ``{a>b if x = 1}`` one with a condition in FEEL. A body is wrapped into one executable process,
unless it brings its own; what stands before ``---`` goes beside the process. ``plain`` leaves Camunda's dialect out.
"""

import re

import pytest

from engine.check import check_documents

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:prova"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
CAMUNDA = ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
FLOW = re.compile(r"\{(\w+)>(\w+)(?: if ([^}]+))?\}")


def _flow(match):
    source, target, condition = match.groups()
    inside = f'<conditionExpression language="feel">{condition}</conditionExpression>' if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def drawn(body, *, plain=False):
    beside, _, inside = body.rpartition("---")
    if "<process" not in inside and "<definitions" not in body:
        inside = f'<process id="p" isExecutable="true">{inside}</process>'
    whole = FLOW.sub(_flow, beside + inside)
    if "<definitions" in whole:
        return whole.encode()
    return f"{HEAD}{'' if plain else CAMUNDA}>{whole}</definitions>".encode()


@pytest.fixture
def draw():
    """Make a BPMN file of a body."""
    return drawn


@pytest.fixture
def problems():
    """Check a body and return its problems; further files and keywords of ``check_documents`` may be given."""

    def check(body, *, plain=False, files=None, **known):
        return check_documents({"prova.bpmn": drawn(body, plain=plain), **(files or {})}, **known)

    return check


@pytest.fixture
def accused(problems):
    """Say of a rule whether it finds something in a body: the kind and the element of its first finding, or None."""

    def find(rule, body, **known):
        found = [problem for problem in problems(body, **known) if problem.rule == rule]
        assert all(problem.message and problem.advice and problem.line > 0 for problem in found)
        return (found[0].kind, found[0].element) if found else None

    return find


def pytest_generate_tests(metafunc):
    """Run a test that asks for ``rule`` once for each of its module's cases."""
    if "rule" in metafunc.fixturenames:
        metafunc.parametrize("rule", metafunc.module.CASES)
