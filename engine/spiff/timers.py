"""Work out when a timer is due: ISO 8601 literals and FEEL values, in Italian time.

Days, weeks, months and years are counted on the calendar of Europe/Rome, so that ``P1D`` keeps the time of day when the
clocks change; hours, minutes and seconds are exact. A date without a time means midnight there.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from engine.civil_time import ROME
from engine.feel import DayTimeDuration, YearMonthDuration

EXPRESSION: Final = "="
_DAY: Final = 86_400
_DURATION: Final = re.compile(
    r"(?P<sign>-)?P(?=.)(?:(?P<years>\d{1,9})Y)?(?:(?P<months>\d{1,9})M)?(?:(?P<weeks>\d{1,9})W)?(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,9})?)S)?)?"
)
_CYCLE: Final = re.compile(r"R(?P<times>\d{0,9})/(?:(?P<start>[^P/][^/]*)/)?(?P<every>P[^/]+)")


@dataclass(frozen=True)
class Duration:
    """A length of time: calendar months and days, and exact seconds."""

    months: int
    days: int
    seconds: float

    @property
    def is_forward(self) -> bool:
        """Say whether it leads into the future: a repetition that does not would fire without end at once."""
        return max(self.months, self.days, self.seconds) > 0 <= min(self.months, self.days, self.seconds)

    def after(self, moment: datetime) -> datetime:
        """Give the moment this much later, in UTC."""
        local = moment.astimezone(ROME)
        years, month = divmod(local.month - 1 + self.months, 12)
        year, month = local.year + years, month + 1
        day = min(local.day, monthrange(year, month)[1])
        shifted = local.replace(year=year, month=month, day=day) + timedelta(days=self.days)
        return shifted.astimezone(UTC) + timedelta(seconds=self.seconds)


def read_duration(text: str) -> Duration:
    """Read an ISO 8601 duration such as ``P3D`` or ``PT1H30M``; raises ValueError for anything else."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    part = {name: float(value or 0) for name, value in found.groupdict().items() if name != "sign"}
    sign = -1 if found["sign"] else 1
    return Duration(
        sign * int(part["years"] * 12 + part["months"]),
        sign * int(part["weeks"] * 7 + part["days"]),
        sign * (part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"]),
    )


def read_moment(text: str) -> datetime:
    """Read an ISO 8601 date or date and time; raises ValueError for anything else."""
    return in_utc(datetime.fromisoformat(text.strip()))


def in_utc(value: date) -> datetime:
    """Bring a date, or a date and time, to UTC; where no zone is given it is Rome's."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=ROME)).astimezone(UTC)


def moment_of(value: Any, now: datetime) -> datetime:
    """Turn a literal or a FEEL value into a moment: a date, a date and time, or a duration from now.

    Raises ValueError where it is none of these.
    """
    if isinstance(value, date):
        return in_utc(value)
    length = duration_of(value)
    return length.after(now) if length else read_moment(str(value))


def duration_of(value: Any) -> Duration | None:
    """Turn a literal or a FEEL value into a duration, None where it is something else.

    Whole days of FEEL's exact durations count on the calendar too, so that ``=duration("P3D")`` is ``P3D``.
    """
    if isinstance(value, YearMonthDuration):
        return Duration(value.months, 0, 0)
    if isinstance(value, DayTimeDuration):
        days = int(value.seconds / _DAY)
        return Duration(0, days, value.seconds - days * _DAY)
    text = str(value)
    return read_duration(text) if text.lstrip("-").startswith("P") else None


@dataclass(frozen=True)
class Cycle:
    """A repetition: how many times (None without end), from when, how far apart."""

    times: int | None
    start: datetime | None
    every: str


def read_cycle(text: str) -> Cycle:
    """Read ``R3/PT24H``, ``R/P1D`` or ``R3/<start>/PT24H``; raises ValueError for anything else.

    A repetition with no time between its turns is none.
    """
    found = _CYCLE.fullmatch(text.strip())
    if not found or found["times"] == "0" or not read_duration(found["every"]).is_forward:
        raise ValueError(text)
    start = read_moment(found["start"]) if found["start"] else None
    return Cycle(int(found["times"]) if found["times"] else None, start, found["every"])


def first_wait(kind: str, value: Any, now: datetime) -> dict[str, Any]:
    """Say what a timer that begins now waits for: ``due``, and for a cycle ``every`` and how many are ``left``.

    ``kind`` is ``timeDate``, ``timeDuration`` or ``timeCycle``; raises ValueError for a value that does not fit it.
    """
    if kind != "timeCycle":
        return {"due": moment_of(value, now).isoformat()}
    cycle = read_cycle(str(value))
    due = cycle.start or read_duration(cycle.every).after(now)
    return {"due": due.isoformat(), "every": cycle.every, "left": cycle.times}


def next_wait(wait: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    """Say what a timer that has just fired waits for next; None when it is spent.

    A turn that has passed meanwhile is missed: it counts as used, and the next one waited for lies in the future.
    """
    if "every" not in wait:
        return None
    every = read_duration(wait["every"])
    try:
        due, turns = _next_turn(datetime.fromisoformat(wait["due"]), every, now)
    except (ValueError, OverflowError):  # beyond the last year of the calendar
        return None
    left = None if wait["left"] is None else wait["left"] - turns
    return None if left is not None and left < 1 else {**wait, "due": due.isoformat(), "left": left}


def _next_turn(due: datetime, every: Duration, now: datetime) -> tuple[datetime, int]:
    """Give the first turn after one that is in the future, and how many turns later it is."""
    turns = _surely_missed(due, every, now)
    due = Duration(0, every.days * turns, every.seconds * turns).after(due)
    while turns == 0 or due <= now:
        due, turns = every.after(due), turns + 1
    return due, turns


def _surely_missed(due: datetime, every: Duration, now: datetime) -> int:
    """Count turns without taking each, where they are of one length, a day being an hour more or less."""
    if every.months or now <= due:
        return 0
    hours = timedelta(hours=1) if every.days else timedelta()
    return max(0, int((now - due - hours) / timedelta(days=every.days, seconds=every.seconds)) - 1)


def check_moment(text: str) -> None:
    """Raise ValueError where a due date, unless it is an expression, is neither a moment nor a duration."""
    if not text.startswith(EXPRESSION) and duration_of(text) is None:
        read_moment(text)


def check_literal(kind: str, text: str) -> None:
    """Raise ValueError where a timer's text, unless it is an expression, is no literal of its kind."""
    readers = {"timeDate": read_moment, "timeDuration": read_duration, "timeCycle": read_cycle}
    if not text.startswith(EXPRESSION):
        readers[kind](text)
