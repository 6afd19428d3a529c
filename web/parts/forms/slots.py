"""Group the times that a field offers under their days, for its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.forms import Choice


@dataclass(frozen=True)
class OfferedSlot:
    """One choice: ``begins`` and ``ends`` are hours as written («9:00»); ``ends`` is empty when nobody said it."""

    choice: Choice
    begins: str = ""
    ends: str = ""

    @property
    def words(self) -> str:
        """Say the hours without their day; a choice that is no time, or that has no end, in its own words."""
        return f"{self.begins}–{self.ends}" if self.begins and self.ends else self.choice.label


@dataclass(frozen=True)
class SlotDay:
    """The slots of one day; those that are no time stand under no day."""

    day: date | None
    slots: tuple[OfferedSlot, ...]


def by_day(choices: Sequence[Choice]) -> list[SlotDay]:
    """Group choices by their day, each day where it first appears."""
    slots = [(_moment(choice), choice) for choice in choices]
    days = dict.fromkeys(_date(moment) for moment, _ in slots)
    return [SlotDay(day, tuple(_slot(moment, each) for moment, each in slots if _date(moment) == day)) for day in days]


def _moment(choice: Choice) -> datetime | None:
    try:
        return datetime.fromisoformat(choice.token)
    except ValueError:
        return None


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _slot(moment: datetime | None, choice: Choice) -> OfferedSlot:
    if moment is None:
        return OfferedSlot(choice)
    begins = str(choice.extra.get("inizio") or f"{moment.hour}:{moment:%M}")
    return OfferedSlot(choice, begins, str(choice.extra.get("fine") or ""))
