"""Say deadlines: how far each is, in words, and how it was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desk.calendar import local_date
from web.words.dates import day_words, list_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from desk.calendar import NonWorkingDay, WorkingCalendar


class Group(StrEnum):
    """The parts of a work list, nearest deadline first."""

    LATE = "In ritardo"
    TODAY_OR_TOMORROW = "Oggi e domani"
    THIS_WEEK = "Questa settimana"
    LATER = "Più avanti"
    NEVER = "Senza scadenza"


@dataclass(frozen=True)
class Deadline:
    """A deadline seen today: relative words first, the full date beneath."""

    parole: str
    data: str
    tono: str
    group: Group


def deadline(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> Deadline:
    """Say how far a deadline is. A term runs until the end of its day, so it is late from the day after."""
    due, today = local_date(due_at), local_date(now)
    full = day_words(due, today)
    group = group_of(due_at, now)
    if due < today:
        return Deadline(_late(due, today, calendar), full, "tardi", group)
    if due <= today + timedelta(1):
        return Deadline("scade oggi" if due == today else "scade domani", full, "presto", group)
    return Deadline(f"tra {working_days(calendar.between(today, due))}", full, "", group)


def group_of(due_at: datetime | None, now: datetime) -> Group:
    """Say in which part of a list a deadline belongs; weeks end on Sunday."""
    if due_at is None:
        return Group.NEVER
    due, today = local_date(due_at), local_date(now)
    if due < today:
        return Group.LATE
    if due <= today + timedelta(1):
        return Group.TODAY_OR_TOMORROW
    return Group.THIS_WEEK if due <= end_of_week(today) else Group.LATER


def end_of_week(day: date) -> date:
    return day + timedelta(6 - day.weekday())


def working_days(count: int) -> str:
    return "1 giorno lavorativo" if count == 1 else f"{count} giorni lavorativi"


def plain_days(count: int) -> str:
    return {0: "oggi", 1: "1 giorno"}.get(count, f"{count} giorni")


def explanation(start: datetime, due_at: datetime, calendar: WorkingCalendar) -> str:
    """Say how many working days lie between two moments, and which days were left out and why."""
    first, last = local_date(start), local_date(due_at)
    counted = f"{working_days(calendar.between(first, last)).capitalize()} da {day_words(first)}, che non si conta."
    return f"{counted} {_left_out(first, last, calendar)}"


def _late(due: date, today: date, calendar: WorkingCalendar) -> str:
    passed = calendar.between(due, today)
    return f"in ritardo di {working_days(passed)}" if passed else "appena scaduta"


def _left_out(first: date, last: date, calendar: WorkingCalendar) -> str:
    days = (first + timedelta(each) for each in range(1, (last - first).days + 1))
    named = [off for day in days if (off := calendar.closed(day)) and day.weekday() < FIRST_WEEKEND_DAY]
    closed = _closures(named)
    return f"Sono esclusi sabati, domeniche e {closed}." if closed else "Sono esclusi sabati e domeniche."


FIRST_WEEKEND_DAY = 5


def _closures(days: Iterable[NonWorkingDay]) -> str:
    return list_words([f"{day_words(each.day)} ({each.name})" for each in days])
