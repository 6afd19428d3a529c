"""Work: tasks, jobs, decisions, repetition, subprocesses and calls."""

import pytest

from engine.errors import ExpressionFailed, StepBudgetExceeded, TaskNotFound
from tests.engine.diagrams import end, flow, gateway, path, service, start, timer, user
from tests.engine.spiff.given import (
    OUTSIDE,
    Case,
    boundary,
    diagram,
    each_of,
    error,
    event,
    event_subprocess,
    message,
    script,
    subprocess,
    timing,
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
    with pytest.raises(ExpressionFailed, match="due_date") as refusal:
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


# Repetition


def repeated(*, sequential=False, body="", after="c"):
    task = f'<bpmn:userTask id="a">{each_of("people", "who", sequential=sequential, body=body)}</bpmn:userTask>'
    return diagram(start(), task, user(after), path("start", "a", after))


def whos(case):
    return [wait.detail["locals"]["who"] for wait in case.waits("user")]


def test_a_parallel_multi_instance_task_opens_one_task_for_each_item():
    case = Case(repeated(), {"people": ["ada", "bruno", "carla"]})

    opened = whos(case)
    for who in ("bruno", "carla", "ada"):
        case.do("a", who=who)

    assert (opened, case.open) == (["ada", "bruno", "carla"], "c")


def test_a_sequential_multi_instance_task_opens_one_task_after_the_other():
    case = Case(repeated(sequential=True), {"people": ["ada", "bruno"]})
    seen = []

    while case.open == "a":
        seen += whos(case)
        # The list that the instances come from was read when they began.
        case.do("a", {"people": []})

    assert (seen, case.open) == (["ada", "bruno"], "c")


@pytest.mark.parametrize("sequential", [True, False])
def test_a_multi_instance_task_over_nothing_is_passed_by(sequential):
    assert Case(repeated(sequential=sequential), {"people": []}).open == "c"


def test_a_collection_that_is_no_list_is_refused():
    with pytest.raises(ExpressionFailed, match="a list"):
        Case(repeated(), {"people": "ada"})


def test_a_completion_condition_takes_the_remaining_instances_away():
    body = "<bpmn:completionCondition>nrOfCompletedInstances &gt;= 2</bpmn:completionCondition>"
    case = Case(repeated(body=body), {"people": ["ada", "bruno", "carla"]})

    case.do("a", who="ada")
    half = case.open
    case.do("a", who="carla")

    assert (half, case.open, case.told("cancelled")) == ("a a", "c", ["a"])


def test_answers_are_gathered_in_the_order_of_the_items():
    body = "<bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef>"
    case = Case(repeated(body=body), {"people": ["ada", "bruno"]})

    case.do("a", {"vote": "no"}, who="bruno")
    case.do("a", {"vote": "sì"}, who="ada")

    assert case.variables == {"people": ["ada", "bruno"], "votes": [{"vote": "sì"}, {"vote": "no"}]}


def test_one_variable_of_each_instance_is_gathered_where_it_is_named():
    body = '<bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef><bpmn:outputDataItem id="o" name="vote" />'
    case = Case(repeated(body=body), {"people": ["ada", "bruno"]})

    case.do("a", {"vote": 2, "note": "x"}, who="bruno")
    case.do("a", {"vote": 1}, who="ada")

    assert case.variables == {"people": ["ada", "bruno"], "votes": [1, 2], "note": "x"}


def nested():
    inner = subprocess(
        "sub", start("s"), f'<bpmn:userTask id="a">{each_of("=team.people", "who")}</bpmn:userTask>',
        script("note", "string(loopCounter) + team.name", "last"), path("s", "a", "note"),
        body=each_of("teams", "team"),
    )  # fmt: skip
    return diagram(
        start(), inner, timer("late", "sub", "P1D"), user("b"), user("c"), path("start", "sub", "c"), path("late", "b")
    )


TEAMS = {"teams": [{"name": "x", "people": [1, 2]}, {"name": "y", "people": [3]}]}


def test_nested_instances_keep_their_own_locals():
    case = Case(nested(), TEAMS)

    locals_ = [(w.detail["locals"]["team"]["name"], w.detail["locals"]["who"], w.detail["locals"]["loopCounter"])
               for w in case.waits("user")]  # fmt: skip
    case.do("a", who=3)

    assert locals_ == [("x", 1, 0), ("x", 2, 1), ("y", 3, 0)]
    assert case.variables["last"] == "1y"


def test_a_deadline_cancels_a_multi_instance_subprocess_and_the_case_goes_on():
    case = Case(nested(), TEAMS)
    case.do("a", who=1)

    case.fire("late")
    half = case.open
    case.do("b")

    assert (half, case.ended) == ("b", True)


def test_an_error_in_one_instance_cancels_them_all():
    sub = subprocess("sub", start("s"), service("job", "x"), path("s", "job"), body=each_of("people", "who"))
    model = diagram(
        start(),
        sub,
        boundary("ko", "sub", error("E")),
        user("b"),
        path("start", "sub"),
        path("ko", "b"),
        outside=OUTSIDE,
    )
    case = Case(model, {"people": [1, 2, 3]})

    case.fail("job", "KO")

    assert case.open == "b"


def test_a_number_of_times_repeats_without_a_list():
    times = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>n</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    model = diagram(start(), f'<bpmn:userTask id="a">{times}</bpmn:userTask>', path("start", "a"))

    assert Case(model, {"n": 3}).open == "a a a"
    with pytest.raises(ExpressionFailed):
        Case(model, {"n": -1})


def test_a_standard_loop_goes_round_while_its_condition_holds():
    loop = (
        '<bpmn:standardLoopCharacteristics loopMaximum="3"><bpmn:loopCondition>again</bpmn:loopCondition>'
        "</bpmn:standardLoopCharacteristics>"
    )
    model = diagram(start(), f'<bpmn:userTask id="a">{loop}</bpmn:userTask>', user("c"), path("start", "a", "c"))
    willing, unwilling = Case(model), Case(model)

    for _ in range(3):
        willing.do("a", {"again": True})
    unwilling.do("a", {"again": False})

    assert (willing.open, unwilling.open) == ("c", "c")


# Subprocesses and calls


def test_a_subprocess_is_left_once_nothing_runs_in_it():
    sub = subprocess("sub", start("s"), user("a"), user("b"), path("s", "a"), path("s", "b"))
    case = Case(diagram(start(), sub, user("c"), path("start", "sub", "c")))

    case.do("a")
    half = case.open
    case.do("b")

    assert (half, case.open) == ("b", "c")


def test_a_boundary_timer_takes_a_subprocess_away_with_all_that_is_in_it():
    deep = subprocess("deep", start("s2"), user("a"), path("s2", "a"))
    sub = subprocess("sub", start("s"), deep, user("x"), path("s", "deep", "x"))
    model = diagram(start(), sub, timer("late", "sub", "P1D"), user("b"), path("start", "sub"), path("late", "b"))
    case = Case(model)

    case.fire("late")

    assert case.open == "b"
    assert case.told("cancelled") == ["a", "deep", "sub"]


def called(mapping):
    call = (
        '<bpmn:callActivity id="call" calledElement="q"><bpmn:extensionElements>'
        f"{mapping}</bpmn:extensionElements></bpmn:callActivity>"
    )
    return diagram(
        start(), call, boundary("ko", "call", error("E")), user("after"), user("failed"), path("start", "call", "after"),
        path("ko", "failed"), outside=OUTSIDE, q=[start("s"), user("inner"), service("job", "x"), end("e"),
                                                 path("s", "inner", "job", "e")],
    )  # fmt: skip


def test_a_called_process_has_variables_of_its_own():
    mapping = (
        '<camunda:in source="n" target="x" /><camunda:in sourceExpression="=n * 2" target="y" />'
        '<camunda:out source="z" target="back" /><camunda:out sourceExpression="=x + y" target="sum" />'
    )
    case = Case(called(mapping), {"n": 5, "secret": "no"})

    case.do("inner", {"z": "done", "n": 100})
    during = case.variables
    case.do("job")

    assert during == {"n": 5, "secret": "no"}
    assert case.variables == {"n": 5, "secret": "no", "back": "done", "sum": 15}
    assert case.open == "after"


def test_a_called_process_may_take_and_give_everything():
    case = Case(called('<camunda:in variables="all" /><camunda:out variables="all" />'), {"n": 5})

    case.do("inner", {"n": 6, "z": 1})
    case.do("job")

    assert case.variables == {"n": 6, "z": 1}


def test_an_error_in_a_called_process_is_caught_on_the_call():
    case = Case(called(""))
    case.do("inner")

    case.fail("job", "KO")

    assert case.open == "failed"


def test_calls_in_several_instances_do_not_share_variables():
    call = (
        f'<bpmn:callActivity id="call" calledElement="q"><bpmn:extensionElements><camunda:in source="who" target="name" />'
        f"</bpmn:extensionElements>{each_of('people', 'who')}</bpmn:callActivity>"
    )
    model = diagram(
        start(), call, user("after"), path("start", "call", "after"),
        q=[start("s"), user("a"), gateway("exclusive", "x"), user("b"), end("e"), path("s", "a", "x"),
           flow("x", "b", "name = &quot;ada&quot;"), flow("x", "e", "name != &quot;ada&quot;"), path("b", "e")],
    )  # fmt: skip
    case = Case(model, {"people": ["ada", "bruno"]})

    case.do("a")
    case.do("a")

    assert case.open == "b"
    case.do("b")
    assert case.open == "after"


def test_a_process_may_call_itself():
    again = (
        '<bpmn:callActivity id="call" calledElement="p"><bpmn:extensionElements><camunda:in sourceExpression="=n - 1" '
        'target="n" /></bpmn:extensionElements></bpmn:callActivity>'
    )
    model = diagram(
        start(), user("a"), gateway("exclusive", "x", 'default="x_end"'), again, end(), path("start", "a", "x", "end"),
        flow("x", "call", "n &gt; 0"), path("call", "end"),
    )  # fmt: skip
    case = Case(model, {"n": 2})

    for _ in range(3):
        case.do("a")

    assert (case.ended, case.outcome) == (True, "end")


def test_an_outcome_is_an_end_event_of_the_process_itself():
    sub = subprocess("sub", start("s"), end("inner"), path("s", "inner"))
    case = Case(diagram(start(), sub, user("a"), path("start", "sub", "a")))

    assert case.outcome is None


def test_answers_are_set_where_their_name_is_local():
    sub = subprocess("sub", start("s"), user("a"), user("b"), path("s", "a", "b"), body=each_of("people", "who"))
    case = Case(diagram(start(), sub, path("start", "sub")), {"people": ["ada"]})

    case.do("a", {"who": "anna", "other": 1})

    assert case.find("b").detail["locals"]["who"] == "anna"
    assert case.variables == {"people": ["ada"], "other": 1}


# Budget


def test_a_loop_without_a_wait_state_runs_out_of_steps():
    model = diagram(
        start(), script("a", "n + 1", "n"), gateway("exclusive", "x"), end(), path("start", "a", "x"),
        flow("x", "a", "n &gt; 0"), flow("x", "end", "n &lt; 0"),
    )  # fmt: skip

    with pytest.raises(StepBudgetExceeded):
        Case(model, {"n": 1})


def test_a_long_chain_is_run_without_recursion():
    names = [f"t{n}" for n in range(400)]
    tasks = "".join(f'<bpmn:task id="{name}" />' for name in names)
    model = diagram(start(), tasks, end(), path("start", *names, "end"))

    assert Case(model).ended


def test_an_event_subprocess_reads_the_locals_of_its_instance():
    sub = subprocess(
        "sub", start("s"), user("a"), path("s", "a"),
        event_subprocess("esp", event("startEvent", "m", message("M"), 'isInterrupting="false"'), user("w"), path("m", "w")),
        body=each_of("people", "who"),
    )  # fmt: skip
    case = Case(diagram(start(), sub, path("start", "sub"), outside=OUTSIDE), {"people": ["ada", "bruno"]})

    case.fire("m")

    assert case.open == "a a w"
    assert case.find("w").detail["locals"]["who"] == "ada"


def test_a_timer_may_depend_on_the_item_of_its_instance():
    sub = subprocess(
        "sub", start("s"), event("intermediateCatchEvent", "t", timing("timeDuration", "=span")), path("s", "t"),
        body=each_of("spans", "span"),
    )  # fmt: skip
    case = Case(diagram(start(), sub, path("start", "sub")), {"spans": ["P1D", "P2D"]})

    assert [wait.detail["due"][:10] for wait in case.waits("timer")] == ["2026-11-24", "2026-11-25"]
