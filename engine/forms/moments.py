"""Dates and times as Italians write them, and as they are stored (ISO 8601)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Literal

from engine.civil_time import ROME

Subtype = Literal["date", "time", "datetime"]
Zoning = Literal["utc_offset", "utc_normalized", "no_timezone"]

_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:Z|[+-]\d{2}:\d{2})?")
_YEARS = range(1900, 2200)


def date_of(text: str) -> date | None:
    """Read ``17/12/2026`` or ``2026-12-17``; ``None`` when it is no day of the calendar between 1900 and 2199."""
    if italian := _DATE.fullmatch(text.strip()):
        day, month, year = map(int, italian.groups())
    elif iso := _ISO_DATE.fullmatch(text.strip()):
        year, month, day = map(int, iso.groups())
    else:
        return None
    return _calendar_day(year, month, day)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """Read ``9:05`` or ``9.05``; ``None`` when it is no time of the day."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = map(int, found.groups())
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 — a day's hours, an hour's minutes


def datetime_of(text: str) -> datetime | None:
    """Read a day and an hour apart by a blank (Italian time), or an ISO 8601 date and time."""
    day, _, hour = text.strip().rpartition(" ")
    on, at = date_of(day), time_of(hour)
    if on is not None and at is not None:
        return datetime.combine(on, at, ROME)
    return _iso_datetime(text.strip())


def _iso_datetime(text: str) -> datetime | None:
    if "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(ROME) if moment.tzinfo else moment.replace(tzinfo=ROME)


def exists(moment: datetime) -> bool:
    """Say whether the clock ever shows it: an hour is skipped when summer time begins."""
    return moment.astimezone(UTC).astimezone(ROME).replace(tzinfo=None) == moment.replace(tzinfo=None)


def stored(moment: datetime, zoning: Zoning) -> str:
    """Write date and time as the designer chose (form-js ``timeSerializingFormat``), to the minute."""
    if zoning == "utc_normalized":
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    if zoning == "no_timezone":
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.isoformat(timespec="minutes")


def stored_time(at: time, zoning: Zoning, today: date) -> str:
    """Write a time alone; with a zone, that of ``today``, as form-js does."""
    if zoning == "no_timezone":
        return at.isoformat(timespec="minutes")
    _, _, clock = stored(datetime.combine(today, at, ROME), zoning).partition("T")
    return clock


def typed(text: str, subtype: Subtype) -> str:
    """Turn a stored value into what a person would type: ``17/12/2026``, ``9:05``, ``17/12/2026 9:05``."""
    if subtype == "datetime":
        moment = datetime_of(text)
        return f"{typed_day(moment)} {typed_hour(moment)}" if moment else text
    if subtype == "time":
        at = time_of(text)
        return typed_hour(at) if at else text
    day = date_of(text[:10])
    return typed_day(day) if day else text


def typed_day(day: date) -> str:
    """Write a day as one types it: ``17/12/2026``."""
    return f"{day:%d/%m/%Y}"


def typed_hour(at: time | datetime) -> str:
    """Write an hour as one types it: ``9:05``."""
    return f"{at.hour}:{at.minute:02}"
