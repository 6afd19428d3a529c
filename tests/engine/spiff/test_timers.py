"""When timers are due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine import feel
from engine.spiff.timers import check_literal, first_wait, moment_of, next_wait, read_cycle, read_duration

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("P3D", "2026-11-26T11:00:00+00:00"),
        ("PT1H30M", "2026-11-23T12:30:00+00:00"),
        ("P2W", "2026-12-07T11:00:00+00:00"),
        ("P1Y2M", "2028-01-23T11:00:00+00:00"),
        ("-P1D", "2026-11-22T11:00:00+00:00"),
        ("2026-12-01", "2026-11-30T23:00:00+00:00"),
        ("2026-12-01T09:00:00+01:00", "2026-12-01T08:00:00+00:00"),
        ("2026-12-01T09:00:00", "2026-12-01T08:00:00+00:00"),
        ("2026-07-01T09:00:00Z", "2026-07-01T09:00:00+00:00"),
        (date(2026, 7, 1), "2026-06-30T22:00:00+00:00"),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), "2026-07-01T09:00:00+00:00"),
        (feel.evaluate('duration("P1DT2H")'), "2026-11-24T13:00:00+00:00"),
        (feel.evaluate('duration("-PT2H")'), "2026-11-23T09:00:00+00:00"),
        (feel.evaluate('duration("P1M")'), "2026-12-23T11:00:00+00:00"),
    ],
)
def test_a_moment_is_read_in_the_offices_time_zone(text, due):
    assert moment_of(text, NOON).isoformat() == due


def test_days_keep_the_time_of_day_when_the_clocks_change():
    before = datetime(2026, 3, 28, 9, tzinfo=UTC)

    assert moment_of("P1D", before) == datetime(2026, 3, 29, 8, tzinfo=UTC)
    assert moment_of("PT24H", before) == datetime(2026, 3, 29, 9, tzinfo=UTC)


def test_a_month_ends_where_it_ends():
    assert moment_of("P1M", datetime(2027, 1, 31, 11, tzinfo=UTC)) == datetime(2027, 2, 28, 11, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "3D", "P1D2H", "P-1D", "domani", "P1.5D", "P" + "9" * 400 + "D"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError):
        read_duration(text)


@pytest.mark.parametrize("text", ["R3", "R0/PT1H", "PT1H", "R3/PT1H/PT1H/PT1H", "0 0 * * *", "R-1/P1D"])
def test_what_is_no_cycle_is_refused(text):
    with pytest.raises(ValueError):
        read_cycle(text)


def test_a_cycle_may_say_when_it_begins():
    wait = first_wait("timeCycle", "R2/2026-12-01T09:00:00+01:00/P1D", NOON)

    following = next_wait(wait, NOON)

    assert (wait["due"], following["due"]) == ("2026-12-01T08:00:00+00:00", "2026-12-02T08:00:00+00:00")
    assert next_wait(following, NOON) is None


@pytest.mark.parametrize(
    ("cycle", "woken", "following"),
    [
        ("R/PT1H", {"hours": 1}, ("2026-12-01T13:00:00+00:00", None)),
        ("R/PT1H", {"hours": 22, "minutes": 30}, ("2026-12-02T10:00:00+00:00", None)),
        ("R/PT1H", {"hours": 22}, ("2026-12-02T10:00:00+00:00", None)),
        ("R/P1D", {"days": 200, "hours": 3}, ("2027-06-20T10:00:00+00:00", None)),
        ("R/P1DT1H", {"days": 3}, ("2026-12-04T14:00:00+00:00", None)),
        ("R/P1M", {"days": 60}, ("2027-02-01T11:00:00+00:00", None)),
        ("R5/PT1H", {"hours": 3, "minutes": 1}, ("2026-12-01T15:00:00+00:00", 2)),
        ("R3/PT1H", {"hours": 2, "minutes": 1}, ("2026-12-01T14:00:00+00:00", 1)),
        ("R3/PT1H", {"hours": 3, "minutes": 1}, None),
        ("R3/P1D", {"days": 100}, None),
    ],
)
def test_a_cycle_that_slept_goes_on_with_the_next_turn_in_the_future(cycle, woken, following):
    begun = datetime(2026, 12, 1, 11, tzinfo=UTC)

    wait = next_wait(first_wait("timeCycle", cycle, begun), begun + timedelta(**woken))

    assert (wait and (wait["due"], wait["left"])) == following


def test_a_cycle_that_began_long_ago_costs_no_more_than_one_that_slept_a_night():
    wait = first_wait("timeCycle", "R/0002-01-01T00:00:00Z/PT0.5S", NOON)

    assert next_wait(wait, NOON)["due"] == (NOON + timedelta(seconds=0.5)).isoformat()


def test_a_cycle_whose_next_turn_no_calendar_holds_is_spent():
    wait = first_wait("timeCycle", "R/2020-01-01T00:00:00Z/P9000Y", NOON)

    assert next_wait(wait, NOON) is None


@pytest.mark.parametrize(("kind", "text"), [("timeDate", "P1"), ("timeDuration", "R/P1D"), ("timeCycle", "P1D")])
def test_a_literal_must_fit_its_kind(kind, text):
    with pytest.raises(ValueError):
        check_literal(kind, text)
    check_literal(kind, "=anything")
