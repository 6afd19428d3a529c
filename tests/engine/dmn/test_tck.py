import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dmn_models import a_model, a_service, an_input, knowledge, literal, requires, text

from engine.dmn import Model
from engine.dmn.tck import runner
from engine.feel import FeelError

ROOT = Path(__file__).parents[3]
KIT = ROOT.parent / "shared" / "tck"
#: Functions written in Java are refused on purpose.
EXCEPTED = "0076-feel-external-java"
CASE = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
 <modelName><!-- beside -->m.dmn</modelName>
 <testCase id="1"><resultNode name="giusta"><expected><value xsi:type="xsd:decimal">2</value></expected></resultNode>
 </testCase>
 <testCase id="2"><resultNode name="sbagliata"><expected><value xsi:type="xsd:string">2</value></expected></resultNode>
 </testCase>
 <testCase id="3"><resultNode name="assente"><expected><value xsi:nil="true"/></expected></resultNode></testCase>
</testCases>"""


@pytest.mark.skipif(not KIT.is_dir(), reason="the TCK, the test kit of DMN, is not in ../shared/tck")
def test_ninety_nine_in_a_hundred_results_of_the_kit_are_right():
    verdicts = [verdict for verdict in runner.run_folder(KIT) if EXCEPTED not in verdict.file]

    wrong = [f"{verdict.file} {verdict.case}: {verdict.said}" for verdict in verdicts if not verdict.right]

    assert len(verdicts) > 2500
    assert len(wrong) <= len(verdicts) / 100, wrong


@pytest.fixture
def kit(tmp_path):
    (tmp_path / "m.dmn").write_bytes(a_model(literal("1 + 1", "giusta") + literal("1 + 1", "sbagliata")))
    (tmp_path / "m-test-01.xml").write_text(CASE)
    return tmp_path


def run(*folders):
    words = [sys.executable, "-m", "engine.dmn.tck", *map(str, folders)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)


def test_the_runner_counts_what_is_right_and_says_what_is_not(kit):
    ran = run(kit)

    lines = ran.stdout.splitlines()
    assert ran.returncode == 1
    assert lines[-1] == "passed 1 of 3"
    assert lines[0].startswith("m-test-01.xml: 2/sbagliata: expected '2', found Decimal('2')")


@pytest.mark.parametrize("folder", ["", "assente"])
def test_a_folder_with_nothing_to_run_passes_none_of_none(tmp_path, folder):
    ran = run(tmp_path / folder)

    assert (ran.returncode, ran.stdout) == (2, "passed 0 of 0\n")


@pytest.mark.parametrize("count", [0, 2])
def test_without_one_folder_nothing_runs_and_it_says_how(kit, count):
    ran = run(*[kit] * count)

    assert (ran.returncode, ran.stdout) == (2, "passed 0 of 0\n")
    assert "DIRECTORY" in ran.stderr


def test_a_case_may_use_more_than_a_decision_of_a_process(tmp_path):
    doubled = 'for i in 1..18 return if i = 1 then "xxxx" else partial[-1] + partial[-1]'
    large = f"if string length(({doubled})[-1]) = 524288 then 2 else 0"
    (tmp_path / "m.dmn").write_bytes(a_model(literal(large, "giusta")))
    (tmp_path / "m-test-01.xml").write_text(re.sub(r'<testCase id="[23]".*?</testCase>', "", CASE, flags=re.DOTALL))

    assert run(tmp_path).stdout == "passed 1 of 1\n"
    with pytest.raises(FeelError):
        Model.load(tmp_path / "m.dmn").evaluate("giusta", {})


def test_what_cannot_be_read_is_a_miss_and_the_rest_still_runs(kit):
    (kit / "a-test-01.xml").write_text("<testCases>")
    (kit / "b-test-01.xml").write_text(CASE.replace("m.dmn", "assente.dmn"))
    (kit / "note.xml").write_text("<note/>")

    ran = run(kit)

    assert ran.stdout.splitlines()[-1] == "passed 1 of 7"


def test_an_interrupted_run_still_counts(kit):
    for turn in range(200):
        (kit / f"{turn}-test-01.xml").write_text(CASE)
    words = [sys.executable, "-m", "engine.dmn.tck", str(kit)]

    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        last = process.stdout.read().splitlines()[-1]

    assert first.startswith("0-test-01.xml: 2/sbagliata")
    assert process.returncode == 130
    assert re.fullmatch(r"passed \d+ of \d+", last)


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (lambda: os._exit(0), "the process died"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "the process died"),
        (lambda: sys.exit(3), "the process died"),
        (lambda: time.sleep(60), "did not come back within 2 s"),
    ],
    ids=["exit", "killed", "SystemExit", "hang"],
)
def test_a_case_that_ends_its_process_is_a_miss_and_the_rest_still_runs(kit, monkeypatch, ending, said):
    monkeypatch.setattr(runner, "_verdict", lambda case: ending() if case.id.startswith("1/") else (True, ""))
    monkeypatch.setattr(runner, "_PATIENCE", 2.0 if "come back" in said else 30)

    assert [verdict.said for verdict in runner.run_folder(kit)] == [said, "", ""]


@pytest.mark.parametrize("error", [MemoryError, RecursionError, ValueError])
def test_a_case_that_raises_is_a_miss(kit, monkeypatch, error):
    def fail(_path):
        raise error

    monkeypatch.setattr(runner, "_model", fail)

    assert [verdict.right for verdict in runner.run_folder(kit)] == [False] * 3


def written(kind, text):
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


SCALARS = [
    ("date", "2020-02-29"),
    ("dateTime", "2020-02-29T10:00:00"),
    ("dateTime", "2020-02-29T10:00:00.123+02:00"),
    ("time", "10:00:00Z"),
    ("duration", "-PT0.5S"),
    ("duration", "P1Y2M"),
    ("dayTimeDuration", "P1D"),
    ("yearMonthDuration", "P1Y"),
    ("decimal", "1.50"),
    ("double", "1.5E2"),
    ("integer", "4"),
    ("boolean", "0"),
    ("string", "  due  spazi "),
    ("string", ""),
]
NUMBER, TRUTH = written("decimal", "1"), written("boolean", "true")
NESTED = (
    f'<component name="a b">{NUMBER}</component><component name="n" xsi:nil="true"/><component name="c">'
    f"<list><item>{NUMBER}</item><item><component name='k'>{TRUTH}</component></item></list></component>"
)
VALUES = [
    *(written(*scalar) for scalar in SCALARS),
    '<value xsi:nil="true"/>',
    '<list xsi:nil="1"/>',
    "<list/>",
    NESTED,
    f'<list><item>{NESTED}</item><item xsi:nil="true"/></list>',
]


def outcome(folder, inner, attributes="", node="r", model=""):
    body = an_input("x") + literal("x", "r", requires("requiredInput", "x")) + model
    (folder / "m.dmn").write_bytes(a_model(body))
    head = CASE.partition(" <testCase")[0]
    case = f'<testCase {attributes}>{inner.replace("<resultNode", f"""<resultNode name="{node}" """)}</testCase>'
    (folder / "m-test-01.xml").write_text(f"{head}{case}</testCases>")
    [verdict] = runner.run_folder(folder)
    return verdict.right


@pytest.mark.parametrize("value", VALUES)
def test_every_kind_of_value_goes_in_and_is_expected_back(tmp_path, value):
    given = f'<inputNode name="x">{value}</inputNode>'

    assert outcome(tmp_path, f"{given}<resultNode><expected>{value}</expected></resultNode>")
    assert not outcome(tmp_path, f"{given}<resultNode><expected>{written('time', '11:11:11')}</expected></resultNode>")


def test_a_date_is_not_taken_for_its_midnight(tmp_path):
    given = f'<inputNode name="x">{written("dateTime", "2020-01-01T00:00:00Z")}</inputNode>'

    assert not outcome(
        tmp_path, f"{given}<resultNode><expected>{written('date', '2020-01-01')}</expected></resultNode>"
    )


SERVICE = literal("x + 1", "p", requires("requiredInput", "x")) + a_service(["p", "r"], ["x"])
CALLED = [
    ('type="bkm" invocableName="somma"', "somma", knowledge("somma", ["x"], text("x + 1")), written("decimal", "2")),
    ('type="decisionService" invocableName="servizio"', "p", SERVICE, written("decimal", "2")),
    (
        'type="decisionService" invocableName="servizio"',
        "servizio",
        SERVICE,
        f'<component name="p">{written("decimal", "2")}</component><component name="r">{NUMBER}</component>',
    ),
]


@pytest.mark.parametrize(("attributes", "node", "model", "expected"), CALLED)
def test_services_and_knowledge_are_called(tmp_path, attributes, node, model, expected):
    inner = f'<inputNode name="x">{NUMBER}</inputNode><resultNode><expected>{expected}</expected></resultNode>'

    assert outcome(tmp_path, inner, attributes, node, model)


CIRCLE = literal("b", "a", requires("requiredDecision", "b")) + literal("a", "b", requires("requiredDecision", "a"))


@pytest.mark.parametrize(
    ("inner", "node", "right"),
    [
        ("<resultNode errorResult='true'><expected><value xsi:nil='true'/></expected></resultNode>", "a", True),
        ("<resultNode><expectedError/></resultNode>", "a", True),
        ("<resultNode><expected><value xsi:nil='true'/></expected></resultNode>", "a", False),
        ("<resultNode errorResult='true'><expected><value xsi:nil='true'/></expected></resultNode>", "assente", False),
        ("<resultNode><expected/></resultNode>", "r", True),
        ("<resultNode/>", "r", True),
    ],
)
def test_a_refusal_is_right_only_where_an_error_is_expected(tmp_path, inner, node, right):
    assert outcome(tmp_path, inner, node=node, model=CIRCLE) is right
