"""Subprocesses and called processes, and the variables in them."""

import pytest

from engine.errors import StepBudgetExceeded
from tests.engine.diagrams import end, flow, gateway, path, service, start, timer, user
from tests.engine.spiff.given import (
    OUTSIDE,
    Case,
    boundary,
    diagram,
    each_of,
    error,
    event,
    message,
    subprocess,
)


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


def test_a_called_process_may_use_the_same_ids():
    call = '<bpmn:callActivity id="call" calledElement="a" />'
    model = diagram(
        event("startEvent", "start", message("M")), call, user("task"), path("start", "call", "task"), outside=OUTSIDE,
        a=[start(), user("task"), end(), path("start", "task", "end")],
    )  # fmt: skip
    case = Case(model.starting_at("start"))

    case.do("task")

    assert (case.open, model.elements["start"].events) == ("task", ("message",))
    case.do("task")
    assert case.ended


def test_processes_that_call_themselves_without_end_are_stopped():
    again = '<bpmn:callActivity id="call" calledElement="p" />'

    with pytest.raises(StepBudgetExceeded):
        Case(diagram(start(), again, end(), path("start", "call", "end")))


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
