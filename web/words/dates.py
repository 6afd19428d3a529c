"""Days, hours and lists in Italian words, as pages and sentences use them. All times are Italy's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from desk.calendar import local_date
from engine.civil_time import ROME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from flask import Flask

LOCALE = "it_IT"


def day_words(day: date | datetime, today: date | None = None) -> str:
    """Say a day as «martedì 24 novembre», with the year only when it is not this one."""
    local = _day(day)
    this_year = (today or local_date(datetime.now(UTC))).year
    return _written(local, "EEEE d MMMM" if local.year == this_year else "EEEE d MMMM y")


def paper_day(day: date | datetime) -> str:
    """Say a day as «martedì 24 novembre 2026»: paper is read in other years."""
    return _written(_day(day), "EEEE d MMMM y")


def short_day(day: date | datetime) -> str:
    """Say a day as «24 novembre», where its weekday does not matter."""
    return _written(_day(day), "d MMMM")


def date_words(day: date | datetime) -> str:
    """Say a day as «24 novembre 2026»."""
    return _written(_day(day), "d MMMM y")


def weekday_words(weekday: int) -> str:
    """Name a day of the week, Monday being 0."""
    return _written(date(2024, 1, 1 + weekday), "EEEE")


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str) -> str:
    """Write a day by a CLDR pattern: a page of a list names the same days again and again."""
    return format_date(day, pattern, locale=LOCALE)


def hour_words(moment: datetime | time) -> str:
    """Say an hour as «9:00»."""
    local = moment.astimezone(ROME) if isinstance(moment, datetime) else moment
    return f"{local.hour}:{local.minute:02}"


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


def _day(day: date | datetime) -> date:
    return local_date(day) if isinstance(day, datetime) else day
