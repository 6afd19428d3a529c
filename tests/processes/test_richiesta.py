"""The path of a request: every scenario ends as it says, and together they pass everything that is drawn."""

from pathlib import Path

import pytest
from lxml import etree

from desk import EXTENSION
from desk.states import PublicState, Turn
from engine import check, forms, scenarios
from engine.forms.custom import STEP, VALIDATOR
from engine.spiff.process import parse

FOLDER = Path(__file__).parents[2] / "processes" / "richiesta"
FORMS = Path(__file__).parents[2] / "forms" / "richiesta"
SCENARIOS = [scenario.name for scenario in scenarios.load(FOLDER)]
WORDS = 20
"""The longest sentence that people are asked to read."""
STEPS = ["Chi è", "Di che cosa si tratta", "È già stata mostrata?", "Consensi e riservatezza"]


@pytest.fixture(scope="module")
def model(folder):
    return parse("richiesta", {"richiesta.bpmn": (folder / "richiesta.bpmn").read_bytes()})


def loaded(name):
    return forms.load((FORMS / f"{name}.json").read_bytes(), f"{name}.json")


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_case_goes_as_its_scenario_says(report, name):
    played = next(each for each in report.played if each.scenario.name == name)

    assert played.failure is None


def test_the_scenarios_pass_every_node_and_every_flow(report):
    coverage = report.coverage

    assert coverage.missed_nodes == frozenset()
    assert coverage.missed_flows == frozenset()
    assert len(coverage.nodes) > 40


def test_every_way_to_end_is_reached_by_a_scenario(report, model):
    ends = {element.id for element in model.elements.values() if element.type == "endEvent"}

    assert ends
    assert ends <= report.coverage.passed_nodes


def test_the_checker_finds_nothing_to_say(folder, forms_folder):
    known = check.Surroundings(
        EXTENSION.groups, EXTENSION.variables, EXTENSION.operations.keys(), EXTENSION.function_names
    )

    problems = check.check(folder, forms_folder, known)

    assert problems == []


def test_every_task_tells_its_reader_what_to_do(model):
    tasks = [element for element in model.elements.values() if element.type == "userTask"]

    assert tasks
    assert all(task.documentation for task in tasks)


@pytest.mark.parametrize("name", ["stato", "tocca-a"])
def test_states_and_turns_are_among_those_the_desk_knows(model, name):
    known = {each.value for each in (PublicState if name == "stato" else Turn)}
    used = {element.properties[name] for element in model.elements.values() if name in element.properties}

    assert used
    assert used <= known


def test_where_a_state_is_told_the_requester_reads_a_short_sentence(model):
    told = [element.properties for element in model.elements.values() if "stato" in element.properties]
    sentences = [part.strip() for each in told for part in each["pubblico"].split(".") if part.strip()]

    assert sentences
    assert all(len(sentence.split()) <= WORDS for sentence in sentences)


def test_a_case_counts_as_forwarded_from_the_first_analysis_on(model):
    forwarded = [element.id for element in model.elements.values() if element.properties.get("inoltro") == "true"]

    assert forwarded == ["analizza"]


def test_registration_is_asked_in_the_steps_of_the_desk():
    steps = [step.custom(STEP) for step in loaded("registra").steps]

    assert steps == STEPS


def test_the_title_warns_before_it_is_written():
    title = next(each for root in loaded("registra").components for each in root.walk() if each.text("key") == "titolo")

    assert "Non descrivere qui come funziona la tua idea" in title.text("description")
    assert title.custom(VALIDATOR) == "titolo-non-riservato"
    assert title.part("validate")["maxLength"] == 80


@pytest.mark.parametrize("file", sorted(FORMS.glob("*.json")), ids=lambda file: file.stem)
def test_every_field_has_a_short_name_for_summaries(file):
    fields = [each for root in loaded(file.stem).components for each in root.walk() if each.text("key")]

    assert fields
    assert [each.label for each in fields if not each.short_label] == []


def test_nothing_is_drawn_over_something_else(folder):
    tree = etree.parse(folder / "richiesta.bpmn")
    boxes = {
        shape.get("bpmnElement"): [float(shape.find("{*}Bounds").get(side)) for side in ("x", "y", "width", "height")]
        for shape in tree.iter("{*}BPMNShape")
    }
    holders = {"percorso", "ritiro", "richiesta_di_ritiro", "ritirata"} | {
        name for name in boxes if name.startswith("corsia_")
    }
    borders = {each.get("id") for each in tree.iter("{*}boundaryEvent")}
    drawn = sorted(set(boxes) - holders - borders)

    overlapping = [
        (one, other)
        for place, one in enumerate(drawn)
        for other in drawn[place + 1 :]
        if _overlap(boxes[one], boxes[other])
    ]

    assert overlapping == []


def _overlap(one, other):
    x, y, width, height = one
    left, top, across, down = other
    return x < left + across and left < x + width and y < top + down and top < y + height
