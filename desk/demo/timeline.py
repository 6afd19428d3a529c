"""Date the moves of an invented case: counted back from today, in working days and opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from engine.civil_time import ROME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from desk.comuni.hours import Timetable
    from desk.demo.moves import Move

MORNING = time(9)


@dataclass(frozen=True)
class Timeline:
    """The moment of each move, and the day of the meeting or the first on which it may be."""

    moments: tuple[datetime, ...]
    meeting: date


def lay_out(moves: Sequence[Move], idle: int, today: date, timetable: Timetable, dice: Random) -> Timeline:
    """Place the moves so that the last happened ``idle`` working days before today."""
    days = _days(moves, idle, today, timetable, dice)
    meeting = next((day for move, day in zip(moves, days, strict=True) if move.at_desk), None)
    moments = [
        _after_hours(timetable, days[index]) if move.at_desk else _office_hour(days, index, dice)
        for index, move in enumerate(moves)
    ]
    return Timeline(tuple(moments), meeting or today + timedelta(3))


def _days(moves: Sequence[Move], idle: int, today: date, timetable: Timetable, dice: Random) -> list[date]:
    day = timetable.calendar.after(today, -idle)
    days: list[date] = []
    for move in reversed(moves):
        while move.at_desk and not timetable.on(day):
            day -= timedelta(1)
        days.insert(0, day)
        day = timetable.calendar.after(day, -dice.randint(*move.delay)) if move.delay[1] else day
    return days


def _after_hours(timetable: Timetable, day: date) -> datetime:
    """Give the moment when the desk closes: whoever was met that day has been met."""
    return datetime.combine(day, timetable.on(day)[-1].closes, ROME)


def _office_hour(days: Sequence[date], index: int, dice: Random) -> datetime:
    """Give a moment of the working day, after those of the moves before it on the same day."""
    before = days[:index].count(days[index])
    start = datetime.combine(days[index], MORNING, ROME)
    return start + timedelta(minutes=90 * before + dice.randint(0, 75), seconds=dice.randint(0, 59))
