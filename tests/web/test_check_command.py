"""``sportello check``: what a designer reads on the console, and what another program reads."""

import json

import pytest
from click.testing import CliRunner

from desk import EXTENSION
from engine import Store
from web.commands import Wiring, sportello

BROKEN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="p" isExecutable="true">
<startEvent id="a"/>
<userTask id="t" name="Esempio"/>
<endEvent id="z"/>
<sequenceFlow id="f" sourceRef="a" targetRef="z"/>
</process></definitions>"""


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
        f"{diagram}:4: t: Il compito «Esempio» non ha flussi in uscita.",
    ]


def test_another_program_reads_the_same_with_rule_kind_and_advice(run, tmp_path):
    (tmp_path / "prova.bpmn").write_text(BROKEN)

    found = json.loads(run(tmp_path, "--format", "json").output)

    assert set(found[0]) == {"file", "line", "element", "name", "kind", "rule", "message", "advice", "column"}
    assert {(each["kind"], each["rule"]) for each in found} == {
        ("invalid", "node-without-incoming"),
        ("invalid", "node-without-outgoing"),
    }


def test_what_can_be_deployed_exits_with_success_and_says_nothing(run, tmp_path):
    (tmp_path / "prova.bpmn").write_text(
        BROKEN.replace('targetRef="z"/>', 'targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="z"/>')
    )

    result = run(tmp_path)

    assert (result.exit_code, result.output) == (0, "")


def test_the_processes_that_come_with_the_program_have_no_problems(run, pytestconfig):
    result = run(pytestconfig.rootpath / "processes" / "richiesta", "--format", "json")

    assert [each for each in json.loads(result.output) if each["kind"] != "advice"] == []
