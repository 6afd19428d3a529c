"""A form sees what its task sees: the item of its turn, the variables of the process that was called, then the case's."""

import json

import pytest

from engine import deployments, instances, tasks
from engine.errors import InvalidAnswers
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, process, start, user
from tests.engine.spiff.given import each_of

ASKED = {
    "type": "default",
    "schemaVersion": 18,
    "components": [
        {
            "type": "number",
            "id": "prezzo_campo",
            "key": "prezzo",
            "label": "Prezzo",
            "validate": {"required": True, "max": "=voce.massimo"},
            "properties": {"valore-iniziale": "=voce.massimo"},
        }
    ],
}
ITEMS = [{"nome": "stampo", "massimo": 10}, {"nome": "brevetto", "massimo": 900}]


def asking(tmp_path):
    made = tmp_path / "forms"
    made.mkdir()
    (made / "prezzo.json").write_text(json.dumps(ASKED))
    return made


@pytest.fixture
def priced(each_store, tmp_path):
    """A case that asks for the price of each of its two items."""
    task = user("prezza", attributes='camunda:formKey="prezzo"', body=each_of("voci", "voce"))
    made = folder(tmp_path, "prezzi", start(), task, end(), path("start", "prezza", "end"))
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, made, asking(tmp_path))
        instances.start(uow, "prezzi", ADA, variables={"voci": ITEMS}, scope="001030")
    return each_store


def test_each_turn_of_a_repeated_task_shows_its_own_item(priced):
    with priced.unit_of_work() as uow:
        seen = {}
        for task in tasks.queue(uow, ADA).items:
            form, variables = tasks.form(uow, task.id, ADA)
            seen[variables["voce"]["nome"]] = form.initial(variables)

    assert seen == {"stampo": {"prezzo": "10"}, "brevetto": {"prezzo": "900"}}


def test_each_turn_is_judged_by_its_own_item(priced):
    with priced.unit_of_work() as uow:
        turns = {tasks.form(uow, task.id, ADA)[1]["voce"]["nome"]: task for task in tasks.queue(uow, ADA).items}
        with pytest.raises(InvalidAnswers):
            tasks.complete(uow, turns["stampo"].id, ADA, {"prezzo": 11})
        tasks.complete(uow, turns["brevetto"].id, ADA, {"prezzo": 11})

        assert [task.id for task in tasks.queue(uow, ADA).items] == [turns["stampo"].id]


def test_a_done_task_shows_the_case_as_it_is(priced):
    with priced.unit_of_work() as uow:
        task = tasks.queue(uow, ADA).items[0]
        tasks.complete(uow, task.id, ADA, {"prezzo": 1})
        _, variables = tasks.form(uow, task.id, ADA)

    assert variables["prezzo"] == 1
    assert "voce" not in variables


def test_a_task_of_a_called_process_sees_its_variables_and_not_the_callers(each_store, tmp_path):
    called = process(
        "costo", start(), user("prezza", attributes='camunda:formKey="prezzo"'), end(), path("start", "prezza", "end")
    )
    call = (
        '<bpmn:callActivity id="chiama" name="Chiama" calledElement="costo"><bpmn:extensionElements>'
        '<camunda:in sourceExpression="=voci[2]" target="voce" /></bpmn:extensionElements></bpmn:callActivity>'
    )
    made = folder(tmp_path, "chiamante", start(), call, end(), path("start", "chiama", "end"))
    (made / "costo.bpmn").write_bytes(called)
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, made, asking(tmp_path))
        instances.start(uow, "chiamante", ADA, variables={"voci": ITEMS, "voce": "un’altra"}, scope="001030")
        task = tasks.queue(uow, ADA).items[0]
        form, variables = tasks.form(uow, task.id, ADA)

        assert form.initial(variables) == {"prezzo": "900"}
        tasks.complete(uow, task.id, ADA, {"prezzo": 800})
