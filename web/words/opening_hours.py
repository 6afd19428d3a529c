"""Say opening hours: when a desk is open, and whether it is open now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk.calendar import local_date
from web.words.dates import day_words, hour_words, hours_words, short_day, weekday_words

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk.comuni.hours import OpeningStatus, Timetable, WeeklyHours

WEEK = timedelta(7)


@dataclass(frozen=True)
class OpeningWords:
    """A sentence, and the tone in which a page shows it."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class DayHours:
    """The hours of one day of the week: «Lunedì», «9:00–12:00 e 14:30–17:30»."""

    day: str
    hours: str

    def __str__(self) -> str:
        return f"{self.day} {self.hours}"


def opening_words(status: OpeningStatus, now: datetime) -> OpeningWords:
    """Say when the desk can be visited: now, or from when."""
    if status.open_until:
        return OpeningWords(f"Oggi fino alle {hour_words(status.open_until)}", "ok")
    if status.next_opening is None:
        return OpeningWords("Nessuna apertura in programma", "attesa")
    if status.cancelled:
        closed = f"{weekday_words(status.cancelled.day.weekday()).capitalize()} {status.cancelled.day.day} chiuso"
        return OpeningWords(f"{closed}, riapre il {short_day(status.next_opening)}", "attesa")
    return OpeningWords(
        f"Apre {_from_today(status.next_opening, local_date(now))} alle {hour_words(status.next_opening)}"
    )


def weekly_words(timetable: Timetable, today: date) -> list[DayHours]:
    """List the usual week, leaving out hours that are over or not yet begun."""
    current = [each for each in timetable.weekly if _in_force(each, today)]
    days = sorted({each.weekday for each in current})
    return [DayHours(weekday_words(day).capitalize(), _hours(current, day)) for day in days]


def _from_today(moment: datetime, today: date) -> str:
    day = local_date(moment)
    if day <= today + timedelta(1):
        return "oggi" if day == today else "domani"
    return weekday_words(day.weekday()) if day < today + WEEK else day_words(day, today)


def _in_force(hours: WeeklyHours, today: date) -> bool:
    return (hours.valid_from is None or hours.valid_from <= today + WEEK) and (
        hours.valid_to is None or hours.valid_to >= today
    )


def _hours(weekly: list[WeeklyHours], weekday: int) -> str:
    day = sorted((each for each in weekly if each.weekday == weekday), key=lambda each: each.opens)
    return " e ".join(hours_words(each.opens, each.closes) + _rhythm(each.every_weeks) for each in day)


def _rhythm(every_weeks: int) -> str:
    return {1: "", 2: ", a settimane alterne"}.get(every_weeks, f", ogni {every_weeks} settimane")
