"""Messages that come in and go out, and event subprocesses that they start."""

import pytest

from tests.engine.diagrams import end, gateway, path, start, user
from tests.engine.spiff.given import (
    OUTSIDE,
    Case,
    begins,
    boundary,
    catch,
    diagram,
    event,
    event_subprocess,
    message,
    subprocess,
    throw,
    timing,
)


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


def test_a_start_event_with_two_messages_may_be_begun_by_either():
    model = diagram(event("startEvent", "s", message("M") + message("N")), user("a"), path("s", "a"), outside=OUTSIDE)

    assert [each.detail for each in model.starts] == [{"message": "ritiro"}, {"message": "risposta"}]
    assert Case(model.starting_at("s")).open == "a"
    with pytest.raises(KeyError):
        model.starting_at("a")


def test_an_event_definition_may_stand_elsewhere_in_the_file():
    refer = '<bpmn:intermediateCatchEvent id="m"><bpmn:eventDefinitionRef>D</bpmn:eventDefinitionRef></bpmn:intermediateCatchEvent>'
    outside = OUTSIDE + '<bpmn:messageEventDefinition id="D" messageRef="N" />'
    model = diagram(start(), refer, user("a"), path("start", "m", "a"), outside=outside)

    assert model.elements["m"].events == ("message",)
    assert Case(model).find("m").detail["message"] == "risposta"


def test_a_parallel_multiple_boundary_event_waits_for_all_of_its_events():
    both = event("boundaryEvent", "m", message("M") + message("N"), 'attachedToRef="a" parallelMultiple="true"')
    model = diagram(start(), user("a"), both, user("b"), path("start", "a"), path("m", "b"), outside=OUTSIDE)
    case = Case(model)

    case.fire("m")
    half = case.open
    case.fire("m")

    assert (half, case.open) == ("a", "b")


def test_a_case_can_be_cancelled_with_everything_in_it():
    case = Case(withdrawal())

    case.cancel()

    assert (case.ended, case.outcome, case.waits()) == (True, None, [])
    assert case.told("cancelled") == ["a", "b"]
