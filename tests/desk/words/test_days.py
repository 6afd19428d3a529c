"""Days and hours in Italian words, the same on pages, in messages and on paper."""

from datetime import UTC, date, datetime

from desk.words import days

TODAY = date(2026, 11, 23)


def test_a_meeting_at_one_has_its_article_in_messages_too():
    assert days.meeting(days.civil("2026-12-01T01:00"), 45, TODAY) == "martedì 1 dicembre, dall’1:00 all’1:45"
    assert days.meeting(days.civil("2027-01-07T09:00"), 45, TODAY) == "giovedì 7 gennaio 2027, dalle 9:00 alle 9:45"


def test_paper_tells_moments_of_italy_with_their_year():
    assert days.moment_in_full(datetime(2026, 11, 24, 8, 41, tzinfo=UTC)) == "martedì 24 novembre 2026 alle 9:41"
    assert days.moment_in_full(datetime(2026, 11, 24, 0, 5, tzinfo=UTC)) == "martedì 24 novembre 2026 all’1:05"
