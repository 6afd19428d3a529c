"""Say days, hours and lists in Italian, as pages and sentences use them. All times are Italy's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from babel.lists import format_list
from babel.numbers import format_decimal

from desk.calendar import local_date
from desk.words import days
from desk.words.days import LOCALE
from desk.words.days import date_in_full as date_words
from desk.words.days import day_and_month as short_day
from desk.words.days import day_in_full as paper_day
from desk.words.days import hour as hour_words
from desk.words.days import weekday as weekday_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from flask import Flask

__all__ = [
    "add_filters",
    "date_words",
    "day_words",
    "hour_words",
    "hours_words",
    "list_words",
    "moment_words",
    "number_words",
    "paper_day",
    "short_day",
    "weekday_words",
]


def day_words(day: date | datetime, today: date | None = None) -> str:
    """Say a day as «martedì 24 novembre», with the year only when it is not this one."""
    return days.day(day, today or local_date(datetime.now(UTC)))


def hours_words(start: datetime | time, end: datetime | time) -> str:
    """Say an interval as «9:00–9:45»."""
    return f"{hour_words(start)}–{hour_words(end)}"


def moment_words(moment: datetime, today: date | None = None) -> str:
    """Say a moment as «martedì 24 novembre, ore 9:41»."""
    return f"{day_words(moment, today)}, ore {hour_words(moment)}"


def list_words(words: Sequence[str]) -> str:
    """Join words as «una, due e tre»."""
    return format_list(list(words), locale=LOCALE)


def number_words(number: float | Decimal) -> str:
    """Write a number as «1.234,5»."""
    return format_decimal(number, locale=LOCALE)


def add_filters(app: Flask) -> None:
    """Give templates these words under Italian names."""
    app.jinja_env.filters.update(
        giorno=day_words,
        giorno_su_carta=paper_day,
        data=date_words,
        ora=hour_words,
        momento=moment_words,
        elenco=list_words,
        numero=number_words,
    )
    app.jinja_env.globals.update(intervallo=hours_words)
