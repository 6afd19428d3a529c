"""``sportello check``: what a designer reads on the console, and what another program reads."""

import json
import shutil

import pytest
from click.testing import CliRunner

from desk import EXTENSION
from engine import Store
from web.commands import Wiring, sportello

BROKEN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="p" isExecutable="true"><extensionElements><camunda:properties>NAMED</camunda:properties></extensionElements>
<startEvent id="a"/>
<userTask id="t" name="Esempio" camunda:candidateGroups="Referente">TOLD</userTask>
<endEvent id="z"/>
<sequenceFlow id="f" sourceRef="a" targetRef="z"/>
</process></definitions>"""
BROKEN = BROKEN.replace("NAMED", '<camunda:property name="pratica.richiedente" value="Ada"/>').replace(
    "TOLD",
    '<extensionElements><camunda:properties><camunda:property name="stato" value="inviata"/></camunda:properties>'
    "</extensionElements>",
)


@pytest.fixture
def run(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'prova.db'}", extensions=(EXTENSION,))
    store.migrate()
    wiring = Wiring(lambda: None, lambda _: store, "app:create_app")
    yield lambda *words: CliRunner().invoke(sportello, ["check", *map(str, words)], obj=wiring)
    store.close()


def test_every_problem_is_a_line_with_file_line_element_and_message(run, tmp_path):
    diagram = tmp_path / "prova.bpmn"
    diagram.write_text(BROKEN)

    result = run(diagram)

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{diagram}:4: t: Il compito «Esempio» non ha flussi in entrata.",
        "    Collega l’elemento a ciò che viene prima.",
        f"{diagram}:4: t: Il compito «Esempio» non ha flussi in uscita.",
        "    Collega l’elemento a ciò che viene dopo.",
        "Impediscono la pubblicazione: 2. Solo avvisi: 0.",
    ]


def test_what_to_do_is_said_once_for_all_that_need_it(run, tmp_path):
    other = '<userTask id="u" camunda:candidateGroups="Referente"/>'
    diagram = tmp_path / "prova.bpmn"
    diagram.write_text(BROKEN.replace("<endEvent", f"{other}<endEvent"))

    lines = run(diagram).output.splitlines()

    assert lines.count("    Collega l’elemento a ciò che viene prima.") == 1
    assert lines[-1].startswith("Impediscono la pubblicazione: 4.")


def test_a_diagram_that_cannot_be_read_leaves_no_form_and_no_message_an_orphan(run, pytestconfig, tmp_path):
    for folder in ("processes", "forms"):
        shutil.copytree(pytestconfig.rootpath / folder / "richiesta", tmp_path / folder / "richiesta")
    diagram = tmp_path / "processes" / "richiesta" / "richiesta.bpmn"
    diagram.write_text(diagram.read_text().replace("</process>", "</proces>"))

    found = json.loads(run(diagram.parent, "--format", "json").output)

    assert [each["rule"] for each in found] == ["unreadable-file"]


def test_forms_are_named_as_the_path_was_given(run, tmp_path, monkeypatch):
    (tmp_path / "processes" / "p").mkdir(parents=True)
    (tmp_path / "processes" / "p" / "p.bpmn").write_text(BROKEN)
    (tmp_path / "forms" / "p").mkdir(parents=True)
    (tmp_path / "forms" / "p" / "m.json").write_text("{")
    monkeypatch.chdir(tmp_path)

    lines = run("processes/p").output.splitlines()

    assert any(line.startswith("forms/p/m.json:1:") for line in lines)


def test_another_program_reads_the_same_with_rule_kind_and_advice(run, tmp_path):
    (tmp_path / "prova.bpmn").write_text(BROKEN)

    found = json.loads(run(tmp_path / "prova.bpmn", "--format", "json").output)

    assert set(found[0]) == {"file", "line", "element", "name", "kind", "rule", "message", "advice", "column"}
    assert {(each["kind"], each["rule"]) for each in found} == {
        ("invalid", "node-without-incoming"),
        ("invalid", "node-without-outgoing"),
    }


def test_what_can_be_deployed_exits_with_success_and_says_nothing(run, tmp_path):
    scenarios = tmp_path / "p" / "scenarios"
    scenarios.mkdir(parents=True)
    (scenarios / "uno.yaml").write_text("titolo: Una strada")
    whole = BROKEN.replace('targetRef="z"/>', 'targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="z"/>')
    (tmp_path / "p" / "p.bpmn").write_text(whole)

    result = run(tmp_path / "p")

    assert (result.exit_code, result.output) == (0, "")


def test_the_processes_that_come_with_the_program_leave_nothing_to_say(run, pytestconfig):
    for folder in sorted(path for path in (pytestconfig.rootpath / "processes").iterdir() if path.is_dir()):
        assert json.loads(run(folder, "--format", "json").output) == []


def test_a_process_in_its_place_needs_every_form_it_names_although_it_has_no_folder_of_forms(run, tmp_path):
    folder = tmp_path / "processes" / "p"
    folder.mkdir(parents=True)
    (folder / "p.bpmn").write_text(BROKEN.replace('id="t" name', 'id="t" camunda:formKey="domanda" name'))

    lines = run(folder).output.splitlines()

    assert f"{folder / 'p.bpmn'}:4: t: Il compito «Esempio» usa il modulo «domanda», che non c’è." in lines
