"""Where paths part and meet."""

import pytest

from engine.errors import ExpressionFailed, NoPathChosen
from tests.engine.diagrams import end, flow, gateway, path, start, user
from tests.engine.spiff.given import OUTSIDE, Case, boundary, diagram, message, subprocess, timing


def test_an_exclusive_gateway_takes_the_first_true_flow_in_the_files_order():
    model = diagram(
        start(), gateway("exclusive", "x"), user("a"), user("b"), end(),
        path("start", "x"), flow("x", "a", "n &gt; 1"), flow("x", "b", "n &gt; 0"), path("a", "end"), path("b", "end"),
    )  # fmt: skip

    case = Case(model, {"n": 2})

    assert case.open == "a"
    assert case.told("flow") == ["start_x", "x_a"]


def test_an_exclusive_gateway_falls_back_on_its_default_flow():
    model = diagram(
        start(), gateway("exclusive", "x", 'default="x_b"'), user("a"), user("b"),
        path("start", "x"), flow("x", "a", "n &gt; 1"), flow("x", "b"),
    )  # fmt: skip

    assert Case(model, {"n": 0}).open == "b"


@pytest.mark.parametrize("kind", ["exclusive", "inclusive"])
def test_a_gateway_without_a_way_out_refuses_the_transition(kind):
    model = diagram(
        start(), gateway(kind, "x"), user("a"), user("b"),
        path("start", "x"), flow("x", "a", "n &gt; 1"), flow("x", "b", "n &gt; 5"),
    )  # fmt: skip

    with pytest.raises(NoPathChosen, match="x"):
        Case(model, {"n": 0})


def test_a_condition_that_is_neither_true_nor_false_names_its_flow():
    model = diagram(
        start(), gateway("exclusive", "x"), user("a"), user("b"),
        path("start", "x"), flow("x", "a", "n + 1"), flow("x", "b", "true"),
    )  # fmt: skip

    with pytest.raises(ExpressionFailed) as refusal:
        Case(model, {"n": 0})

    assert refusal.value.element_id == "x_a"


def test_a_parallel_join_waits_for_every_branch():
    model = diagram(
        start(), gateway("parallel", "f"), user("a"), user("b"), gateway("parallel", "j"), user("c"),
        path("start", "f", "a", "j", "c"), path("f", "b", "j"),
    )  # fmt: skip
    case = Case(model)

    case.do("a")
    half = case.open
    case.do("b")

    assert (half, case.open) == ("b", "c")


LOOP = (
    start(), gateway("exclusive", "again"), gateway("parallel", "f"), user("a"), user("b"), gateway("parallel", "j"),
    user("choose"), gateway("exclusive", "x", 'default="x_end"'), end(),
    path("start", "again", "f", "a", "j", "choose", "x", "end"), path("f", "b", "j"), flow("x", "again", "more"),
)  # fmt: skip


def test_a_parallel_join_in_a_loop_counts_each_turn_by_itself():
    case = Case(diagram(*LOOP))

    for _ in range(5):
        case.do("b")
        assert case.open == "a"
        case.do("a")
        assert case.open == "choose"
        case.do("choose", {"more": True})

    assert case.open == "a b"


def test_a_second_token_on_a_joins_flow_waits_for_its_own_partner():
    model = diagram(
        start(), gateway("parallel", "f"), user("a"), user("b"), user("c"), gateway("exclusive", "m"),
        gateway("parallel", "j"), user("d"),
        path("start", "f", "a", "m", "j", "d"), path("f", "b", "m"), path("f", "c", "j"),
    )  # fmt: skip
    case = Case(model)

    case.do("a")
    case.do("b")
    case.do("c")

    assert case.open == "d"
    case.do("d")
    assert not case.ended, "the second token still waits at the join"


def test_two_tokens_on_every_flow_of_a_join_go_on_as_two():
    autos = "".join(f'<bpmn:task id="{name}" />' for name in "abcd")
    model = diagram(
        start(), gateway("parallel", "f"), autos, gateway("exclusive", "m"), gateway("exclusive", "n"),
        gateway("parallel", "j"), user("u"), path("start", "f"), *(path("f", name) for name in "abcd"),
        path("a", "m", "j", "u"), path("b", "m"), path("c", "n", "j"), path("d", "n"),
    )  # fmt: skip

    assert Case(model).open == "u u"


def inclusive_loop():
    return diagram(
        start(), gateway("exclusive", "again"), gateway("inclusive", "f"), user("a"), user("b"), user("c"),
        gateway("inclusive", "j"), user("choose"), gateway("exclusive", "x", 'default="x_end"'), end(),
        path("start", "again", "f"), flow("f", "a", "list contains(ways, &quot;a&quot;)"),
        flow("f", "b", "list contains(ways, &quot;b&quot;)"), flow("f", "c", "list contains(ways, &quot;c&quot;)"),
        path("a", "j", "choose", "x", "end"), path("b", "j"), path("c", "j"), flow("x", "again", "more"),
    )  # fmt: skip


def test_an_inclusive_join_waits_for_the_branches_that_were_taken():
    case = Case(inclusive_loop(), {"ways": ["a", "c"]})

    opened = case.open
    case.do("c")
    half = case.open
    case.do("a")

    assert (opened, half, case.open) == ("a c", "a", "choose")


def test_an_inclusive_join_in_a_loop_counts_each_turn_by_itself():
    case = Case(inclusive_loop(), {"ways": ["a", "b", "c"]})

    for ways in (["b"], ["a", "b"], ["a", "b", "c"]):
        for one in case.open.split():
            case.do(one)
        case.do("choose", {"more": True, "ways": ways})
        assert case.open == " ".join(ways)


def test_an_inclusive_join_inside_a_loop_does_not_wait_for_a_parallel_branch_beside_it():
    # The other branch could come round to the gateway only by way of the flow that already holds a token.
    model = diagram(
        start(), gateway("parallel", "f"), gateway("exclusive", "m"), gateway("inclusive", "i"), user("a"),
        user("side"), gateway("parallel", "j"), gateway("exclusive", "x", 'default="x_end"'), end(),
        path("start", "f", "m", "i", "a", "j", "x", "end"), path("f", "side", "j"), flow("x", "m", "more"),
        user("other"), path("f", "other", "i"),
    )  # fmt: skip
    case = Case(model)

    assert case.open == "other side"
    case.do("other")

    assert case.open == "a side"


def test_an_inclusive_join_does_not_wait_for_a_token_that_could_come_by_a_full_flow_too():
    # The token at «side» could come round to both flows of «i», but only once «i» has let its own token through.
    model = diagram(
        start(), gateway("exclusive", "again"), gateway("parallel", "f"), gateway("inclusive", "s"), user("a"), user("b"),
        gateway("inclusive", "i"), user("side"), gateway("parallel", "j"), user("choose"),
        gateway("exclusive", "x", 'default="x_end"'), end(), path("start", "again", "f", "s"), flow("s", "a", "way = 1"),
        flow("s", "b", "way = 2"), path("a", "i", "j", "choose", "x", "end"), path("b", "i"), path("f", "side", "j"),
        flow("x", "again", "true"),
    )  # fmt: skip
    case = Case(model, {"way": 1})

    case.do("a")
    case.do("side")

    assert case.open == "choose"


def test_a_token_inside_a_subprocess_holds_an_inclusive_join_back():
    model = diagram(
        start(), gateway("inclusive", "f"), user("a"), subprocess("sub", start("s"), user("deep"), path("s", "deep")),
        gateway("inclusive", "j"), user("c"), path("start", "f", "a", "j", "c"), path("f", "sub", "j"),
    )  # fmt: skip
    case = Case(model)

    case.do("a")
    half = case.open
    case.do("deep")

    assert (half, case.open) == ("deep", "c")


def test_an_inclusive_join_knows_that_a_boundary_event_may_still_send_a_token():
    model = diagram(
        start(), gateway("parallel", "f"), user("a"), user("b"), boundary("late", "b", timing("timeDuration", "P1D")),
        gateway("inclusive", "j"), user("c"), end(), path("start", "f", "a", "j", "c"), path("f", "b", "end"),
        path("late", "j"),
    )  # fmt: skip
    case = Case(model)

    case.do("a")
    half = case.open
    case.do("b")

    assert (half, case.open) == ("b", "c")


@pytest.mark.parametrize("interrupting", [False, True])
@pytest.mark.parametrize("further", [(), ("aside",)])
def test_what_a_boundary_event_sent_does_not_stand_in_for_the_path_of_its_activity(interrupting, further):
    model = diagram(
        start(), user("a"), boundary("b", "a", message("M"), interrupting=interrupting), gateway("inclusive", "j"),
        user("aside"), user("c"), end(), path("start", "a", "j", "c", "end"), path("b", *further, "j"), outside=OUTSIDE,
    )  # fmt: skip
    case = Case(model)

    case.fire("b")
    opened = [case.open]
    for task in (*further, *(() if interrupting else ("a",))):
        case.do(task)
        opened.append(case.open)

    assert opened[-1] == "c"
    assert not any("c" in each for each in opened[:-1])
    case.do("c")
    assert case.ended


def test_a_task_with_several_plain_flows_splits_as_if_by_a_parallel_gateway():
    model = diagram(start(), user("a"), user("b"), user("c"), path("start", "a", "b"), path("a", "c"))
    case = Case(model)

    case.do("a")

    assert case.open == "b c"


def test_a_tasks_default_flow_is_taken_only_when_no_condition_is_true():
    model = diagram(
        start(), user("a", attributes='default="a_c"'), user("b"), user("c"),
        path("start", "a"), flow("a", "b", "n = 1"), flow("a", "c"),
    )  # fmt: skip
    yes, no = Case(model, {"n": 1}), Case(model, {"n": 2})

    yes.do("a")
    no.do("a")

    assert (yes.open, no.open) == ("b", "c")


def test_a_plain_flow_does_not_stand_in_for_a_true_condition():
    model = diagram(
        start(), user("a", attributes='default="a_c"'), user("b"), user("c"), user("d"), path("start", "a"),
        flow("a", "b", "n = 1"), flow("a", "c"), path("a", "d"),
    )  # fmt: skip
    yes, no = Case(model, {"n": 1}), Case(model, {"n": 2})

    yes.do("a")
    no.do("a")

    assert (yes.open, no.open) == ("b d", "c d")
