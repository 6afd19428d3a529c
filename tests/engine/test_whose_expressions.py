"""Expressions of every kind run in the program's own FEEL and DMN, none in the library's, and share their time."""

import json
from datetime import timedelta

import pytest
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine

from engine import deployments, execution, feel, instances, jobs, tasks
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, flow, folder, gateway, path, start, timer, user
from tests.engine.spiff.given import each_of

TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
<decision id="urgenza" name="urgenza"><decisionTable hitPolicy="FIRST">
<input><inputExpression><text>n</text></inputExpression></input><output name="urgenza"/>
<rule><inputEntry><text>&gt; 1</text></inputEntry><outputEntry><text>"alta"</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"bassa"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
FORM = {
    "type": "default",
    "schemaVersion": 18,
    "components": [
        {
            "type": "number",
            "id": "p",
            "key": "prezzo",
            "label": "Prezzo",
            "properties": {"valore-iniziale": "=voce * 2"},
        },
        {"type": "textfield", "id": "s", "key": "sconto", "label": "Sconto", "conditional": {"hide": "=voce > 1"}},
        {"type": "select", "id": "c", "key": "colore", "label": "Colore", "valuesExpression": '=["rosso", "blu"]'},
    ],
}


@pytest.fixture
def without_the_librarys(monkeypatch):
    def reached(*_, **__):
        raise AssertionError

    for owner in (PythonScriptEngine, BpmnWorkflow, DMNEngine):
        for name in [name for name, value in vars(owner).items() if callable(value)]:
            monkeypatch.setattr(owner, name, reached)


def drawn(tmp_path):
    script = '<bpmn:scriptTask id="conta" name="Conta" scriptFormat="feel" camunda:resultVariable="n">'
    decision = (
        '<bpmn:businessRuleTask id="decidi" name="Decidi" camunda:decisionRef="urgenza" camunda:resultVariable="u" '
    )
    priced = 'camunda:formKey="prezzo" camunda:dueDate="=now() + duration(&quot;P2D&quot;)"'
    made = folder(
        tmp_path,
        "prezzi",
        start(),
        f"{script}<bpmn:script>count(voci)</bpmn:script></bpmn:scriptTask>",
        f'{decision}camunda:mapDecisionResult="singleEntry" />',
        gateway("exclusive", "urgente"),
        user("prezza", attributes=priced, body=each_of("voci", "voce")),
        user("rivedi"),
        timer("scade", "rivedi", "=duration(&quot;P1D&quot;)"),
        end(),
        path("start", "conta", "decidi", "urgente"),
        flow("urgente", "prezza", 'u = "alta"'),
        flow("urgente", "end", 'u = "bassa"'),
        path("prezza", "rivedi", "end"),
        path("scade", "end"),
    )
    (made / "urgenza.dmn").write_bytes(TABLE)
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "prezzo.json").write_text(json.dumps(FORM))
    return made


@pytest.mark.usefixtures("without_the_librarys")
def test_a_case_with_every_kind_of_expression_never_reaches_the_librarys_own(store, tmp_path):
    with store.unit_of_work() as uow:
        deployments.deploy(uow, drawn(tmp_path), tmp_path / "forms")
        case = instances.start(uow, "prezzi", ADA, variables={"voci": [1, 2]}, scope="001030").id
    with store.unit_of_work() as uow:
        shown, waiting = {}, tasks.queue(uow, ADA).items
        for task in waiting:
            form, variables = tasks.form(uow, task.id, ADA)
            shown[variables["voce"]] = (form.initial(variables)["prezzo"], task.due_at - task.created_at)
        for task in waiting:
            tasks.complete(uow, task.id, ADA, {"prezzo": 1, "sconto": "", "colore": "blu"})
    jobs.run_due(store, store.clock() + timedelta(days=2))

    with store.snapshot() as uow:
        found = instances.get(uow, case)
        assert shown == {1: ("2", timedelta(days=2)), 2: ("4", timedelta(days=2))}
        assert (found.state, found.variables["n"], found.variables["u"]) == ("completed", 2, "alta")


@pytest.mark.usefixtures("without_the_librarys")
def test_the_librarys_own_cannot_even_be_made():
    with pytest.raises(AssertionError):
        PythonScriptEngine()


def test_a_decision_is_not_begun_where_the_time_of_its_transition_is_used_up(store, tmp_path):
    with store.unit_of_work() as uow:
        deployments.deploy(uow, drawn(tmp_path), tmp_path / "forms")
        case = instances.start(uow, "prezzi", ADA, variables={"voci": [1, 2]}, scope="001030").id
        host = execution.look(uow, case).host
        assert host.decide("urgenza", {"n": 2}) == "alta"

        host._allowance = feel.Allowance(seconds=0)

        with pytest.raises(feel.FeelError, match="insieme"):
            host.decide("urgenza", {"n": 2})
