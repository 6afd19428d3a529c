"""Errors and escalations, and who catches them."""

import pytest

from engine.errors import UncaughtError
from tests.engine.diagrams import gateway, path, service, start, user
from tests.engine.spiff.given import (
    OUTSIDE,
    Case,
    begins,
    boundary,
    diagram,
    error,
    escalation,
    event,
    event_subprocess,
    message,
    subprocess,
    throw,
)


def two_subprocesses():
    def failing(name):
        return subprocess(name, start(f"s{name}"), service(f"job{name}", "x"), path(f"s{name}", f"job{name}"))

    return diagram(
        start(), gateway("parallel", "f"), failing("A"), failing("B"), boundary("eA", "A", error("E")),
        boundary("eB", "B", error("E")), user("ra"), user("rb"), path("start", "f", "A"), path("f", "B"),
        path("eA", "ra"), path("eB", "rb"), outside=OUTSIDE,
    )  # fmt: skip


def test_an_error_is_caught_by_the_activity_around_it_not_by_another_with_the_same_code():
    case = Case(two_subprocesses())

    case.fail("jobA", "KO")

    assert case.open == "jobB ra"
    assert set(case.told("cancelled")) == {"jobA", "A"}


def test_an_uncaught_error_of_a_job_is_refused():
    case = Case(two_subprocesses())

    with pytest.raises(UncaughtError):
        case.fail("jobA", "UNKNOWN")

    assert case.open == "jobA jobB"


def test_the_exact_code_is_caught_before_any_code():
    model = diagram(
        start(), service("job", "x"), boundary("any", "job", error()), boundary("ko", "job", error("E")), user("a"),
        user("b"), path("start", "job"), path("any", "a"), path("ko", "b"), outside=OUTSIDE,
    )  # fmt: skip
    known, other = Case(model), Case(model)

    known.fail("job", "KO")
    other.fail("job", "BOH")

    assert (known.open, other.open) == ("b", "a")


def test_a_caught_error_leaves_its_code_and_message_in_the_named_variables():
    named = error("E", 'camunda:errorCodeVariable="code" camunda:errorMessageVariable="words"')
    model = diagram(
        start(), service("job", "x"), boundary("ko", "job", named), user("a"), path("start", "job"), path("ko", "a"),
        outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.fail("job", "KO", "la casella è piena")

    assert case.variables == {"code": "KO", "words": "la casella è piena"}


def test_an_error_end_event_climbs_to_the_first_that_catches_it():
    inner = subprocess("in", start("s2"), event("endEvent", "ko", error("E")), path("s2", "ko"))
    outer = subprocess("out", start("s1"), inner, path("s1", "in"), boundary("other", "in", error("F")))
    model = diagram(
        start(), outer, boundary("caught", "out", error("E")), user("a"), path("start", "out"), path("caught", "a"),
        outside=OUTSIDE,
    )  # fmt: skip

    case = Case(model)

    assert case.open == "a"
    assert "ko" in case.told("completed")


def test_an_error_that_nothing_catches_ends_the_case_with_the_error_event_as_outcome():
    model = diagram(
        start(), gateway("parallel", "f"), user("a"), user("b"), event("endEvent", "ko", error("E")),
        path("start", "f", "a", "ko"), path("f", "b"), outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.do("a")

    assert (case.ended, case.outcome) == (True, "ko")
    assert case.told("cancelled") == ["b"]


def test_an_event_subprocess_catches_an_error_of_its_scope_but_not_its_own():
    sub = subprocess(
        "sub", start("s"), service("job", "x"), path("s", "job"),
        event_subprocess("esp", begins("e", error("E")), service("again", "x"), path("e", "again")),
    )  # fmt: skip
    model = diagram(
        start(), sub, boundary("out", "sub", error("E")), user("a"), path("start", "sub"), path("out", "a"),
        outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.fail("job", "KO")
    half = case.open
    case.fail("again", "KO")

    assert (half, case.open) == ("again", "a")


def test_once_taken_over_a_scope_starts_no_other_event_subprocess():
    sub = subprocess(
        "sub", start("s"), user("a"), path("s", "a"),
        event_subprocess("taken", begins("m", message("M")), service("job", "x"), path("m", "job")),
        event_subprocess("other", begins("e", error("E")), user("w"), path("e", "w")),
    )  # fmt: skip
    model = diagram(
        start(), sub, boundary("out", "sub", error("E")), user("b"), path("start", "sub"), path("out", "b"),
        outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)
    case.fire("m")

    case.fail("job", "KO")

    assert case.open == "b"


@pytest.mark.parametrize(("interrupting", "opened"), [(True, "up"), (False, "on up")])
def test_an_escalation_reaches_the_boundary_and_interrupts_only_where_it_says_so(interrupting, opened):
    sub = subprocess("sub", start("s"), throw("t", escalation("X")), user("on"), path("s", "t", "on"))
    model = diagram(
        start(), sub, boundary("b", "sub", escalation("X"), interrupting=interrupting), user("up"), path("start", "sub"),
        path("b", "up"), outside=OUTSIDE,
    )  # fmt: skip

    case = Case(model)

    assert (case.open, case.thrown) == (opened, [])


def test_an_escalation_that_nobody_catches_is_told_and_the_case_goes_on():
    model = diagram(start(), throw("t", escalation("X")), user("on"), path("start", "t", "on"), outside=OUTSIDE)

    case = Case(model)

    assert (case.open, [(each.kind, each.name) for each in case.thrown]) == ("on", [("escalation", "SU")])
