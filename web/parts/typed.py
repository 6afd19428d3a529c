"""Read typed fields into days, hours and words; what is wrong is noted beside the field's name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desk.addresses import is_deliverable
from engine.civil_time import ROME
from engine.forms import date_of, time_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

LONGEST = 200
NO_DAY, NO_HOUR = "Scrivi la data come 17/12/2026.", "Scrivi l’ora come 9:30."


@dataclass
class TypedFields:
    """The fields of a form and, by their names, the sentences about those that cannot be kept."""

    fields: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def raw(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first sentence stays, and an empty one notes nothing."""
        if sentence:
            self.errors.setdefault(name, sentence)

    def words(self, name: str, longest: int = LONGEST) -> str | None:
        """Read words; nothing when there are none."""
        text = self.raw(name).replace("\r\n", "\n")
        if len(text) > longest:
            self.wrong(name, f"Hai scritto {len(text)} caratteri: al massimo {longest}.")
        return text or None

    def mail(self, name: str) -> str | None:
        text = self.words(name)
        if text and not is_deliverable(text):
            self.wrong(name, "Non è un indirizzo: scrivilo per esempio sportello@comune.example.")
        return text

    def line(self, name: str) -> str:
        """Read one line of words; an empty one where there are none."""
        return " ".join((self.words(name) or "").split())

    def day(self, name: str, missing: str = "") -> date | None:
        """Read a day; ``missing`` is the sentence for a field that may not stay empty."""
        text = self.raw(name)
        found = date_of(text)
        if found is None:
            self.wrong(name, f"«{text[:20]}» non è una data: scrivi per esempio 17/12/2026." if text else missing)
        return found

    def hour(self, name: str, missing: str = NO_HOUR) -> time | None:
        text = self.raw(name)
        found = time_of(text)
        if found is None:
            self.wrong(name, f"«{text[:20]}» non è un’ora: scrivi per esempio 9:30." if text else missing)
        return found

    def moment(self, day: str, hour: str, usual: time) -> datetime | None:
        """Read a moment in Italian time from its two fields, in UTC; without an hour it is at the usual one."""
        on, at = self.day(day, NO_DAY), self.hour(hour) if self.raw(hour) else usual
        return datetime.combine(on, at, ROME).astimezone(UTC) if on and at else None

    def number(self, name: str, least: int, most: int) -> int | None:
        """Read a whole number between two others; nothing for anything else."""
        text = self.raw(name)
        value = int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else None
        return value if value is not None and least <= value <= most else None
