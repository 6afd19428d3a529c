import contextlib
import gc
import time
from time import thread_time

import pytest

from engine import feel
from engine.feel import Budget, BudgetExceeded, FeelError


def test_evaluations_that_share_an_allowance_end_together():
    allowance = feel.Allowance(seconds=0.05)

    with pytest.raises(FeelError, match="insieme"):
        for _ in range(1_000):
            with allowance as budget, contextlib.suppress(feel.BudgetExceeded):
                feel.evaluate("for i in 1..5000 return i", budget=budget)


def test_what_is_done_between_evaluations_takes_nothing_of_their_allowance():
    allowance, started = feel.Allowance(seconds=0.05), time.thread_time()
    while time.thread_time() < started + 0.1:
        sum(range(1000))

    with allowance as budget:
        assert feel.evaluate("1 + 1", budget=budget) == 2


def test_a_cell_stops_where_its_budget_does():
    with pytest.raises(FeelError):
        feel.unary("count(for i in 1..1000 return i) > ?", 1, budget=Budget(steps=100))


@pytest.mark.parametrize(
    ("text", "context", "budget"),
    [
        ("for i in 1..300 return [[i], [i]]", {}, Budget(steps=2_000, seconds=60)),
        ("for i in 1..300 return matches(t, p)", {"t": "a", "p": "a|" * 400 + "b"}, Budget(steps=5_000, seconds=60)),
        ("for i in 1..100 return s", {"s": "x" * 1_000}, Budget(size=50_000, seconds=60)),
    ],
)
def test_what_a_step_makes_large_is_counted(text, context, budget):
    with pytest.raises(FeelError):
        feel.evaluate(text, context, budget=budget)


def test_a_list_too_long_to_sort_is_refused_before_its_items_are_compared():
    compared = []
    text, context = "sort(xs, function(a, b) look(a))", {"xs": list(range(200))}

    with pytest.raises(FeelError):
        feel.evaluate(text, context, functions={"look": compared.append}, budget=Budget(steps=300))

    assert compared == []


def busy(seconds):
    """Make a function of the host that takes some processor time."""

    def work():
        end = thread_time() + seconds
        while thread_time() < end:
            continue
        return 1

    return work


def test_what_the_host_s_functions_take_is_not_the_expression_s_time():
    text = "sum(for i in 1..2000 return i) + busy() + sum(for i in 1..2000 return i)"

    assert feel.evaluate(text, functions={"busy": busy(2 * Budget().seconds)}) == 2 * 2001000 + 1


def test_the_host_s_functions_cannot_be_called_for_ever():
    text = "count(for i in 1..20000 return busy())"

    with pytest.raises(BudgetExceeded, match="troppo tempo"):
        feel.evaluate(text, functions={"busy": busy(0.01)})


def test_a_collection_of_garbage_is_not_the_expression_s_time():
    held = [[] for _ in range(300_000)]
    began = thread_time()
    gc.collect()
    times = int(1 / (thread_time() - began)) + 1  # a second of them

    text = f"sum(for i in 1..{times} return collect())"

    assert feel.evaluate(text, functions={"collect": lambda: gc.collect() * 0}) == 0
    assert held
