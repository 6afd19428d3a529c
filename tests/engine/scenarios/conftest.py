"""A small process to play scenarios on."""

import pytest

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
             xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:prova">
  <message id="m" name="basta"/>
  <process id="prova" name="Prova" isExecutable="true">
    <laneSet><lane id="l" name="Referente">
      <flowNodeRef>inizio</flowNodeRef><flowNodeRef>chiedi</flowNodeRef><flowNodeRef>scelta</flowNodeRef>
      <flowNodeRef>bene</flowNodeRef><flowNodeRef>male</flowNodeRef><flowNodeRef>tardi</flowNodeRef>
      <flowNodeRef>scaduta</flowNodeRef><flowNodeRef>fermata</flowNodeRef>
    </lane></laneSet>
    <startEvent id="inizio"><outgoing>f1</outgoing></startEvent>
    <sequenceFlow id="f1" sourceRef="inizio" targetRef="chiedi"/>
    <userTask id="chiedi" name="Chiedi" camunda:formKey="chiedi">
      <extensionElements><camunda:properties><camunda:property name="stato" value="aperta"/></camunda:properties>
      </extensionElements><incoming>f1</incoming><outgoing>f2</outgoing></userTask>
    <boundaryEvent id="tardi" name="tardi" attachedToRef="chiedi"><outgoing>f5</outgoing>
      <timerEventDefinition><timeDuration xsi:type="tFormalExpression">P2D</timeDuration></timerEventDefinition>
    </boundaryEvent>
    <sequenceFlow id="f5" sourceRef="tardi" targetRef="scaduta"/>
    <endEvent id="scaduta" name="Scaduta"><incoming>f5</incoming></endEvent>
    <sequenceFlow id="f2" sourceRef="chiedi" targetRef="scelta"/>
    <exclusiveGateway id="scelta" name="Va bene?" default="f4"><incoming>f2</incoming>
      <outgoing>f3</outgoing><outgoing>f4</outgoing></exclusiveGateway>
    <sequenceFlow id="f3" name="sì" sourceRef="scelta" targetRef="bene">
      <conditionExpression xsi:type="tFormalExpression" language="feel">voto &gt; 5</conditionExpression></sequenceFlow>
    <sequenceFlow id="f4" name="no" sourceRef="scelta" targetRef="male"/>
    <endEvent id="bene" name="Bene"><incoming>f3</incoming>
      <extensionElements><camunda:properties><camunda:property name="stato" value="chiusa"/></camunda:properties>
      </extensionElements></endEvent>
    <endEvent id="male" name="Male"><incoming>f4</incoming></endEvent>
    <subProcess id="fermata" name="Basta così" triggeredByEvent="true">
      <startEvent id="basta" name="basta" isInterrupting="true"><outgoing>g1</outgoing>
        <messageEventDefinition messageRef="m"/></startEvent>
      <sequenceFlow id="g1" sourceRef="basta" targetRef="smessa"/>
      <endEvent id="smessa" name="Smessa"><incoming>g1</incoming></endEvent>
    </subProcess>
  </process>
</definitions>
"""
FORM = """{"schemaVersion": 19, "type": "default", "id": "chiedi", "components": [
  {"type": "number", "id": "voto", "key": "voto", "label": "Che voto dai?", "validate": {"required": true}}]}
"""
SHARED = """
inizio: 2026-11-23T12:00+01:00
persone:
  ada: {ambiti: ["001042"]}
  marta: {gruppi: [Referente], ambiti: ["*"]}
  nino: {gruppi: [Analista], ambiti: ["*"]}
  lia: {gruppi: [Referente], ambiti: ["001208"]}
avvio: {da: marta, ambito: "001042"}
risposte:
  chiedi: {voto: 8}
"""


@pytest.fixture
def process(tmp_path):
    """A process folder and its forms; call it with scenarios by name to write them."""
    folder, forms_folder = tmp_path / "processes" / "prova", tmp_path / "forms" / "prova"
    (folder / "scenarios").mkdir(parents=True)
    forms_folder.mkdir(parents=True)
    (folder / "prova.bpmn").write_text(BPMN, "utf-8")
    (forms_folder / "chiedi.json").write_text(FORM, "utf-8")
    (folder / "scenarios" / "_condiviso.yaml").write_text(SHARED, "utf-8")

    def written(**scenarios):
        for name, text in scenarios.items():
            (folder / "scenarios" / f"{name}.yaml").write_text(text, "utf-8")
        return folder, forms_folder

    return written
