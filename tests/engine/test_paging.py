"""Pages of a list, on each database: their keys, their numbers, and what a list that changes meanwhile does to them."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from engine import deployments, instances, paging, tasks
from engine.paging import cut
from tests.engine.conftest import ADA
from tests.engine.diagrams import line

IDS_READ = 2
"""The statement of a page that reads its ids: its rows come before, the keys of other pages after."""


@pytest.fixture
def full(each_store, tmp_path, now):
    """Twelve tasks, due one day after another."""
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, line(tmp_path, attributes='camunda:dueDate="P3D"'))
    for number in range(12):
        with each_store.unit_of_work(now + timedelta(days=number)) as uow:
            instances.start(uow, "riga", ADA, scope="001030")
    return each_store


def ids(page):
    return [task.id for task in page.items]


def test_every_page_can_be_reached_from_every_other(full):
    with full.snapshot() as uow:
        whole = ids(tasks.queue(uow, ADA, size=12))
        second = tasks.queue(uow, ADA, size=5, after=tasks.queue(uow, ADA, size=5).next)
        pages = [ids(tasks.queue(uow, ADA, size=5, after=key)) for key in (None, *second.starts.values())]

    assert pages == [whole[:5], whole[5:10], whole[10:]]
    assert (second.before, second.count) == (5, 12)


def test_a_list_that_ends_with_its_page_has_no_page_after_it(full):
    with full.snapshot() as uow:
        page = tasks.queue(uow, ADA, size=6)

    assert list(page.starts) == [1]
    with full.snapshot() as uow:
        assert tasks.queue(uow, ADA, size=6, after=page.starts[1]).next is None


def test_the_latest_first_has_pages_of_its_own(full):
    with full.unit_of_work() as uow:
        for task in tasks.queue(uow, ADA, size=5).items:
            tasks.complete(uow, task.id, ADA, {})
    with full.snapshot() as uow:
        page = tasks.done(uow, ADA, size=2)
        third = tasks.done(uow, ADA, size=2, after=page.starts[2])

    assert (len(page.starts), third.before, len(third.items)) == (2, 4, 1)


def test_a_row_that_leaves_hides_none_of_those_on_the_next_page(full):
    with full.snapshot() as uow:
        whole, first = ids(tasks.queue(uow, ADA, size=12)), tasks.queue(uow, ADA, size=5)
    with full.unit_of_work() as uow:
        tasks.claim(uow, first.items[0].id, ADA)

    with full.snapshot() as uow:
        second = tasks.queue(uow, ADA, size=5, after=first.next)

    assert ids(second) == whole[5:10]
    assert second.before == 4


def test_an_address_past_the_end_shows_the_first_page(full):
    with full.snapshot() as uow:
        last = tasks.queue(uow, ADA, size=5).starts[2]
    with full.unit_of_work() as uow:
        for task in tasks.queue(uow, ADA, size=12, after=last).items:
            tasks.claim(uow, task.id, ADA)

    with full.snapshot() as uow:
        assert tasks.queue(uow, ADA, size=5, after=last) == tasks.queue(uow, ADA, size=5)


def test_past_the_cap_pages_still_follow_and_nobody_counts_on(full, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 6)
    with full.snapshot() as uow:
        page = tasks.queue(uow, ADA, size=3)
        starts = page.starts
        while page.next:
            page = tasks.queue(uow, ADA, size=3, after=page.next)

    assert (page.count, page.capped, page.before) == (6, True, 7)
    assert len(starts) == 2
    assert len(page.items) == 3


@pytest.mark.parametrize(
    ("current", "near"), [(0, [1, 2, 11]), (1, [1, 2, 3, 11]), (5, [3, 4, 5, 6, 7, 11]), (11, [9, 10, 11])]
)
def test_of_many_pages_those_near_and_the_last_can_be_reached(full, current, near):
    with full.snapshot() as uow:
        whole = ids(tasks.queue(uow, ADA, size=12))
        page = tasks.queue(uow, ADA, size=1)
        for _ in range(current):
            page = tasks.queue(uow, ADA, size=1, after=page.next)
        reached = {number: ids(tasks.queue(uow, ADA, size=1, after=key)) for number, key in page.starts.items()}

    assert (page.before, page.count) == (current, 12)
    assert reached == {number: [whole[number]] for number in near}
    assert list(reached) == list(cut(range(12), str(current), 1).starts) == near


@pytest.mark.parametrize(("size", "pages", "most"), [(12, 1, 1), (11, 2, 3), (4, 3, 3), (1, 12, 3)])
def test_a_page_asks_for_no_more_than_it_needs(full, size, pages, most):
    asked = []
    event.listen(full.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with full.snapshot() as uow:
        key = None
        for _ in range(pages):
            asked.clear()
            key = tasks.queue(uow, ADA, size=size, after=key).next

            assert len([one for one in asked if one.startswith("SELECT")]) <= most

    assert key is None


def test_a_row_that_leaves_while_a_page_is_read_costs_a_link_at_most(full):
    """Of two statements of one reading the second may see more than the first on PostgreSQL."""
    with full.snapshot() as uow:
        last_of_next = tasks.queue(uow, ADA, size=12).items[9]
    asked = []

    def complete_meanwhile(*call):
        asked.append(call[2])
        if len(asked) == IDS_READ:
            with full.unit_of_work() as other:
                tasks.complete(other, last_of_next.id, ADA, {})

    with full.snapshot() as uow:
        event.listen(full.engine, "after_cursor_execute", complete_meanwhile)
        page = tasks.queue(uow, ADA, size=5)

    assert (len(page.items), page.count) == (5, 12)
    assert 1 in page.starts


def test_what_is_only_counted_has_no_rows(full):
    with full.snapshot() as uow:
        page = tasks.queue(uow, ADA, size=0)

    assert (page.items, page.count, page.capped) == ((), 12, False)


@pytest.mark.parametrize(
    ("after", "items", "following"),
    [
        (None, "ab", "2"),
        ("2", "cd", "4"),
        ("4", "e", None),
        ("5", "ab", "2"),
        ("boh", "ab", "2"),
        ("9" * 99, "ab", "2"),
    ],
)
def test_a_short_list_that_is_read_whole_is_cut_by_place(after, items, following):
    page = cut("abcde", after, 2)

    assert ("".join(page.items), page.next, page.count) == (items, following, 5)
    assert page.starts == {1: "2", 2: "4"}
