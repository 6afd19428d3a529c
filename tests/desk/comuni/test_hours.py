from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.calendar import Closure, DayOff, Patron, WorkingCalendar
from desk.comuni.hours import ExtraordinaryOpening, Timetable, WeeklyHours, refuse_impossible
from desk.errors import InvalidHours, OverlappingHours
from engine.civil_time import ROME

TUESDAY = WeeklyHours(1, time(9), time(12))
THURSDAY = WeeklyHours(3, time(15), time(18))
DESK = Timetable((TUESDAY, THURSDAY))


def rome(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME)


def test_an_open_desk_says_until_when():
    status = DESK.status(rome(24, 10))

    assert status.open_until == rome(24, 12)


def test_a_desk_that_opens_later_today_says_at_what_time():
    status = DESK.status(rome(24, 8))

    assert (status.open_until, status.next_opening) == (None, rome(24, 9))


def test_a_closed_desk_says_when_it_opens_next():
    status = DESK.status(rome(24, 12))

    assert (status.open_until, status.next_opening) == (None, rome(26, 15))


def test_a_desk_without_hours_promises_nothing():
    assert Timetable().status(rome(24, 10)).next_opening is None


def test_a_closure_on_a_usual_day_is_told_with_the_day_it_opens_again():
    closed = WorkingCalendar(closures=(Closure(date(2026, 11, 24), date(2026, 11, 24), "sala occupata"),))

    status = Timetable((TUESDAY,), calendar=closed).status(rome(23, 10))

    assert status.next_opening == datetime(2026, 12, 1, 9, tzinfo=ROME)
    assert (status.cancelled.day, status.cancelled.name) == (date(2026, 11, 24), "sala occupata")


def test_the_desk_is_closed_on_the_patrons_day():
    desk = Timetable((TUESDAY,), calendar=WorkingCalendar(Patron(11, 24, "Santa Prova")))

    assert desk.on(date(2026, 11, 24)) == ()
    assert desk.status(rome(24, 10)).cancelled.kind is DayOff.PATRON


def test_an_extraordinary_opening_wins_over_a_closure():
    closed = WorkingCalendar(closures=(Closure(date(2026, 11, 23), date(2026, 11, 27), "trasloco"),))
    opening = ExtraordinaryOpening(date(2026, 11, 24), time(17), time(19))

    status = Timetable((TUESDAY,), (opening,), closed).status(rome(24, 18))

    assert status.open_until == rome(24, 19)


def test_a_desk_may_open_on_saturday():
    saturday = Timetable((WeeklyHours(5, time(9), time(11)),))

    assert saturday.status(rome(28, 10)).open_until == rome(28, 11)


def test_hours_of_every_other_week_skip_the_weeks_between():
    desk = Timetable((WeeklyHours(1, time(9), time(12), valid_from=date(2026, 11, 23), every_weeks=2),))

    opens = [day for day in (24, 25) if desk.on(date(2026, 11, day))]

    assert opens == [24]
    assert desk.on(date(2026, 12, 1)) == ()
    assert desk.on(date(2026, 12, 8)) == ()  # the Immacolata falls in the desk's own week
    assert desk.status(rome(24, 13)).next_opening == datetime(2026, 12, 22, 9, tzinfo=ROME)


def test_hours_end_with_their_validity():
    desk = Timetable((WeeklyHours(1, time(9), time(12), valid_to=date(2026, 11, 24)),))

    assert desk.status(rome(24, 13)).next_opening is None


def test_opening_times_keep_the_clock_over_the_end_of_summer_time():
    desk = Timetable((WeeklyHours(6, time(9), time(12)), WeeklyHours(0, time(9), time(12))))

    status = desk.status(datetime(2026, 10, 24, 9, tzinfo=ROME))

    assert status.next_opening.isoformat() == "2026-10-25T09:00:00+01:00"


@pytest.mark.parametrize(
    "other",
    [
        WeeklyHours(1, time(11), time(13)),
        WeeklyHours(1, time(9, 30), time(10)),
        WeeklyHours(1, time(9), time(12), valid_from=date(2030, 1, 1)),
    ],
)
def test_hours_that_meet_are_refused(other):
    with pytest.raises(OverlappingHours):
        refuse_impossible([TUESDAY, THURSDAY, other])


def test_hours_that_only_touch_or_never_share_a_week_are_accepted():
    first = WeeklyHours(1, time(14), time(16), valid_from=date(2026, 11, 3), every_weeks=2)
    second = WeeklyHours(1, time(14), time(16), valid_from=date(2026, 11, 10), every_weeks=2)

    refuse_impossible([TUESDAY, WeeklyHours(1, time(12), time(14)), first, second])


@pytest.mark.parametrize(
    "hours",
    [
        WeeklyHours(1, time(12), time(9)),
        WeeklyHours(1, time(9), time(9)),
        WeeklyHours(1, time(9), time(12), every_weeks=2),
    ],
)
def test_hours_that_end_before_they_begin_or_alternate_from_no_date_are_refused(hours):
    with pytest.raises(InvalidHours):
        refuse_impossible([hours])


days = st.dates(date(2026, 1, 1), date(2028, 1, 1))
moments = st.builds(datetime.combine, days, st.times(), st.just(ROME))


@settings(deadline=None)
@given(moments)
def test_the_next_opening_is_a_moment_at_which_the_desk_is_open(now):
    opening = DESK.status(now).next_opening

    assert opening > now
    assert DESK.status(opening).open_until is not None
