"""Times and free times: over changes of the clock, ends of years, holidays and other people's meetings."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import agenda
from desk.agenda import Slot, cells, on_day, slot_at
from desk.agenda.availability import Absence, DeskDay, Presence
from desk.agenda.free import OpenTimes, free_among, on_days
from desk.calendar import Closure, Patron, WorkingCalendar, local_date
from desk.comuni.hours import ExtraordinaryOpening, Timetable, WeeklyHours
from desk.slots import QUARTER, STEP, minutes_of
from engine.civil_time import ROME

MINUTES = st.integers(0, 13 * 366 * 24 * 60 - 1)
MOMENTS = MINUTES.map(lambda minute: datetime.fromisoformat("2025-01-01T00:00") + timedelta(minutes=minute))
CHANGES = st.sampled_from(
    [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2026, 12, 31), date(2027, 1, 1)]
)
DAYS = st.one_of(CHANGES, st.dates(date(2026, 1, 1), date(2030, 12, 31)))
LENGTHS = st.sampled_from([15, 20, 30, 45, 60, 75, 90, 120])
CLOCK = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@st.composite
def intervals(draw):
    opens, closes = draw(st.tuples(CLOCK, CLOCK).filter(lambda pair: pair[0] != pair[1]))
    return (opens, closes) if opens < closes else (closes, opens)


@st.composite
def weeks(draw):
    return tuple(
        WeeklyHours(weekday, *draw(intervals()), every_weeks=every, valid_from=date(2026, 1, 5) if every > 1 else None)
        for weekday in range(7)
        if (every := draw(st.sampled_from([0, 1, 1, 2])))
    )


@st.composite
def openings(draw, day):
    calendar = WorkingCalendar(Patron(6, 29, "patrono"), (Closure(day, day, "ponte"),) if draw(st.booleans()) else ())
    extra = (ExtraordinaryOpening(day, *draw(intervals())),) if draw(st.booleans()) else ()
    absent = on_day(day, *draw(intervals()))
    away = (Absence("a", "sara", absent.starts, absent.ends, ""),) if absent.starts < absent.ends else ()
    visits = (DeskDay("sara", draw(st.sampled_from(["001042", "001208"])), day, *draw(intervals())),)
    there = Presence(draw(weeks()), away, visits if draw(st.booleans()) else ())
    return OpenTimes("001042", Timetable(draw(weeks()), extra, calendar), there, tuple(each.slot for each in away))


@given(MOMENTS, LENGTHS)
def test_a_time_is_written_and_read_back_and_lasts_as_long_as_it_says(moment, minutes):
    slot = slot_at(moment.strftime("%Y-%m-%dT%H:%M"), minutes)

    assert slot.minutes == minutes
    assert slot_at(slot.value, minutes) == slot or _shown_twice(slot)
    assert slot.starts.utcoffset() == timedelta(0)


def _shown_twice(slot):
    local = slot.starts.astimezone(ROME)
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


@given(MOMENTS, LENGTHS)
def test_quarters_cover_a_time_and_nothing_more(moment, minutes):
    slot = slot_at(moment.isoformat(), minutes)
    quarters = list(slot.quarters())

    assert quarters[0] <= slot.starts < quarters[0] + QUARTER
    assert quarters[-1] < slot.ends <= quarters[-1] + QUARTER
    assert all(later - earlier == QUARTER for earlier, later in pairwise(quarters))
    assert all(quarter.minute % 15 == 0 for quarter in quarters)


@given(MOMENTS, LENGTHS, MOMENTS, LENGTHS)
def test_times_that_meet_share_a_quarter_of_an_hour(one, minutes, other, others):
    first, second = slot_at(one.isoformat(), minutes), slot_at(other.isoformat(), others)

    if first.meets(second):
        assert cells.covering([first], ["r"]) & cells.covering([second], ["r"])


@pytest.mark.parametrize(
    ("value", "starts", "label"),
    [
        ("2026-12-01T09:00", (2026, 12, 1, 8, 0), "martedì 1 dicembre, dalle 9:00 alle 9:45"),
        ("2026-10-25T02:30", (2026, 10, 25, 0, 30), "domenica 25 ottobre, dalle 2:30 alle 2:15"),
        ("2027-03-28T02:30", (2027, 3, 28, 1, 30), "domenica 28 marzo, dalle 3:30 alle 4:15"),
        ("2026-12-31T23:30", (2026, 12, 31, 22, 30), "giovedì 31 dicembre, dalle 23:30 alle 0:15"),
        ("2026-07-01T01:00", (2026, 6, 30, 23, 0), "mercoledì 1 luglio, dall’1:00 all’1:45"),
        ("2026-12-01T09:00+00:00", (2026, 12, 1, 9, 0), "martedì 1 dicembre, dalle 10:00 alle 10:45"),
    ],
)
def test_times_are_read_and_said_in_italian_time(value, starts, label):
    slot = slot_at(value, 45)

    assert (slot.starts, slot.label) == (datetime(*starts, tzinfo=UTC), label)


@pytest.mark.parametrize("value", ["", "domani", 3, None, ["2026-12-01T09:00"], "2026-13-01T09:00", "0001-01-01T00:00"])
def test_what_is_no_time_is_none(value):
    assert slot_at(value, 45) is None


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_what_is_no_length_gives_no_time(minutes):
    assert slot_at("2026-12-01T09:00", minutes) is None


@given(st.data(), DAYS, LENGTHS)
@settings(deadline=None)
def test_free_times_lie_where_desk_and_analyst_are_and_nobody_has_them(data, day, minutes):
    where = data.draw(openings(day))
    grid = list(where.grid(day, minutes))
    busy = set(data.draw(st.lists(st.sampled_from(list(on_days(day, 1).quarters())), max_size=20)))
    free = list(free_among(where, busy, minutes, [day]))

    assert free == sorted(free)
    assert set(free) <= set(grid)
    desk = [on_day(day, each.opens, each.closes) for each in where.timetable.on(day)]
    there = where.presence.on(day, "001042")
    for slot in free:
        assert slot.minutes == minutes
        assert local_date(slot.starts) == day
        assert _within(slot, desk)
        assert _within(slot, there)
        assert not any(slot.meets(away) for away in where.absent)
        assert busy.isdisjoint(slot.quarters())
    for slot in set(grid) - set(free):
        assert not busy.isdisjoint(slot.quarters()) or any(slot.meets(away) for away in where.absent)


def _within(slot, hours):
    return any(each.starts <= slot.starts and slot.ends <= each.ends for each in hours)


@given(st.data(), DAYS, LENGTHS)
@settings(deadline=None)
def test_what_one_takes_never_moves_the_other_times(data, day, minutes):
    where = data.draw(openings(day))
    whole = list(free_among(where, set(), minutes, [day]))
    for taken in whole:
        quarters = set(taken.quarters())
        rest = list(free_among(where, quarters, minutes, [day]))
        assert rest == [slot for slot in whole if quarters.isdisjoint(slot.quarters())]


@given(DAYS, intervals(), LENGTHS)
def test_meetings_of_one_opening_begin_at_even_distances_and_do_not_meet(day, hours, minutes):
    weekly = tuple(WeeklyHours(weekday, *hours) for weekday in range(7))
    where = OpenTimes("001042", Timetable(openings=(ExtraordinaryOpening(day, *hours),)), Presence(weekly))
    grid = list(where.grid(day, minutes))

    for one, other in pairwise(grid):
        assert not one.meets(other)
        assert other.starts - one.ends < timedelta(minutes=STEP)
        assert (other.starts - one.starts) % timedelta(minutes=STEP) == timedelta(0)
    assert bool(grid) == (on_day(day, *hours).minutes >= minutes)


@given(DAYS)
def test_a_day_in_italy_has_the_hours_that_the_clock_gives_it(day):
    hours = {date(2026, 3, 29): 23, date(2027, 3, 28): 23, date(2026, 10, 25): 25}
    whole = on_days(day, 1)
    if day in hours:
        assert whole.minutes == hours[day] * 60
    assert local_date(whole.starts) == day == local_date(whole.ends - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("45", 45),
        (45, 45),
        (Decimal("45.0"), 45),
        (1440, 1440),
        *((each, None) for each in ("", "tanto", None, True, 0, 1441, "4.5", "NaN", "Infinity", [45])),
    ],
)
def test_a_length_is_a_whole_number_of_minutes_within_a_day(written, minutes):
    assert minutes_of(written) == minutes


def test_a_slot_is_what_it_says():
    slot = agenda.slot_at("2026-12-01T09:00", 45)

    assert slot == Slot(datetime(2026, 12, 1, 8, tzinfo=UTC), datetime(2026, 12, 1, 8, 45, tzinfo=UTC))
    assert (slot.value, slot.begins, slot.finishes) == ("2026-12-01T09:00", "9:00", "9:45")
