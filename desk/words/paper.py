"""Days and hours as paper says them: with their year, since paper is read in other years."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from desk.calendar import local_date
from engine.civil_time import ROME


def day(told: date | datetime) -> str:
    """Say a day as «martedì 24 novembre 2026», in Italy."""
    return format_date(local_date(told) if isinstance(told, datetime) else told, "EEEE d MMMM y", locale="it_IT")


def moment(told: datetime) -> str:
    """Say a moment as «martedì 24 novembre 2026 alle 9:41», in Italy."""
    local = told.astimezone(ROME)
    article = "all’" if local.hour == 1 else "alle "
    return f"{day(told)} {article}{local.hour}:{local.minute:02}"
