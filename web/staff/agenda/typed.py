"""The fields of a short form as they were typed, and one sentence for each that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from engine.civil_time import ROME
from engine.forms import date_of, time_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

DAY = "Scrivi la data come 17/12/2026."
HOUR = "Scrivi l’ora come 9:30."
LONGEST = 200
"""Characters of a reason."""


class Typed:
    """Reads fields one by one; what cannot be read is told in ``errors`` by the field's name, and given as nothing."""

    def __init__(self, posted: Mapping[str, str]) -> None:
        self.posted = posted
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.posted.get(name, "").strip()

    def line(self, name: str) -> str:
        """Read one line of words that may be missing."""
        text = " ".join(self.text(name).split())
        if len(text) > LONGEST:
            self.errors[name] = f"Usa al massimo {LONGEST} caratteri: qui sono {len(text)}."
        return text

    def day(self, name: str, *, needed: bool = True) -> date | None:
        found = date_of(self.text(name))
        if found is None and (needed or self.text(name)):
            self.errors[name] = DAY
        return found

    def hour(self, name: str, missing: time | None = None) -> time | None:
        """Read an hour; an empty field means ``missing``, when there is one."""
        if not self.text(name) and missing is not None:
            return missing
        found = time_of(self.text(name))
        if found is None:
            self.errors[name] = HOUR
        return found

    def moment(self, day: str, hour: str, missing: time | None = None) -> datetime | None:
        """Read a moment in Italian time from its two fields, in UTC."""
        on, at = self.day(day), self.hour(hour, missing)
        return datetime.combine(on, at, ROME).astimezone(UTC) if on and at else None
