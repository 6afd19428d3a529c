"""Read and write times of a meeting: as diagrams write them, and as the quarters of an hour they take.

Diagrams and forms hold a start in Italian time, ``2026-12-01T09:00``. An hour that the clock shows twice in October is
the first of the two; one that it skips in March is read as the hour after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from desk.calendar import local_date
from desk.words import days
from engine.civil_time import ROME

if TYPE_CHECKING:
    from collections.abc import Iterator

QUARTER = timedelta(minutes=15)
STEP = 30
"""Minutes: meetings begin on whole multiples of it after the opening, so that a pause stays between two of them."""
USUAL = 45
"""Minutes of a meeting whose length nobody says."""
LONGEST = 24 * 60
"""Minutes of the longest meeting that can be asked for."""


@dataclass(frozen=True, order=True)
class Slot:
    """A time for a meeting; both moments are in UTC."""

    starts: datetime
    ends: datetime

    @property
    def value(self) -> str:
        """Write its beginning as diagrams and forms hold it: ``2026-12-01T09:00``."""
        return self.starts.astimezone(ROME).strftime("%Y-%m-%dT%H:%M")

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds()) // 60

    @property
    def day(self) -> date:
        """Give the day it begins on in Italy."""
        return local_date(self.starts)

    @property
    def begins(self) -> str:
        """Say its beginning as «9:00»."""
        return days.hour(self.starts)

    @property
    def finishes(self) -> str:
        """Say its end as «9:45»."""
        return days.hour(self.ends)

    @property
    def label(self) -> str:
        """Say it as «martedì 1 dicembre, dalle 9:00 alle 9:45»."""
        return f"{days.day_of_the_year(self.day)}, {days.from_hour(self.starts)} {days.at_hour(self.ends)}"

    @property
    def short(self) -> str:
        """Say its beginning as «martedì 1 dicembre alle 9:00»."""
        return f"{days.day_of_the_year(self.day)} {days.at_hour(self.starts)}"

    def meets(self, other: Slot) -> bool:
        """Say whether the two have some time together."""
        return self.starts < other.ends and other.starts < self.ends

    def quarters(self) -> Iterator[datetime]:
        """Give the beginnings of all quarters of an hour that it touches, in order."""
        instant = quarter_of(self.starts)
        while instant < self.ends:
            yield instant
            instant += QUARTER


def slot_at(value: Any, minutes: int) -> Slot | None:
    """Read a beginning as diagrams write it; nothing when it is none, or the length is no length of a meeting."""
    if not isinstance(value, str) or not 1 <= minutes <= LONGEST:
        return None
    try:
        return _slot(datetime.fromisoformat(value), minutes)
    except (ValueError, OverflowError):
        return None


def minutes_of(written: Any) -> int | None:
    """Read a length in minutes, a number or its digits; nothing when it is not between 1 and ``LONGEST``."""
    try:
        minutes = Decimal(str(written))
    except InvalidOperation:
        return None
    return int(minutes) if minutes.is_finite() and 1 <= minutes <= LONGEST and minutes == int(minutes) else None


def on_day(day: date, opens: time, closes: time) -> Slot:
    """Give the time between two hours of a day in Italy."""
    return Slot(_utc(datetime.combine(day, opens)), _utc(datetime.combine(day, closes)))


def quarter_of(moment: datetime) -> datetime:
    """Give the beginning of the quarter of an hour that a moment lies in."""
    utc = moment.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 15, second=0, microsecond=0)


def _slot(start: datetime, minutes: int) -> Slot:
    starts = start.astimezone(UTC) if start.tzinfo else _utc(start)
    return Slot(starts, starts + timedelta(minutes=minutes))


def _utc(local: datetime) -> datetime:
    return local.replace(tzinfo=ROME).astimezone(UTC)
