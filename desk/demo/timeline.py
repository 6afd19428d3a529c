"""When the moves of an invented case happened: counted back from today, in working days and opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from engine.civil_time import ROME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from desk.demo.moves import Move
    from desk.hours import Timetable

MORNING = time(9)


@dataclass(frozen=True)
class Timeline:
    """The moment of each move, and the times proposed for the meeting."""

    moments: tuple[datetime, ...]
    slots: tuple[datetime, ...]


def lay_out(moves: Sequence[Move], idle: int, today: date, timetable: Timetable, dice: Random) -> Timeline:
    """Place the moves so that the last happened ``idle`` working days before today."""
    days = _days(moves, idle, today, timetable, dice)
    meeting = next((day for move, day in zip(moves, days, strict=True) if move.at_desk), None)
    slots = tuple(islice(_openings(timetable, meeting or today + timedelta(3)), 3))
    moments = [
        slots[0] + timedelta(hours=1) if move.at_desk else _office_hour(days, index, dice)
        for index, move in enumerate(moves)
    ]
    return Timeline(tuple(moments), slots)


def _days(moves: Sequence[Move], idle: int, today: date, timetable: Timetable, dice: Random) -> list[date]:
    day = timetable.calendar.after(today, -idle)
    days: list[date] = []
    for move in reversed(moves):
        while move.at_desk and not timetable.on(day):
            day -= timedelta(1)
        days.insert(0, day)
        day = timetable.calendar.after(day, -dice.randint(*move.delay)) if move.delay[1] else day
    return days


def _office_hour(days: Sequence[date], index: int, dice: Random) -> datetime:
    """Give a moment of the working day, after those of the moves before it on the same day."""
    before = days[:index].count(days[index])
    start = datetime.combine(days[index], MORNING, ROME)
    return start + timedelta(minutes=90 * before + dice.randint(0, 75), seconds=dice.randint(0, 59))


def _openings(timetable: Timetable, day: date) -> Iterator[datetime]:
    """List the hours, from a day on, at which the desk can receive somebody for an hour."""
    while True:
        for hours in timetable.on(day):
            start = datetime.combine(day, hours.opens, ROME)
            while start + timedelta(hours=1) <= datetime.combine(day, hours.closes, ROME):
                yield start
                start += timedelta(hours=1)
        day += timedelta(1)
