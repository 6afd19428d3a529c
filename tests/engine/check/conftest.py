"""The smallest diagrams, written short.

``{a>b}`` is a flow, ``{a>b if x = 1}`` one with a condition in FEEL. A body is wrapped into one executable process,
unless it brings its own; what stands before ``---`` goes beside the process. ``plain`` leaves Camunda's dialect out.
"""

import json
import re

import pytest

from engine.check import Surroundings, check_documents

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
    """Check a body and return its problems; further files and fields of ``Surroundings`` may be given."""

    def check(body, *, plain=False, files=None, **known):
        return check_documents({"prova.bpmn": drawn(body, plain=plain), **(files or {})}, Surroundings(**known))

    return check


@pytest.fixture
def accused(problems):
    """Say of a rule whether it finds something in a body: the kind and the element of its first finding, or None."""

    def find(rule, body, **known):
        found = [problem for problem in problems(body, **known) if problem.rule == rule]
        assert all(problem.message and problem.advice and problem.line > 0 for problem in found)
        return (found[0].kind, found[0].element) if found else None

    return find


ASKED = {
    "type": "default",
    "id": "f",
    "schemaVersion": 19,
    "components": [
        {"id": "importo", "type": "textfield", "key": "importo", "label": "Importo"},
        {"id": "nome", "type": "textfield", "key": "nome", "label": "Nome"},
        {
            "id": "righe",
            "type": "dynamiclist",
            "path": "righe",
            "label": "Righe",
            "components": [{"id": "voce", "type": "textfield", "key": "voce", "label": "Voce"}],
        },
    ],
}
"""A form that asks ``importo``, ``nome`` and the list ``righe`` of ``voce``."""


@pytest.fixture
def asked():
    """Give the form as a file, with more components."""

    def source(*more):
        return json.dumps({**ASKED, "components": [*ASKED["components"], *more]}, indent=1).encode()

    return source


@pytest.fixture
def deployed(asked):
    """Check a task with the form, ``body`` being all that is in the diagram beside its events and flows."""
    around = '<startEvent id="a"/><endEvent id="z"/>{a>t}{t>z}'

    def check(body='<userTask id="t" name="T" camunda:formKey="f"/>', more=(), files=None, functions=()):
        documents = {"p.bpmn": drawn(body + around), "forms/f.json": asked(*more), **(files or {})}
        return check_documents(documents, Surroundings(names=("data-arrivo",), functions=functions))

    return check


def pytest_generate_tests(metafunc):
    """Run a test that asks for ``rule`` once for each of its module's cases."""
    if "rule" in metafunc.fixturenames:
        metafunc.parametrize("rule", metafunc.module.CASES)
