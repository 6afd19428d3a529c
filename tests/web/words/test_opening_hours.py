from datetime import date, datetime, time

import pytest

from desk.calendar import Closure, WorkingCalendar
from desk.comuni.hours import Timetable, WeeklyHours
from engine.civil_time import ROME
from web.words.opening_hours import opening_words, weekly_words

FRIDAY = WeeklyHours(4, time(10), time(12))
MONDAY = WeeklyHours(0, time(9), time(13))
CLOSED = WorkingCalendar(closures=(Closure(date(2026, 11, 27), date(2026, 11, 27), "assemblea"),))


def at(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=ROME)


@pytest.mark.parametrize(
    ("weekly", "now", "words", "tone"),
    [
        ([MONDAY], at(23, 10), "Oggi fino alle 13:00", "ok"),
        ([MONDAY], at(23, 8), "Apre oggi alle 9:00", ""),
        ([MONDAY], at(22, 8), "Apre domani alle 9:00", ""),
        ([FRIDAY], at(23, 8), "Apre venerdì alle 10:00", ""),
        ([MONDAY], at(23, 14), "Apre lunedì 30 novembre alle 9:00", ""),
        ([], at(23, 8), "Nessuna apertura in programma", "attesa"),
    ],
)
def test_a_desk_says_when_it_can_be_visited(weekly, now, words, tone):
    said = opening_words(Timetable(tuple(weekly)).status(now), now)

    assert (said.text, said.tone) == (words, tone)


def test_a_closure_is_said_with_the_day_of_reopening():
    now = at(23, 8)

    said = opening_words(Timetable((FRIDAY,), calendar=CLOSED).status(now), now)

    assert said.text == "Venerdì 27 chiuso, riapre il 4 dicembre"


def test_the_week_is_told_day_by_day():
    afternoon = WeeklyHours(0, time(14, 30), time(17), every_weeks=2, valid_from=date(2026, 11, 2))
    ended = WeeklyHours(2, time(9), time(10), valid_to=date(2026, 1, 31))

    week = weekly_words(Timetable((FRIDAY, afternoon, MONDAY, ended)), date(2026, 11, 23))

    assert [str(day) for day in week] == [
        "Lunedì 9:00–13:00 e 14:30–17:00, a settimane alterne",
        "Venerdì 10:00–12:00",
    ]
