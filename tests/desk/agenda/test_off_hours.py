from datetime import date, time

import pytest

from desk import comuni
from desk.agenda.off_hours import meetings_off_hours
from desk.calendar import Closure
from desk.comuni.hours import ExtraordinaryOpening, WeeklyHours
from tests.kit.databases import statements
from tests.kit.meetings import NINE, TEN, THREE, Called, at, open_desks
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, MARTA

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def called(store, now):
    open_desks(store)
    return Called(store, now).decide(proposte=[NINE, THREE])


def off_hours(store, now, viewer=MARTA):
    with store.snapshot(now) as uow:
        return meetings_off_hours(uow, comuni.get(uow, BUROLO), viewer)


def close(store, day=TUESDAY):
    with store.unit_of_work() as uow:
        comuni.close(uow, BUROLO, Closure(day, day, "assemblea"), ADMINISTRATOR)


def test_meetings_within_the_hours_need_no_attention(called, store, now):
    assert off_hours(store, now) == ()


def test_a_meeting_on_a_day_that_closed_is_listed(called, store, now):
    close(store)

    (listed,) = off_hours(store, now)
    assert (listed.slot, listed.number, listed.held) == (at(NINE), called.case.number, True)


def test_a_meeting_that_hours_no_longer_cover_is_listed(called, store, now):
    with store.unit_of_work() as uow:
        hours = [WeeklyHours(1, time(9), time(9, 30)), WeeklyHours(3, time(15), time(18))]
        comuni.set_hours(uow, BUROLO, hours, ADMINISTRATOR)

    assert [each.slot for each in off_hours(store, now)] == [at(NINE)]


def test_an_extraordinary_opening_covers_it_again(called, store, now):
    close(store)
    with store.unit_of_work() as uow:
        comuni.open_on(uow, BUROLO, ExtraordinaryOpening(TUESDAY, time(9), time(10)), ADMINISTRATOR)

    assert off_hours(store, now) == ()


def test_a_time_that_was_not_chosen_is_not_listed(called, store, now):
    called.decide(appuntamento=THREE)
    close(store)

    assert off_hours(store, now) == ()


def test_a_meeting_at_a_distance_needs_no_open_desk(store, now):
    open_desks(store)
    Called(store, now).decide(proposte=[TEN], in_comune=False)
    close(store)

    assert off_hours(store, now) == ()


def test_who_sees_no_case_reads_times_without_numbers(called, store, now):
    close(store)

    (listed,) = off_hours(store, now, ADMINISTRATOR)
    assert (listed.slot, listed.number, listed.requester) == (at(NINE), None, None)


def test_one_statement_tells(called, store, now):
    with store.snapshot(now) as uow:
        comune = comuni.get(uow, BUROLO)
        with statements(store) as sent:
            meetings_off_hours(uow, comune, MARTA)

    assert len(sent) == 1
