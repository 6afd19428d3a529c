"""Fields as they were typed, read into days, hours and words; what is wrong is noted beside the field's name."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
HOUR = re.compile(r"(\d{1,2})[:.](\d{2})")
MAIL = re.compile(r"[^@\s<>]+@[^@\s<>.]+(\.[^@\s<>.]+)+")
LONGEST = 200


def typed_day(day: date | None) -> str:
    """Write a day as one types it: 17/12/2026."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def typed_hour(hour: time) -> str:
    return f"{hour.hour}:{hour.minute:02}"


@dataclass
class Typed:
    """The fields of a form and, by their names, the sentences about those that cannot be kept."""

    fields: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def raw(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first sentence stays."""
        self.errors.setdefault(name, sentence)

    def words(self, name: str, longest: int = LONGEST) -> str | None:
        """Read words; nothing when there are none."""
        text = self.raw(name).replace("\r\n", "\n")
        if len(text) > longest:
            self.wrong(name, f"Hai scritto {len(text)} caratteri: al massimo {longest}.")
        return text or None

    def mail(self, name: str) -> str | None:
        text = self.words(name)
        if text and not MAIL.fullmatch(text):
            self.wrong(name, "Non è un indirizzo: scrivilo per esempio sportello@comune.example.")
        return text

    def day(self, name: str, missing: str = "") -> date | None:
        """Read a day; ``missing`` is the sentence for a field that may not stay empty."""
        text = self.raw(name)
        if not text:
            self._missing(name, missing)
            return None
        with suppress(ValueError):
            if found := DAY.fullmatch(text):
                return date(int(found[3]), int(found[2]), int(found[1]))
            if ISO_DAY.fullmatch(text):
                return date.fromisoformat(text)
        self.wrong(name, f"«{text[:20]}» non è una data: scrivi per esempio 17/12/2026.")
        return None

    def hour(self, name: str, missing: str) -> time | None:
        text = self.raw(name)
        if not text:
            self._missing(name, missing)
            return None
        with suppress(ValueError):
            if found := HOUR.fullmatch(text):
                return time(int(found[1]), int(found[2]))
        self.wrong(name, f"«{text[:20]}» non è un’ora: scrivi per esempio 9:30.")
        return None

    def number(self, name: str, least: int, most: int) -> int | None:
        """Read a whole number between two others; nothing for anything else."""
        text = self.raw(name)
        value = int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else None
        return value if value is not None and least <= value <= most else None

    def _missing(self, name: str, sentence: str) -> None:
        if sentence:
            self.wrong(name, sentence)
