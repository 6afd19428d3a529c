import subprocess
import sys
from pathlib import Path

import pytest
from dmn_models import a_model, literal

from engine.dmn.tck.runner import run_folder

KIT = Path(__file__).parents[4] / "shared" / "tck"
#: Functions written in Java are refused on purpose.
EXCEPTED = "0076-feel-external-java"
CASE = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
 <modelName>m.dmn</modelName>
 <testCase id="1"><resultNode name="giusta"><expected><value xsi:type="xsd:decimal">2</value></expected></resultNode>
 </testCase>
 <testCase id="2"><resultNode name="sbagliata"><expected><value xsi:type="xsd:string">2</value></expected></resultNode>
 </testCase>
 <testCase id="3"><resultNode name="assente"><expected><value xsi:nil="true"/></expected></resultNode></testCase>
</testCases>"""


@pytest.mark.skipif(not KIT.is_dir(), reason="the standard's test kit is not beside the project")
def test_ninety_nine_in_a_hundred_results_of_the_kit_are_right():
    verdicts = [verdict for verdict in run_folder(KIT) if EXCEPTED not in verdict.file]

    wrong = [f"{verdict.file} {verdict.case}: {verdict.said}" for verdict in verdicts if not verdict.right]

    assert len(verdicts) > 2500
    assert len(wrong) <= len(verdicts) / 100, wrong


def test_the_runner_counts_what_is_right_and_says_what_is_not(tmp_path):
    (tmp_path / "m.dmn").write_bytes(a_model(literal("1 + 1", "giusta") + literal("1 + 1", "sbagliata")))
    (tmp_path / "m-test-01.xml").write_text(CASE)

    ran = subprocess.run(
        [sys.executable, "-m", "engine.dmn.tck", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[3],
    )

    lines = ran.stdout.splitlines()
    assert ran.returncode == 1
    assert lines[-1] == "passed 1 of 3"
    assert lines[0].startswith("m-test-01.xml: 2/sbagliata: expected '2', found Decimal('2')")


def test_a_case_whose_process_dies_is_a_miss_and_the_rest_still_runs(tmp_path, monkeypatch):
    (tmp_path / "m.dmn").write_bytes(a_model(literal("1 + 1", "giusta") + literal("1 + 1", "sbagliata")))
    (tmp_path / "m-test-01.xml").write_text(CASE)
    monkeypatch.setattr("engine.dmn.tck.runner._verdict", _die_on_the_first)

    verdicts = list(run_folder(tmp_path))

    assert [verdict.said for verdict in verdicts] == ["the process died", "", ""]


def _die_on_the_first(case):
    if case.id.startswith("1/"):
        raise SystemExit(3)
    return True, ""
