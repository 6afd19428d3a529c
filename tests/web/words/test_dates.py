from datetime import UTC, date, datetime

from web.words.dates import day_words, hour_words, hours_words, list_words, moment_words, number_words, paper_day

TODAY = date(2026, 11, 23)


def test_the_year_is_said_only_when_it_is_another():
    assert day_words(date(2026, 11, 24), TODAY) == "martedì 24 novembre"
    assert day_words(date(2027, 1, 7), TODAY) == "giovedì 7 gennaio 2027"
    assert paper_day(date(2026, 11, 24)) == "martedì 24 novembre 2026"


def test_moments_are_told_in_italian_time():
    summer, winter = datetime(2026, 7, 1, 7, 5, tzinfo=UTC), datetime(2026, 12, 1, 23, 30, tzinfo=UTC)

    assert hour_words(summer) == "9:05"
    assert moment_words(winter, TODAY) == "mercoledì 2 dicembre, ore 0:30"


def test_intervals_lists_and_numbers_read_as_in_italian():
    start = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)

    assert hours_words(start, start.replace(minute=45)) == "9:00–9:45"
    assert list_words(["una", "due", "tre"]) == "una, due e tre"
    assert number_words(1234.5) == "1.234,5"
