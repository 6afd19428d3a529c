"""Work for people and machines, and decisions."""

import pytest

from engine.errors import ExpressionFailed, TaskNotFound
from tests.engine.diagrams import end, gateway, path, service, start, user
from tests.engine.spiff.given import (
    Case,
    diagram,
    subprocess,
)


def detail(attributes, variables=None, body=""):
    model = diagram(start(), f'<bpmn:userTask id="a" {attributes}>{body}</bpmn:userTask>', path("start", "a"))
    return Case(model, variables).find("a").detail


def test_a_task_is_completed_once():
    case = Case(diagram(start(), user("a"), user("b"), path("start", "a", "b")))
    task = case.find("a").task
    case.do("a")

    with pytest.raises(TaskNotFound):
        case._load().complete(task, {})

    assert case.open == "b"


def test_a_user_task_shows_its_attributes_as_they_are_written():
    found = detail(
        'camunda:formKey="scheda" camunda:candidateGroups="Analista, Coordinatore" camunda:candidateUsers="sara" '
        'camunda:assignee="ada" camunda:priority="70" camunda:dueDate="P3D" camunda:followUpDate="2026-12-01"',
        body='<bpmn:extensionElements><camunda:properties><camunda:property name="stato" value="in_analisi" />'
        "</camunda:properties></bpmn:extensionElements>",
    )

    assert found == {
        "form_key": "scheda",
        "candidate_groups": ["Analista", "Coordinatore"],
        "candidate_users": ["sara"],
        "assignee": "ada",
        "priority": 70,
        "due_date": "2026-11-26T09:00:00+00:00",
        "follow_up_date": "2026-11-30T23:00:00+00:00",
        "locals": {},
        "properties": {"stato": "in_analisi"},
    }


def test_a_user_tasks_attributes_may_be_computed():
    found = detail(
        'camunda:candidateGroups="=groups" camunda:assignee="=who" camunda:priority="=1 + 1" '
        'camunda:dueDate="=duration(&quot;P1D&quot;)" camunda:followUpDate="=date and time(day, time(&quot;12:00:00&quot;))"',
        {"groups": ["Analista"], "who": "ada", "day": None},
    )

    assert (found["candidate_groups"], found["assignee"], found["priority"]) == (["Analista"], "ada", 2)
    assert (found["due_date"], found["follow_up_date"]) == ("2026-11-24T09:00:00+00:00", None)


def test_a_due_date_that_is_none_names_its_task():
    with pytest.raises(ExpressionFailed, match="dueDate") as refusal:
        detail('camunda:dueDate="=true"')

    assert refusal.value.element_id == "a"


def test_a_lane_is_the_candidate_group_where_the_task_names_none():
    lanes = (
        '<bpmn:laneSet id="ls"><bpmn:lane id="l1" name="Comune"><bpmn:flowNodeRef>a</bpmn:flowNodeRef>'
        "<bpmn:flowNodeRef>b</bpmn:flowNodeRef><bpmn:flowNodeRef>sub</bpmn:flowNodeRef><bpmn:childLaneSet>"
        '<bpmn:lane id="l2" name="Referente"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>"
    )
    model = diagram(
        lanes, start(), gateway("parallel", "f"), '<bpmn:userTask id="a" />', user("b", "Analista"),
        subprocess("sub", start("s"), '<bpmn:userTask id="c" />', path("s", "c")),
        path("start", "f", "a"), path("f", "b"), path("f", "sub"),
    )  # fmt: skip

    found = {wait.element: wait.detail["candidate_groups"] for wait in Case(model).waits()}

    assert found == {"a": ["Referente"], "b": ["Analista"], "c": ["Comune"]}


def test_a_service_task_is_a_job_until_its_results_come():
    model = diagram(start(), service("s", "send-message"), end(), path("start", "s", "end"))
    case = Case(model)

    job = case.find("s")
    case.do("s", {"sent": True})

    assert (job.kind, job.detail["topic"], case.variables, case.ended) == ("job", "send-message", {"sent": True}, True)


def test_plain_and_manual_tasks_are_passed_through():
    model = diagram(
        start(), '<bpmn:task id="a" />', '<bpmn:manualTask id="b" />', user("c"), path("start", "a", "b", "c")
    )

    case = Case(model)

    assert (case.open, case.told("completed")) == ("c", ["start", "a", "b"])


@pytest.mark.parametrize(
    ("mapping", "result", "kept"),
    [
        ("", {"urgenza": "alta"}, {"urgenza": "alta"}),
        ("singleEntry", {"urgenza": "alta"}, "alta"),
        ("singleEntry", "alta", "alta"),
        ("singleEntry", None, None),
        ("singleResult", [{"a": 1, "b": 2}], {"a": 1, "b": 2}),
        ("collectEntries", [{"a": 1}, {"a": 2}], [1, 2]),
        ("resultList", {"a": 1}, [{"a": 1}]),
    ],
)
def test_a_decisions_result_is_kept_as_the_diagram_reads_it(mapping, result, kept):
    attributes = f'camunda:mapDecisionResult="{mapping}"' if mapping else ""
    rule = f'<bpmn:businessRuleTask id="d" camunda:decisionRef="triage" camunda:resultVariable="r" {attributes} />'
    model = diagram(start(), rule, user("a"), path("start", "d", "a"))

    case = Case(model, {"n": 1}, decisions={"triage": lambda context: result if context["n"] == 1 else "wrong"})

    assert case.variables["r"] == kept
    assert case.told("decision") == ["d"]


def test_two_results_are_no_single_entry():
    rule = (
        '<bpmn:businessRuleTask id="d" camunda:decisionRef="t" camunda:resultVariable="r" '
        'camunda:mapDecisionResult="singleEntry" />'
    )
    model = diagram(start(), rule, end(), path("start", "d", "end"))

    with pytest.raises(ExpressionFailed, match="singleEntry"):
        Case(model, decisions={"t": lambda _: [1, 2]})
