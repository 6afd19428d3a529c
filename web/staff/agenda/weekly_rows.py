"""Weekly hours as rows of a form: drawn from what is kept, read from what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.comuni.hours import WeeklyHours
from web.words.dates import hour_words, weekday_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from web.staff.agenda.typed import Typed

FIELDS = ("giorno", "dalle", "alle", "ogni", "dal", "al")
MOST = 40
WEEKDAYS = [(str(day), weekday_words(day)) for day in range(7)]
EVERY = [("1", "ogni settimana"), *((str(weeks), f"ogni {weeks} settimane") for weeks in (2, 3, 4))]

Row = dict[str, str]
"""One row's fields as typed."""


@dataclass(frozen=True)
class Numbered:
    """A row and the names that its fields have on the page."""

    number: int
    row: Row

    def name(self, field: str) -> str:
        return f"{field}-{self.number}"


def numbered(rows: Iterable[Row]) -> list[Numbered]:
    return [Numbered(number, row) for number, row in enumerate(rows)]


def typed_rows(posted: Mapping[str, str]) -> list[Row]:
    """Give the rows on the page exactly as typed."""
    count = posted.get("righe", "")
    rows = range(min(int(count[:3]), MOST)) if count.isdecimal() else range(0)  # more digits are more rows than any
    return [{field: posted.get(f"{field}-{row}", "") for field in FIELDS} for row in rows]


def rows_of(weekly: Iterable[WeeklyHours]) -> list[Row]:
    """Write what is kept as a person would type it."""
    return [
        {
            "giorno": str(each.weekday),
            "dalle": hour_words(each.opens),
            "alle": hour_words(each.closes),
            "ogni": str(each.every_weeks),
            "dal": _typed_day(each.valid_from),
            "al": _typed_day(each.valid_to),
        }
        for each in weekly
    ]


def changed(rows: list[Row], action: str) -> list[Row]:
    """Add an empty row, or take one away, as a button of the page asks."""
    verb, _, place = action.partition(":")
    if verb == "aggiungi" and len(rows) < MOST:
        return [*rows, {}]
    if verb == "togli":
        return [row for number, row in enumerate(rows) if str(number) != place]
    return rows


def read(rows: list[Row], typed: Typed) -> list[WeeklyHours]:
    """Read the rows; one with no hours and no dates counts as not there."""
    return [hours for each in numbered(rows) if not _empty(each.row) and (hours := _hours(each, typed))]


def _hours(row: Numbered, typed: Typed) -> WeeklyHours | None:
    opens, closes = typed.hour(row.name("dalle")), typed.hour(row.name("alle"))
    first, last = typed.day(row.name("dal"), needed=False), typed.day(row.name("al"), needed=False)
    weekday, every = row.row["giorno"], row.row["ogni"]
    if weekday not in dict(WEEKDAYS) or every not in dict(EVERY):
        typed.errors[row.name("giorno")] = "Scegli un giorno e ogni quanto."
    elif every != "1" and not typed.text(row.name("dal")):
        typed.errors[row.name("dal")] = "Scrivi da quale giorno si contano le settimane."
    elif opens and closes and closes <= opens:
        typed.errors[row.name("alle")] = "L’ora di fine viene dopo quella di inizio."
    elif first and last and last < first:
        typed.errors[row.name("al")] = "L’ultimo giorno non può venire prima del primo."
    elif opens and closes:
        return WeeklyHours(int(weekday), opens, closes, first, last, int(every))
    return None


def _empty(row: Row) -> bool:
    return not any(row.get(field, "").strip() for field in ("dalle", "alle", "dal", "al"))


def _typed_day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
