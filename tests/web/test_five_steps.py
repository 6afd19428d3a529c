"""The five steps by which the guides add a process, taken at their word: from empty folders to a case that has ended."""

import json
import re
import shlex

import pytest
from click.testing import CliRunner

from desk import cases, demo
from desk.access import Role
from engine import tasks
from tests.kit.pages import BUROLO, MARTA, post, token_in
from tests.kit.places import ROOT
from web.commands import Wiring, sportello

GUIDE = (ROOT / "docs" / "progettista.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SECTION = re.compile(r"^## .*(?:five steps|cinque passi)\n(.+?)^## ", re.MULTILINE | re.DOTALL)
SCENARIO = re.search(r"```yaml\n(titolo: La sala.+?)```", GUIDE, re.DOTALL)[1]
DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_1x0yzab" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.31.0" modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.22.0">
  <bpmn:collaboration id="Collaboration_1x5lca1">
    <bpmn:participant id="Participant_0e2uluy" name="Prenotazione" processRef="prenota" />
  </bpmn:collaboration>
  <bpmn:process id="prenota" name="Prenotazione della sala" isExecutable="true" camunda:historyTimeToLive="180">
    <bpmn:extensionElements>
      <camunda:properties>
        <camunda:property name="pratica.richiedente" value="=chi" />
        <camunda:property name="pratica.titolo" value="Sala per una riunione" />
      </camunda:properties>
    </bpmn:extensionElements>
    <bpmn:laneSet id="LaneSet_04bt2u3">
      <bpmn:lane id="Lane_0bug29i" name="Referente">
        <bpmn:flowNodeRef>StartEvent_1</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>domanda</bpmn:flowNodeRef>
      </bpmn:lane>
      <bpmn:lane id="Lane_0gix7g9" name="Coordinatore">
        <bpmn:flowNodeRef>conferma</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>Gateway_1dmgav3</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>confermata</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>rifiutata</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="StartEvent_1">
      <bpmn:outgoing>Flow_0m7wfq9</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="domanda" name="Raccogli la domanda" camunda:formKey="domanda">
      <bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="stato" value="bozza" />
        </camunda:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_0m7wfq9</bpmn:incoming>
      <bpmn:outgoing>Flow_15sjjp2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_0m7wfq9" sourceRef="StartEvent_1" targetRef="domanda" />
    <bpmn:userTask id="conferma" name="Conferma la sala" camunda:formKey="conferma">
      <bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="stato" value="inviata" />
          <camunda:property name="inoltro" value="true" />
        </camunda:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_15sjjp2</bpmn:incoming>
      <bpmn:outgoing>Flow_1jbihc0</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_15sjjp2" sourceRef="domanda" targetRef="conferma" />
    <bpmn:exclusiveGateway id="Gateway_1dmgav3" name="La sala è libera?" default="Flow_1u1bgtf">
      <bpmn:incoming>Flow_1jbihc0</bpmn:incoming>
      <bpmn:outgoing>Flow_05b6gvk</bpmn:outgoing>
      <bpmn:outgoing>Flow_1u1bgtf</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="Flow_1jbihc0" sourceRef="conferma" targetRef="Gateway_1dmgav3" />
    <bpmn:endEvent id="confermata" name="Confermata">
      <bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="stato" value="conclusa" />
        </camunda:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_05b6gvk</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_05b6gvk" name="sì" sourceRef="Gateway_1dmgav3" targetRef="confermata">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="feel">libera = "si"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:endEvent id="rifiutata" name="Rifiutata">
      <bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="stato" value="conclusa" />
        </camunda:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_1u1bgtf</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_1u1bgtf" name="no" sourceRef="Gateway_1dmgav3" targetRef="rifiutata" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1">
    <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="Collaboration_1x5lca1" />
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
"""A diagram as Camunda Modeler writes it, its shapes left out."""
MODELER = {"executionPlatform": "Camunda Platform", "executionPlatformVersion": "7.22.0", "schemaVersion": 19}
ASKED = {
    "type": "default",
    "id": "Form_1wgro8t",
    "exporter": {"name": "Camunda Modeler", "version": "5.31.0"},
    "components": [
        {
            "label": "Chi chiede la sala?",
            "type": "textfield",
            "id": "Field_0n3d0ui",
            "key": "chi",
            "layout": {"row": "Row_1fnpjcg", "columns": None},
            "validate": {"required": True},
        },
        {"label": "Per quante persone?", "type": "number", "id": "Field_0peomli", "key": "persone"},
    ],
    **MODELER,
}
ANSWERED = {
    "type": "default",
    "components": [
        {
            "label": "La sala è libera?",
            "type": "radio",
            "key": "libera",
            "values": [{"label": "Sì", "value": "si"}, {"label": "No", "value": "no"}],
        },
        {"label": "Manda la risposta", "type": "button", "action": "submit"},
    ],
}
"""A form written by hand, or by an editor of long ago: its components have no ids."""


def steps(document):
    """The numbered steps of a guide, each with what it sets in the type of code."""
    found = re.split(r"^\d\. ", SECTION.search(document)[1], flags=re.MULTILINE)[1:]
    last = found[-1].partition("\n\n")[0]
    return [re.findall(r"`([^`\n]+)`", " ".join(each.split())) for each in (*found[:-1], last)]


def commands(step):
    return [shlex.split(words)[1:] for words in step if words.startswith("sportello ")]


@pytest.fixture
def run(store):
    """Run one of the guide's commands, in the folder where the test stands; what it says is given back."""
    wiring = Wiring(lambda: None, lambda _: store, "app:create_app")

    def command(words):
        result = CliRunner().invoke(sportello, words, obj=wiring)
        assert result.exit_code == 0, result.output
        return result.output

    return command


def claimed(browser, store, case, name):
    """Find the case's open task under «Da prendere in carico» and take it; gives its page."""
    with store.snapshot() as uow:
        (task,) = [each for each in tasks.of_case(uow, case.id) if each.state == "created"]
    page = f"/attivita/{task.id}"
    assert task.name == name
    assert page in browser.get("/attivita/da-prendere-in-carico").text
    post(browser, f"{page}/prendi", page=page)
    return page


def answered(browser, page, **answers):
    """Send a task's form; gives what is read then."""
    fields = {"csrf_token": token_in(browser.get(page).text), "_azione": "completa", **answers}
    return browser.post(page, data=fields, follow_redirects=True)


def test_both_guides_number_the_same_five_steps():
    readme, guide = steps(README), steps(GUIDE)

    assert len(guide) == 5
    assert readme == guide
    assert [len(commands(step)) for step in guide] == [0, 0, 0, 2, 2]
    assert "camunda:formKey" in guide[2]


def test_a_newcomer_comes_from_empty_folders_to_a_case_that_has_ended(run, store, as_person, tmp_path, monkeypatch):
    folders, diagram, forms, rehearsal, publication = steps(GUIDE)
    monkeypatch.chdir(tmp_path)

    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / diagram[0]).write_text(DIAGRAM)
    asked = tmp_path / forms[0]
    asked.write_text(json.dumps(ASKED))
    asked.with_name("conferma.json").write_text(json.dumps(ANSWERED))
    check, scenari = commands(rehearsal)
    assert "Il processo non ha casi di prova." in run(check)
    scenarios = tmp_path / rehearsal[1]
    (scenarios / "sala-libera.yaml").write_text(SCENARIO)
    taken = SCENARIO.replace("libera: si", "libera: no").replace("esito: confermata", "esito: rifiutata")
    (scenarios / "sala-occupata.yaml").write_text(taken)

    assert run(check) == ""
    assert run(scenari).count("(100 %)") == 2
    deploy, avvia = commands(publication)
    assert run(deploy) == "prenota: versione 1\n"
    assert "Aspetta: «Raccogli la domanda», da prendere in carico (Referente)." in run(avvia)

    marta, paolo = as_person("marta"), as_person("paolo", "Coordinatore")
    with store.snapshot() as uow:
        (case,) = cases.page(uow, MARTA).items
    page = claimed(marta, store, case, "Raccogli la domanda")
    assert answered(marta, page).status_code == 422
    assert "Fatto: «Raccogli la domanda»" in answered(marta, page, chi="Ada Esempio", persone="12").text
    page = claimed(paolo, store, case, "Conferma la sala")
    assert "Ada Esempio" in paolo.get(page).text
    assert "La pratica è conclusa: «Confermata»." in answered(paolo, page, libera="si").text
    for browser in (marta, paolo):
        page = browser.get(f"/pratiche/{case.number}")
        assert (page.status_code, "Ada Esempio" in page.text, "Conclusa" in page.text) == (200, True, True)
    assert "Prenotazione della sala, versione 1" in marta.get(f"/pratiche/{case.number}/diagramma").text


def test_the_people_of_the_guide_can_sign_in_to_the_demonstration():
    people = {each.username: each for each in demo.ACCOUNTS}

    assert (people["marta"].role, people["marta"].scope) == (Role.REFERENTE, BUROLO)
    assert people["paolo"].role is Role.COORDINATORE
