"""What a case waits for, what it throws, and what interrupts what."""

from datetime import timedelta

import pytest

from engine.errors import NoSubscription, UncaughtError
from engine.spiff.process import Process
from tests.engine.diagrams import end, flow, gateway, path, service, start, user
from tests.engine.spiff.given import (
    NOW,
    OUTSIDE,
    Case,
    FeelHost,
    boundary,
    condition,
    diagram,
    error,
    escalation,
    event,
    event_subprocess,
    message,
    script,
    signal,
    subprocess,
    timing,
)


def catch(id_, definition):
    return event("intermediateCatchEvent", id_, definition)


def throw(id_, definition):
    return event("intermediateThrowEvent", id_, definition)


def begins(id_, definition, *, interrupting=True):
    word = "true" if interrupting else "false"
    return event("startEvent", id_, definition, f'isInterrupting="{word}"')


def dues(case):
    return [wait.detail["due"] for wait in case.waits("timer")]


# Timers


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


def test_a_reminder_branch_survives_the_task_that_it_reminds_of():
    case = Case(reminders("timeCycle", "R2/PT24H"))
    case.fire("r")

    case.do("a")

    assert (case.open, case.ended) == ("remind", False)
    case.do("remind")
    assert case.ended


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


# Event-based gateways


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


# Messages


def test_a_message_brings_its_payload_into_the_variables():
    model = diagram(start(), catch("m", message("N")), user("a"), path("start", "m", "a"), outside=OUTSIDE)
    case = Case(model)

    wait = case.find("m")
    case.fire("m", {"risposta": "sì"})

    assert (wait.detail["message"], wait.detail["key"]) == ("risposta", "SI-1")
    assert case.variables == {"risposta": "sì"}
    assert case.open == "a"


def test_a_receive_task_waits_for_its_message_and_its_boundary_timer():
    receive = '<bpmn:receiveTask id="m" messageRef="N" />'
    model = diagram(
        start(), receive, boundary("late", "m", timing("timeDuration", "P1D")), user("a"), user("b"),
        path("start", "m", "a"), path("late", "b"), outside=OUTSIDE,
    )  # fmt: skip
    answered, late = Case(model), Case(model)

    answered.fire("m")
    late.fire("late")

    assert (answered.open, late.open) == ("a", "b")


def test_a_correlation_key_is_computed_when_the_waiting_begins():
    keyed = event(
        "intermediateCatchEvent",
        "m",
        '<bpmn:extensionElements><camunda:properties><camunda:property name="correlationKey" value="=&quot;P&quot; + n" />'
        f"</camunda:properties></bpmn:extensionElements>{message('N')}",
    )
    model = diagram(start(), keyed, end(), path("start", "m", "end"), outside=OUTSIDE)

    assert Case(model, {"n": "7"}).find("m").detail["key"] == "P7"


def withdrawal(*, interrupting=True):
    return diagram(
        start(), user("a"), user("b"), gateway("parallel", "f"), end(), path("start", "f", "a", "end"), path("f", "b"),
        event_subprocess("esp", begins("m", message("M"), interrupting=interrupting), user("w"), end("gone"),
                         path("m", "w", "gone")),
        outside=OUTSIDE,
    )  # fmt: skip


def test_an_interrupting_message_event_subprocess_takes_the_whole_process_over():
    case = Case(withdrawal())

    case.fire("m")
    assert (case.open, case.waits("message")) == ("w", [])
    case.do("w")

    assert (case.ended, case.outcome) == (True, "gone")


def test_a_non_interrupting_message_event_subprocess_may_come_again():
    case = Case(withdrawal(interrupting=False))

    case.fire("m")
    case.fire("m")

    assert case.open == "a b w w"
    assert len(case.waits("message")) == 1


def test_a_case_ends_with_its_own_end_event_even_while_an_event_subprocess_still_listens():
    case = Case(withdrawal(interrupting=False))
    case.fire("m")
    case.do("w")

    case.do("a")
    case.do("b")

    assert (case.ended, case.outcome) == (True, "end")


def test_an_event_subprocess_started_by_a_timer_does_not_keep_the_process_open():
    model = diagram(
        start(), user("a"), end(), path("start", "a", "end"),
        event_subprocess("esp", begins("t", timing("timeDuration", "P1D")), user("w"), path("t", "w")),
    )  # fmt: skip
    quick, slow = Case(model), Case(model)

    quick.do("a")
    slow.fire("t")

    assert (quick.ended, slow.open) == (True, "w")


def test_an_event_subprocess_inside_a_subprocess_interrupts_only_that():
    inner = subprocess(
        "sub", start("s"), user("a"), path("s", "a"),
        event_subprocess("esp", begins("m", message("M")), user("w"), path("m", "w")),
    )  # fmt: skip
    model = diagram(
        start(), gateway("parallel", "f"), inner, user("b"), user("c"), path("start", "f", "sub", "c"), path("f", "b"),
        outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.fire("m")
    half = case.open
    case.do("w")

    assert (half, case.open) == ("b w", "b c")


def test_a_subprocess_that_an_event_subprocess_has_taken_over_keeps_its_deadline():
    inner = subprocess(
        "sub", start("s"), user("a"), path("s", "a"),
        event_subprocess("esp", begins("m", message("M")), user("w"), path("m", "w")),
    )  # fmt: skip
    model = diagram(
        start(), inner, boundary("late", "sub", timing("timeDuration", "P1D")), user("b"), path("start", "sub"),
        path("late", "b"), outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.fire("m")
    case.fire("late")

    assert case.open == "b"


def test_a_thrown_message_is_handed_out_with_its_key():
    model = diagram(
        start(),
        throw("t", message("N")),
        event("endEvent", "e", message("M")),
        path("start", "t", "e"),
        outside=OUTSIDE,
    )

    case = Case(model)

    assert [(each.kind, each.name, each.element, each.key) for each in case.thrown] == [
        ("message", "risposta", "t", "SI-1"),
        ("message", "ritiro", "e", "SI-1"),
    ]
    assert (case.ended, case.outcome) == (True, "e")


def test_a_message_end_event_with_a_topic_is_a_job_first():
    topic = '<bpmn:messageEventDefinition messageRef="N" camunda:type="external" camunda:topic="send-message" />'
    model = diagram(start(), event("endEvent", "e", topic), path("start", "e"), outside=OUTSIDE)
    case = Case(model)

    wait = case.find("e", "job")
    case.do("e")

    assert (wait.detail["topic"], case.ended, case.outcome) == ("send-message", True, "e")


def test_a_case_may_begin_at_a_message_start_event():
    model = diagram(
        start(), event("startEvent", "other", message("M")), user("a"), user("b"), path("start", "a"), path("other", "b"),
        outside=OUTSIDE,
    )  # fmt: skip

    usual, called = Case(model), Case(model.starting_at("other"))

    assert [(each.kind, each.element.id, dict(each.detail)) for each in model.starts] == [
        ("none", "start", {}),
        ("message", "other", {"message": "ritiro"}),
    ]
    assert (usual.open, called.open) == ("a", "b")


# Errors and escalations


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


# Termination, links, signals, conditions


def test_terminate_ends_its_own_subprocess_only():
    terminate = event("endEvent", "stop", "<bpmn:terminateEventDefinition />")
    sub = subprocess(
        "sub", start("s"), gateway("parallel", "f"), user("a"), user("b"), terminate, path("s", "f", "a", "stop"),
        path("f", "b"),
    )  # fmt: skip
    model = diagram(start(), sub, user("c"), path("start", "sub", "c"))
    case = Case(model)

    case.do("a")

    assert (case.open, case.ended) == ("c", False)


def test_terminate_at_the_top_ends_the_case():
    terminate = event("endEvent", "stop", "<bpmn:terminateEventDefinition />")
    model = diagram(
        start(),
        gateway("parallel", "f"),
        user("a"),
        user("b"),
        terminate,
        path("start", "f", "a", "stop"),
        path("f", "b"),
    )
    case = Case(model)

    case.do("a")

    assert (case.ended, case.outcome) == (True, "stop")


def test_a_link_goes_on_at_the_catching_event_of_the_same_name():
    model = diagram(
        start(), throw("out", '<bpmn:linkEventDefinition name="L" />'), catch("in", '<bpmn:linkEventDefinition name="L" />'),
        user("a"), path("start", "out"), path("in", "a"),
    )  # fmt: skip

    case = Case(model)

    assert case.open == "a"
    assert case.told("completed") == ["start", "out", "in"]


def test_a_signal_reaches_everything_in_the_case_that_waits_for_it():
    model = diagram(
        start(), gateway("parallel", "f"), catch("c", signal("S")), user("a"),
        boundary("b", "a", signal("S"), interrupting=False), user("go"), throw("t", signal("S")), user("x"), user("y"),
        path("start", "f", "c", "x"), path("f", "a"), path("f", "go", "t"), path("b", "y"), outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.do("go")

    assert case.open == "a x y"
    assert [(each.kind, each.name) for each in case.thrown] == [("signal", "allarme")]
    assert [wait.detail["signal"] for wait in case.waits("signal")] == ["allarme"]


def test_a_conditional_event_fires_when_a_variable_makes_it_true_and_once_only():
    model = diagram(
        start(), user("a"), gateway("parallel", "f"), user("c"),
        boundary("b", "c", condition("n &gt; 3"), interrupting=False), user("big"),
        path("start", "f", "a", "d"), path("f", "c"), path("b", "big"), user("d"),
    )  # fmt: skip
    case = Case(model, {"n": 1})

    before = case.open
    case.do("a", {"n": 5})
    case.do("d", {"n": 6})

    assert (before, case.open) == ("a c", "big c")


def test_a_conditional_event_that_is_true_at_once_does_not_wait():
    model = diagram(start(), catch("c", condition("n = 1")), user("a"), path("start", "c", "a"))

    assert Case(model, {"n": 1}).open == "a"
    assert [wait.kind for wait in Case(model, {"n": 2}).waits()] == ["condition"]


def test_a_cancelled_transaction_leaves_by_its_cancel_event():
    cancel = "<bpmn:cancelEventDefinition />"
    body = start("s") + user("a") + event("endEvent", "no", cancel) + path("s", "a", "no")
    model = diagram(
        start(), f'<bpmn:transaction id="tx">{body}</bpmn:transaction>', boundary("c", "tx", cancel), user("after"),
        path("start", "tx"), path("c", "after"),
    )  # fmt: skip
    case = Case(model)

    case.do("a")

    assert case.open == "after"


def test_a_parallel_multiple_event_waits_for_all_of_its_events():
    both = event("intermediateCatchEvent", "m", message("M") + message("N"), 'parallelMultiple="true"')
    model = diagram(start(), both, user("a"), path("start", "m", "a"), outside=OUTSIDE)
    case = Case(model)

    case.fire("m")
    half = [wait.detail["message"] for wait in case.waits()]
    case.fire("m")

    assert (half, case.open) == (["risposta"], "a")


def test_an_interrupting_condition_that_already_holds_at_the_start_takes_the_process_over_at_once():
    model = diagram(
        start(), user("a"), path("start", "a"),
        event_subprocess("esp", begins("c", condition("n = 1")), user("w"), path("c", "w")),
    )  # fmt: skip

    assert Case(model, {"n": 1}).open == "w"


def test_a_case_can_be_cancelled_with_everything_in_it():
    case = Case(withdrawal())

    case.cancel()

    assert (case.ended, case.outcome, case.waits()) == (True, None, [])
    assert case.told("cancelled") == ["a", "b"]


def test_the_moment_is_always_the_hosts():
    model = diagram(start(), catch("t", timing("timeDuration", "PT1H")), end(), path("start", "t", "end"))
    long_ago = NOW - timedelta(days=9_000)

    process = Process.begin(model, FeelHost(long_ago), {}, now=long_ago, business_key=None)

    assert process.waits()[0].detail["due"] == (long_ago + timedelta(hours=1)).isoformat()


def test_a_script_reads_what_the_one_before_it_wrote():
    model = diagram(
        start(), script("a", "n + 1", "n"), script("b", "n * 10", "m"), user("u"), path("start", "a", "b", "u"),
        flow("u", "b", "false"),
    )  # fmt: skip

    assert Case(model, {"n": 1}).variables == {"n": 2, "m": 20}
