"""``sportello scenari`` plays a folder's scenarios and tells by its exit code whether they went well."""

import pytest
from click.testing import CliRunner

from desk import EXTENSION
from engine import Store
from web.commands import Wiring, sportello

BPMN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:breve">
  <process id="breve" name="Breve" isExecutable="true">
    <laneSet><lane id="l" name="Referente"><flowNodeRef>inizio</flowNodeRef><flowNodeRef>fai</flowNodeRef>
      <flowNodeRef>fine</flowNodeRef></lane></laneSet>
    <startEvent id="inizio"><outgoing>a</outgoing></startEvent>
    <sequenceFlow id="a" sourceRef="inizio" targetRef="fai"/>
    <userTask id="fai" name="Fai"><incoming>a</incoming><outgoing>b</outgoing></userTask>
    <sequenceFlow id="b" sourceRef="fai" targetRef="fine"/>
    <endEvent id="fine" name="Fine"><incoming>b</incoming></endEvent>
  </process>
</definitions>"""
CASE = """
inizio: 2026-11-23T12:00+01:00
persone: {marta: {gruppi: [Referente], ambiti: ["*"]}}
avvio: {da: marta}
"""


@pytest.fixture
def rehearse(tmp_path):
    folder = tmp_path / "processes" / "breve"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "breve.bpmn").write_text(BPMN, "utf-8")
    store = Store("sqlite://", extensions=(EXTENSION,))

    def run(steps):
        (folder / "scenarios" / "uno.yaml").write_text(CASE + steps, "utf-8")
        wiring = Wiring(dict, lambda _settings: store, "app:create_app")
        return CliRunner().invoke(sportello, ["scenari", str(folder)], obj=wiring)

    yield run
    store.close()


def test_scenarios_that_go_well_end_with_success_and_their_coverage(rehearse):
    result = rehearse("passi: [{completa: fai}, {atteso: {esito: fine}}]")

    assert result.exit_code == 0
    assert "uno: riuscito, 2 passi" in result.output
    assert "Frecce percorse: 2 su 2 (100 %)" in result.output


def test_a_scenario_that_goes_wrong_fails_the_command(rehearse):
    result = rehearse("passi: [{atteso: {esito: fine}}]")

    assert result.exit_code == 1
    assert "uno: non riuscito, passo 1, atteso: l’esito è nessuno, non fine" in result.output


def test_a_file_that_is_no_scenario_is_told_in_one_line(rehearse):
    result = rehearse("passi: tre")

    assert result.exit_code == 1
    assert result.output == "Errore: uno.yaml: passi: serve almeno un passo\n"
