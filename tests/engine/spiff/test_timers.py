"""When timers are due."""

from datetime import UTC, date, datetime

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

    following = next_wait(wait)

    assert (wait["due"], following["due"]) == ("2026-12-01T08:00:00+00:00", "2026-12-02T08:00:00+00:00")
    assert next_wait(following) is None


@pytest.mark.parametrize(("kind", "text"), [("timeDate", "P1"), ("timeDuration", "R/P1D"), ("timeCycle", "P1D")])
def test_a_literal_must_fit_its_kind(kind, text):
    with pytest.raises(ValueError):
        check_literal(kind, text)
    check_literal(kind, "=anything")
