"""Termination, links, signals, conditions and cancellation."""

from datetime import timedelta

from engine.spiff.process import Process
from tests.engine.diagrams import end, flow, gateway, path, start, user
from tests.engine.spiff.given import (
    NOW,
    OUTSIDE,
    Case,
    FeelHost,
    begins,
    boundary,
    catch,
    condition,
    diagram,
    event,
    event_subprocess,
    message,
    script,
    signal,
    subprocess,
    throw,
    timing,
)


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


def test_a_signal_wins_a_race_against_itself_once():
    model = diagram(
        start(), gateway("parallel", "f"), gateway("eventBased", "g"), catch("c1", signal("S")), catch("c2", signal("S")),
        user("x"), user("y"), user("go"), throw("t", signal("S")), path("start", "f", "g", "c1", "x"), path("g", "c2", "y"),
        path("f", "go", "t"), outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.do("go")

    assert case.open == "x"


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


def test_an_interrupting_condition_that_already_holds_takes_an_activity_away_at_once():
    receive = '<bpmn:receiveTask id="m" messageRef="N" />'
    model = diagram(
        start(), receive, boundary("c", "m", condition("n = 1")), boundary("late", "m", timing("timeDuration", "P1D")),
        user("a"), path("start", "m"), path("c", "a"), outside=OUTSIDE,
    )  # fmt: skip

    assert [wait.element for wait in Case(model, {"n": 1}).waits()] == ["a"]


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
