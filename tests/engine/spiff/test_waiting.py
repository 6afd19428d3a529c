"""Timers, and the first of several events."""

from datetime import timedelta

import pytest

from engine.errors import NoSubscription
from tests.engine.diagrams import end, gateway, path, start, user
from tests.engine.spiff.given import (
    NOW,
    OUTSIDE,
    Case,
    boundary,
    catch,
    diagram,
    dues,
    message,
    timing,
)


def test_an_interrupting_boundary_timer_takes_the_task_away():
    model = diagram(
        start(), user("a"), boundary("late", "a", timing("timeDuration", "P10D")), user("b"), end(),
        path("start", "a", "end"), path("late", "b"),
    )  # fmt: skip
    case = Case(model)

    case.fire("late")

    assert (case.open, dues(case)) == ("b", [])
    assert case.told("cancelled") == ["a"]
    assert case.told("completed") == ["late"]


def test_completing_a_task_takes_its_timers_away():
    model = diagram(
        start(), user("a"), boundary("late", "a", timing("timeDuration", "P10D")), user("b"), end(),
        path("start", "a", "end"), path("late", "b"),
    )  # fmt: skip
    case = Case(model)
    timer = case.find("late")

    case.do("a")

    assert case.ended
    with pytest.raises(NoSubscription):
        case._load().fire(timer.task, timer.index)


def reminders(kind, value):
    return diagram(
        start(), user("a"), boundary("r", "a", timing(kind, value), interrupting=False), user("remind"), end(),
        path("start", "a", "end"), path("r", "remind"),
    )  # fmt: skip


def test_a_cycle_timer_fires_as_often_as_it_says_at_its_distance():
    case = Case(reminders("timeCycle", "R3/PT24H"))
    seen = []

    while dues(case):
        seen += dues(case)
        case.fire("r")

    assert seen == [(NOW + timedelta(days=n)).isoformat() for n in (1, 2, 3)]
    assert case.open == "a remind remind remind"


def test_an_endless_cycle_goes_on():
    case = Case(reminders("timeCycle", "R/PT24H"))

    for _ in range(10):
        case.fire("r")

    assert dues(case) == [(NOW + timedelta(days=11)).isoformat()]


def test_a_non_interrupting_duration_fires_once():
    case = Case(reminders("timeDuration", "P3D"))

    case.fire("r")

    assert (case.open, dues(case)) == ("a remind", [])
    assert len(case._load()._run.tasks) == 3, "the process and its two tasks"


def test_a_reminder_branch_survives_the_task_that_it_reminds_of():
    case = Case(reminders("timeCycle", "R2/PT24H"))
    case.fire("r")

    case.do("a")

    assert (case.open, case.ended) == ("remind", False)
    case.do("remind")
    assert case.ended


def test_where_a_reminder_ends_is_not_how_the_case_ended():
    model = diagram(
        start(), user("a"), boundary("r", "a", timing("timeDuration", "P1D"), interrupting=False), user("remind"),
        end("done"), end("reminded"), path("start", "a", "done"), path("r", "remind", "reminded"),
    )  # fmt: skip
    case = Case(model)
    case.fire("r")

    case.do("a")
    case.do("remind")

    assert (case.ended, case.outcome) == (True, "done")


def test_firing_a_timer_twice_is_refused_and_changes_nothing():
    case = Case(reminders("timeDuration", "P3D"))
    timer = case.find("r")
    case.fire("r")

    with pytest.raises(NoSubscription):
        case._load().fire(timer.task, timer.index)

    assert case.open == "a remind"


def test_a_timer_may_be_computed_from_variables():
    model = diagram(start(), catch("t", timing("timeDate", "=date(until)")), end(), path("start", "t", "end"))

    case = Case(model, {"until": "2026-12-24"})

    assert dues(case) == ["2026-12-23T23:00:00+00:00"], "midnight in Rome"


def test_a_due_time_does_not_move_while_the_case_goes_on():
    model = diagram(
        start(), gateway("parallel", "f"), catch("t", timing("timeDuration", "P10D")), user("a"), user("b"),
        path("start", "f", "t"), path("f", "a", "b"),
    )  # fmt: skip
    case = Case(model)
    before = dues(case)

    case.later(days=3)
    case.do("a")

    assert dues(case) == before


def race():
    return diagram(
        start(), gateway("eventBased", "g"), catch("t1", timing("timeDuration", "P14D")),
        catch("t2", timing("timeDuration", "P2D")), catch("m", message("N")), user("a"), user("b"), user("c"),
        path("start", "g", "t1", "a"), path("g", "t2", "b"), path("g", "m", "c"), outside=OUTSIDE,
    )  # fmt: skip


def test_each_timer_after_an_event_based_gateway_has_a_due_time_of_its_own():
    case = Case(race())

    waits = {wait.element: (wait.kind, wait.index) for wait in case.waits()}

    assert waits == {"t1": ("timer", 0), "t2": ("timer", 1), "m": ("message", 2)}
    assert dues(case) == [(NOW + timedelta(days=n)).isoformat() for n in (14, 2)]


@pytest.mark.parametrize(("first", "opened"), [("t1", "a"), ("t2", "b"), ("m", "c")])
def test_the_first_event_after_an_event_based_gateway_wins_and_the_others_are_gone(first, opened):
    case = Case(race())

    case.fire(first)

    assert [wait.element for wait in case.waits()] == [opened]
    assert case.trail[:3][0].element == "g"
    assert case.told("flow") == [f"g_{first}", f"{first}_{opened}"]
