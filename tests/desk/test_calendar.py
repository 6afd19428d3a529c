from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.calendar import ITALY, Closure, DayOff, Patron, TooFar, WorkingCalendar, local_date

BUROLO = WorkingCalendar(
    Patron(6, 29, "Santi Pietro e Paolo"), (Closure(date(2026, 8, 10), date(2026, 8, 21), "ferie"),)
)

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
patient = settings(deadline=None)  # the first example of a year computes its holidays
near = st.dates(date(2025, 1, 1), date(2028, 12, 31))
counts = st.integers(1, 300)
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))


@patient
@given(days, counts)
def test_the_count_back_from_a_deadline_is_the_count_that_made_it(start, count):
    assert BUROLO.between(start, BUROLO.after(start, count)) == count


@patient
@given(days, counts)
def test_a_deadline_is_always_a_working_day(start, count):
    assert BUROLO.is_working_day(BUROLO.after(start, count))


@patient
@given(days, counts)
def test_one_working_day_more_ends_later(start, count):
    assert BUROLO.after(start, count) < BUROLO.after(start, count + 1)


@patient
@given(days, days, counts)
def test_who_starts_later_never_ends_earlier(one, other, count):
    first, second = sorted((one, other))

    assert BUROLO.after(first, count) <= BUROLO.after(second, count)


@patient
@given(days, counts)
def test_counting_back_undoes_counting_on_from_a_working_day(start, count):
    begun = BUROLO.after(start, 0)

    assert BUROLO.after(BUROLO.after(begun, count), -count) == begun


@patient
@given(near, near)
def test_counting_the_other_way_round_changes_the_sign(one, other):
    assert BUROLO.between(one, other) == -BUROLO.between(other, one)


@patient
@given(near, near, near)
def test_counts_of_adjoining_spans_add_up(one, other, third):
    first, middle, last = sorted((one, other, third))

    assert BUROLO.between(first, middle) + BUROLO.between(middle, last) == BUROLO.between(first, last)


@patient
@given(days, counts)
def test_the_explanation_accounts_for_every_day_passed(start, count):
    explained = BUROLO.explain(start, count)

    assert (explained.end - start).days == count + len(explained.skipped)


@patient
@given(days, counts)
def test_the_explanation_of_a_count_back_accounts_for_every_day_too(start, count):
    explained = BUROLO.explain(start, -count)

    assert (start - explained.end).days == count + len(explained.skipped)


def test_zero_working_days_from_a_saturday_is_monday():
    assert ITALY.after(date(2026, 11, 21), 0) == date(2026, 11, 23)


@pytest.mark.parametrize("year", [2027, 2028, 2032])
def test_san_francesco_is_a_holiday_from_2026(year):
    assert ITALY.day_off(date(year, 10, 4)).kind in (DayOff.HOLIDAY, DayOff.WEEKEND)
    assert "San Francesco d’Assisi" in ITALY.closed(date(year, 10, 4)).name


def test_san_francesco_was_a_working_day_before():
    assert ITALY.is_working_day(date(2024, 10, 4))


@pytest.mark.parametrize(
    ("year", "monday"), [(2025, date(2025, 4, 21)), (2026, date(2026, 4, 6)), (2027, date(2027, 3, 29))]
)
def test_easter_monday_moves_with_easter(year, monday):
    assert ITALY.day_off(monday).kind is DayOff.HOLIDAY
    assert ITALY.after(monday - timedelta(3), 1) == monday + timedelta(1)


def test_a_term_over_the_year_end_skips_christmas_and_epiphany():
    explained = ITALY.explain(date(2026, 12, 23), 8)

    assert explained.end == date(2027, 1, 7)
    assert [off.day.day for off in explained.skipped if off.kind is DayOff.HOLIDAY] == [25, 1, 6]


def test_the_patron_of_turin_is_no_holiday_elsewhere_in_its_province():
    assert ITALY.is_working_day(date(2026, 6, 24))


def test_the_patron_and_the_closures_of_the_comune_do_not_count():
    assert BUROLO.day_off(date(2026, 6, 29)).kind is DayOff.PATRON
    assert BUROLO.after(date(2026, 8, 7), 1) == date(2026, 8, 24)


def test_a_term_ends_with_the_last_second_of_its_day_in_italy():
    friday = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)  # summer time ends on Sunday

    ends = ITALY.deadline(friday, 1)

    assert ends.astimezone(UTC) == datetime(2026, 10, 26, 22, 59, 59, tzinfo=UTC)


def test_a_term_that_begins_late_in_the_evening_begins_on_the_italian_day():
    monday_in_rome = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert ITALY.deadline(monday_in_rome, 1).date() == date(2026, 11, 24)


@patient
@given(moments, st.integers(1, 50))
def test_the_day_of_a_deadline_is_so_many_working_days_after_the_day_it_was_set(now, count):
    assert ITALY.between(local_date(now), ITALY.deadline(now, count).date()) == count


@pytest.mark.parametrize("count", [10**6, -(10**6)])
def test_a_count_beyond_any_sense_is_refused(count):
    with pytest.raises(TooFar):
        ITALY.after(date(2026, 1, 1), count)


def test_a_comune_that_never_opens_again_has_no_deadline():
    closed = WorkingCalendar(closures=(Closure(date(2026, 1, 1), date.max, "soppresso"),))

    with pytest.raises(TooFar):
        closed.after(date(2026, 1, 1), 1)


def test_the_calendar_does_not_run_over_its_last_day():
    with pytest.raises(TooFar):
        ITALY.after(date.max - timedelta(2), 30)
