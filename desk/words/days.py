"""Days and hours as letters say them: «martedì 1 dicembre, dalle 9:00 alle 9:45», in Italian time."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from babel.dates import format_date

LOCALE = "it_IT"


def day(told: date, today: date) -> str:
    """Say a day, with the year only when it is not this one."""
    return format_date(told, "EEEE d MMMM" if told.year == today.year else "EEEE d MMMM y", locale=LOCALE)


def meeting(start: datetime, minutes: int, today: date) -> str:
    """Say when a meeting begins and ends; ``start`` is civil time."""
    end = start + timedelta(minutes=minutes)
    return f"{day(start.date(), today)}, dalle {_hour(start.time())} alle {_hour(end.time())}"


def civil(written: object) -> datetime | None:
    """Read a civil time as the process keeps it, ``2026-12-01T09:00``; anything else is none."""
    with suppress(ValueError, TypeError):
        return datetime.fromisoformat(str(written)).replace(tzinfo=None)
    return None


def _hour(told: time) -> str:
    return f"{told.hour}:{told.minute:02}"
