"""Dates and times as Italians write them, and as they are stored (ISO 8601)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Literal

from engine.civil_time import ROME

Subtype = Literal["date", "time", "datetime"]
Zoning = Literal["utc_offset", "utc_normalized", "no_timezone"]

_MONTHS = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")
_NAMED = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|" + "|".join(
    rf"{month}\.?" for month in _MONTHS
)
_BETWEEN = r"\s*[/.,\-\u2010-\u2015 ]\s*"
_DATE = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}}|\d{{2}})|(\d{{2}})(\d{{2}})(\d{{4}}|\d{{2}})")
_WORDED = re.compile(rf"(?:[a-zì]{{3,9}},?\s+)?(\d{{1,2}})[°º]?\s*({_NAMED})\s*(\d{{4}}|\d{{2}})", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_TIME = re.compile(r"(?:(?:alle|ore|h)\s*)?(\d{1,2})(?:\s*[:.,h]\s*(\d{2}))?(?:Z|[+-]\d{2}:\d{2})?", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_YOUNGEST = 20
"""Years ahead that two digits may mean; the others are of the hundred years before."""
_YEARS = range(1900, 2200)


def date_of(text: str, today: date | None = None) -> date | None:
    """Read a day as people write it: ``17/12/2026``, ``3-5-90``, ``3 maggio 1990``, ``03051990``, ``2026-12-17``.

    Two digits of a year mean the one nearest ``today`` that is no more than twenty years ahead. ``None`` when it is no
    day of the calendar between 1900 and 2199.
    """
    text = text.strip()
    numbers = _worded(text) or _numbered(text) or (0, 0, "0000")
    day = _calendar_day(_year(numbers[2], today), numbers[1], numbers[0])
    iso = _ISO_DATE.fullmatch(text)
    return day or (_calendar_day(*map(int, iso.groups())) if iso else None)


def _numbered(text: str) -> tuple[int, int, str] | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    day, month, year = (each for each in found.groups() if each is not None)
    return int(day), int(month), year


def _worded(text: str) -> tuple[int, int, str] | None:
    found = _WORDED.fullmatch(text)
    return (int(found[1]), _MONTHS.index(found[2][:3].lower()) + 1, found[3]) if found else None


def _year(digits: str, today: date | None) -> int:
    if len(digits) == len("2026"):
        return int(digits)
    last = (today or datetime.now(ROME).date()).year + _YOUNGEST
    return last - (last - int(digits)) % 100


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """Read ``9:05``, ``9.05``, ``9h05``, ``0905`` or ``9``; ``None`` when it is no time of the day."""
    found = _TIME.fullmatch(text.strip()) or _FOUR_DIGITS.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 — a day's hours, an hour's minutes


def datetime_of(text: str, today: date | None = None) -> datetime | None:
    """Read a day and an hour apart by a blank (Italian time), or an ISO 8601 date and time."""
    words = text.split()
    for length in range(len(words) - 1, 0, -1):
        on, at = date_of(" ".join(words[:length]), today), time_of(" ".join(words[length:]))
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
