"""Say Italian days and hours in words: «martedì 1 dicembre, dalle 9:00 alle 9:45», in Italian time."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date

from desk.calendar import local_date
from engine.civil_time import ROME

LOCALE = "it_IT"


def day(told: date | datetime, today: date) -> str:
    """Say a day as «martedì 24 novembre», with the year only when it is not this one."""
    return day_of_the_year(told) if _day(told).year == today.year else day_in_full(told)


def day_of_the_year(told: date | datetime) -> str:
    """Say a day as «martedì 24 novembre»."""
    return _written(_day(told), "EEEE d MMMM")


def day_in_full(told: date | datetime) -> str:
    """Say a day as «martedì 24 novembre 2026»: paper is read in other years."""
    return _written(_day(told), "EEEE d MMMM y")


def day_and_month(told: date | datetime) -> str:
    """Say a day as «24 novembre», where its weekday does not matter."""
    return _written(_day(told), "d MMMM")


def date_in_full(told: date | datetime) -> str:
    """Say a day as «24 novembre 2026»."""
    return _written(_day(told), "d MMMM y")


def weekday(number: int) -> str:
    """Name a day of the week, Monday being 0."""
    return _written(date(2024, 1, 1 + number), "EEEE")


def hour(told: datetime | time) -> str:
    """Say an hour as «9:00»; a time without a zone is Italy's already."""
    local = _hour(told)
    return f"{local.hour}:{local.minute:02}"


def at_hour(told: datetime | time) -> str:
    """Say when as «alle 9:00» and «all’1:00»."""
    return f"{'all’' if _hour(told).hour == 1 else 'alle '}{hour(told)}"


def from_hour(told: datetime | time) -> str:
    """Say from when as «dalle 9:00» and «dall’1:00»."""
    return f"{'dall’' if _hour(told).hour == 1 else 'dalle '}{hour(told)}"


def moment_in_full(told: datetime) -> str:
    """Say a moment as «martedì 24 novembre 2026 alle 9:41»."""
    return f"{day_in_full(told)} {at_hour(told)}"


def meeting(start: datetime, minutes: int, today: date) -> str:
    """Say when a meeting begins and ends; ``start`` is civil time."""
    end = start + timedelta(minutes=minutes)
    return f"{day(start.date(), today)}, {from_hour(start.time())} {at_hour(end.time())}"


def civil(written: object) -> datetime | None:
    """Read a civil time as the process keeps it, ``2026-12-01T09:00``; anything else is none."""
    with suppress(ValueError, TypeError):
        return datetime.fromisoformat(str(written)).replace(tzinfo=None)
    return None


@lru_cache(maxsize=4096)
def _written(told: date, pattern: str) -> str:
    """Write a day by a CLDR pattern: a page of a list names the same days again and again."""
    return format_date(told, pattern, locale=LOCALE)


def _day(told: date | datetime) -> date:
    return local_date(told) if isinstance(told, datetime) else told


def _hour(told: datetime | time) -> datetime | time:
    return told.astimezone(ROME) if isinstance(told, datetime) else told
