"""Draw weekly hours as rows of a form, and read them back with what is wrong at its field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.comuni.hours import WeeklyHours
from engine.forms import typed_day, typed_hour
from web.words.dates import hours_words, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time

    from desk.calendar import Interval
    from desk.errors import OverlappingHours
    from web.parts.typed import TypedFields

WEEKDAYS = [(str(day), weekday_words(day).capitalize()) for day in range(7)]
RHYTHMS = [("1", "Ogni settimana"), ("2", "A settimane alterne"), ("3", "Ogni 3 settimane"), ("4", "Ogni 4 settimane")]
FIELDS = ("giorno", "dalle", "alle", "ogni", "dal", "al")
MOST = 40
"""Rows of one form: more than any week has."""
FIRST_FIELD = re.compile(r"giorno-(\d{1,3})")


@dataclass(frozen=True)
class HourRow:
    """One row as it is typed; ``number`` makes its field names."""

    number: int
    giorno: str = "0"
    dalle: str = ""
    alle: str = ""
    ogni: str = "1"
    dal: str = ""
    al: str = ""

    def name(self, field: str) -> str:
        return f"{field}-{self.number}"

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was typed: such a row is not kept."""
        return not (self.dalle or self.alle or self.dal or self.al)


def drawn(weekly: Sequence[WeeklyHours]) -> list[HourRow]:
    return [_drawn(number, each) for number, each in enumerate(weekly)]


def _drawn(number: int, hours: WeeklyHours) -> HourRow:
    times = typed_hour(hours.opens), typed_hour(hours.closes)
    period = (typed_day(day) if day else "" for day in (hours.valid_from, hours.valid_to))
    return HourRow(number, str(hours.weekday), *times, str(hours.every_weeks), *period)


def sent(fields: Mapping[str, str]) -> list[HourRow]:
    """Give the rows of a form in the order in which they stood."""
    numbers = sorted(int(found[1]) for name in fields if (found := FIRST_FIELD.fullmatch(name)))
    return [HourRow(number, *(fields.get(f"{each}-{number}", "").strip() for each in FIELDS)) for number in numbers]


def changed(rows: Sequence[HourRow], asked: str) -> list[HourRow]:
    """Add an empty row, or take one away, as a button of the page asks: «aggiungi», «togli-3»."""
    if asked == "aggiungi" and len(rows) < MOST:
        return with_one_more(rows)
    return [row for row in rows if asked != f"togli-{row.number}"]


def with_one_more(rows: Sequence[HourRow]) -> list[HourRow]:
    """Add an empty row; its day is the one after the last, for hours are typed in the order of the week."""
    last = int(rows[-1].giorno) if rows and rows[-1].giorno.isdigit() else -1
    return [*rows, HourRow(max((row.number for row in rows), default=-1) + 1, str((last + 1) % 5))]


def read(rows: Sequence[HourRow], typed: TypedFields) -> dict[int, WeeklyHours]:
    """Read the rows that are filled in, by their numbers; errors are noted in ``typed``."""
    filled = [row for row in rows if not row.is_empty][:MOST]
    return {row.number: hours for row in filled if (hours := _read(row, typed)) is not None}


def _read(row: HourRow, typed: TypedFields) -> WeeklyHours | None:
    weekday, every = typed.number(row.name("giorno"), 0, 6), typed.number(row.name("ogni"), 1, len(RHYTHMS))
    opens = typed.hour(row.name("dalle"))
    closes = typed.hour(row.name("alle"))
    period = typed.day(row.name("dal")), typed.day(row.name("al"))
    _check_interval(row, typed, opens, closes)
    _check_period(row, typed, period, every or 1)
    if weekday is None or every is None:
        typed.wrong(row.name("giorno"), "Scegli un giorno e ogni quanto.")
        return None
    if opens is None or closes is None:
        return None
    return WeeklyHours(weekday, opens, closes, *period, every)


def _check_interval(row: HourRow, typed: TypedFields, opens: time | None, closes: time | None) -> None:
    if opens and closes and closes <= opens:
        typed.wrong(row.name("alle"), "L’ora di fine viene dopo quella di inizio.")


def _check_period(row: HourRow, typed: TypedFields, period: tuple[date | None, date | None], every: int) -> None:
    first, last = period
    if first and last and last < first:
        typed.wrong(row.name("al"), "L’ultimo giorno non può venire prima del primo.")
    if every > 1 and first is None:
        typed.wrong(row.name("dal"), "Scrivi da quale giorno si contano le settimane.")


def note_overlap(weekly: Mapping[int, WeeklyHours], refusal: OverlappingHours, typed: TypedFields) -> None:
    """Say at the later of two rows which other hours they meet."""
    same_day = {number: each.interval for number, each in weekly.items() if each.weekday == refusal.weekday}
    meeting = [number for number, interval in same_day.items() if interval in (refusal.one, refusal.other)]
    other = refusal.one if same_day[meeting[-1]] == refusal.other else refusal.other
    typed.wrong(f"dalle-{meeting[-1]}", f"Si sovrappone all’orario {_words(other)} dello stesso giorno.")


def _words(interval: Interval) -> str:
    return hours_words(interval.opens, interval.closes)
