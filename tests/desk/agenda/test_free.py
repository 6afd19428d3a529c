"""Which times are free, for whom, and how forms offer them."""

from datetime import date, time

import pytest

from desk import agenda, comuni
from desk.agenda.feel import MOST
from desk.calendar import Closure
from desk.comuni.hours import WeeklyHours
from engine import feel
from tests.kit.databases import statements
from tests.kit.meetings import NINE, TEN, THREE, Called
from tests.kit.open_desks import ALL, MONDAY, THURSDAY, TUESDAY, desks, free, values  # noqa: F401  # a fixture is asked for by name
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, QUAGLIUZZO


def test_what_others_have_is_not_free_for_room_or_analyst(desks, now):
    Called(desks, now).decide(appuntamento=NINE)
    Called(desks, now, analista="paolo").decide(proposte=[TEN, THREE])

    assert free(desks) == [*values(TUESDAY, 11), *values(THURSDAY, 16, 17)]
    assert free(desks, istat=QUAGLIUZZO) == ALL[1:]
    assert free(desks, analyst="paolo", istat=QUAGLIUZZO) == [ALL[0], ALL[2], *ALL[4:]]
    assert free(desks, analyst=None) == [ALL[2], *ALL[4:]]


def test_nothing_is_offered_before_the_next_working_day(desks, now):
    assert now.date() == date(2026, 11, 23)
    with desks.unit_of_work() as uow:
        comuni.set_hours(uow, BUROLO, [WeeklyHours(day, time(9), time(10)) for day in range(5)], ADMINISTRATOR)
        comuni.close(uow, BUROLO, Closure(date(2026, 11, 24), date(2026, 11, 24), "ponte"), ADMINISTRATOR)

    assert free(desks, start=date(2026, 11, 1), days=26) == values(date(2026, 11, 25), 9) + values(
        date(2026, 11, 26), 9
    )


def test_a_meeting_at_a_distance_follows_the_analyst_on_working_days(desks):
    found = free(desks, istat=None, start=date(2026, 12, 7), days=2)  # 8 December is a holiday

    assert found == values(date(2026, 12, 7), *range(9, 18))
    assert free(desks, istat=None, analyst=None) == []


@pytest.mark.parametrize(("minutes", "days"), [(0, 7), (-1, 7), (1441, 7), (45, 0), (45, -1)])
def test_lengths_and_days_that_make_no_sense_give_nothing(desks, minutes, days):
    assert free(desks, minutes=minutes, days=days) == []


def test_free_times_take_seven_statements_however_many_days(desks):
    for days in (1, 42):
        with desks.snapshot() as uow, statements(desks) as sent:
            agenda.free_slots(uow, BUROLO, "sara", 45, MONDAY, days)
        assert len(sent) == 7


def test_two_forms_that_give_different_notice_read_the_free_times_once(desks):
    with desks.snapshot() as uow:
        free = uow.functions(BUROLO)["free slots"]
        free("sara", 45)
        with statements(desks) as sent:
            later = feel.evaluate('free slots("sara", 45, true, 3)', functions={"free slots": free}, now=uow.now)

    assert (later[0]["value"], len(sent)) == ("2026-12-01T09:00", 0)


def test_the_options_of_a_form_are_the_free_times(desks):
    with desks.snapshot() as uow:
        functions = uow.functions(BUROLO)
        options = feel.evaluate('free slots("sara", "45")', functions=functions, now=uow.now)
        distant = feel.evaluate('free slots("sara", 45, false)', functions=functions, now=uow.now)

    assert options[0] == {
        "value": "2026-11-24T09:00",
        "label": "martedì 24 novembre, dalle 9:00 alle 9:45",
        "giorno": "2026-11-24",
        "inizio": "9:00",
        "fine": "9:45",
    }
    assert len(options) == 33  # six weeks of six, without the Immacolata
    assert max(option["giorno"] for option in options) < "2027-01-04"
    assert len(distant) == MOST


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('slot words("2026-12-01T09:00", 45)', "martedì 1 dicembre, dalle 9:00 alle 9:45"),
        ('slot words("2026-12-01T09:00", "90")', "martedì 1 dicembre, dalle 9:00 alle 10:30"),
        ("slot words(null, 45)", None),
        ('slot words("2026-12-01T09:00", null)', None),
        ('free slots("sara", null)', None),
        ('free slots(5, "45")', None),
        ('free slots("sara", 45, true, null)', None),
        ('free slots("sara", 45, true, -1)', None),
        ('free slots("sara", 45, true, 1.5)', None),
        ('free slots("sara", 45, true, 1000000000)', None),
    ],
)
def test_times_are_said_in_words_and_wrong_arguments_give_null(desks, expression, value):
    with desks.snapshot() as uow:
        assert feel.evaluate(expression, functions=uow.functions(BUROLO), now=uow.now) == value


@pytest.mark.parametrize(
    ("notice", "in_comune", "first"),
    [
        ("0", "true", "2026-11-24T09:00"),  # the desk is open on Tuesday morning and on Thursday afternoon
        ("1", "true", "2026-11-26T15:00"),
        ("2", "true", "2026-11-26T15:00"),
        ("3", "true", "2026-12-01T09:00"),
        ("2", "false", "2026-11-26T09:00"),
    ],
)
def test_before_the_first_time_lie_as_many_whole_working_days_as_are_asked(desks, notice, in_comune, first):
    with desks.snapshot() as uow:
        functions = uow.functions(BUROLO)
        found = feel.evaluate(f'free slots("sara", 45, {in_comune}, {notice})', functions=functions, now=uow.now)

    assert found[0]["value"] == first
    assert max(option["giorno"] for option in found) < "2027-01-04"


def test_days_of_notice_are_those_of_the_comune(desks):
    with desks.unit_of_work() as uow:
        comuni.close(uow, BUROLO, Closure(date(2026, 11, 25), date(2026, 11, 25), "santo"), ADMINISTRATOR)
    with desks.snapshot() as uow:
        functions = uow.functions(BUROLO)
        found = feel.evaluate('free slots("sara", 45, true, 2)', functions=functions, now=uow.now)

    assert found[0]["value"] == "2026-12-01T09:00"
