"""Several instances, loops, and a budget for those that never end."""

import pytest

from engine.errors import ExpressionFailed, StepBudgetExceeded
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
    with pytest.raises(ExpressionFailed, match="un elenco"):
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


def test_a_loop_without_a_wait_state_runs_out_of_steps():
    model = diagram(
        start(), script("a", "n + 1", "n"), gateway("exclusive", "x"), end(), path("start", "a", "x"),
        flow("x", "a", "n &gt; 0"), flow("x", "end", "n &lt; 0"),
    )  # fmt: skip

    with pytest.raises(StepBudgetExceeded):
        Case(model, {"n": 1})


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_flood_of_instances_is_stopped_before_it_begins(sequential):
    times = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}"><bpmn:loopCardinality>1000000000000'
        "</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    )
    model = diagram(start(), f'<bpmn:userTask id="a">{times}</bpmn:userTask>', path("start", "a"))

    with pytest.raises(StepBudgetExceeded):
        Case(model)


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
