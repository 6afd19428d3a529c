"""Give FEEL the agenda's functions: free times, for the options of forms.

``free slots(analyst, minutes, in comune, notice)``
    the free times of the next six weeks, 120 at most, as options; ``in comune`` may be left out, and false asks for
    meetings at a distance. ``notice`` is how many whole working days of the Comune lie between today and the first of
    them, none when it is left out. Without a Comune and without an analyst there are none.
``slot words(value, minutes)``
    what a time is called: «martedì 1 dicembre, dalle 9:00 alle 9:45».

As in DMN 1.5 §10.3.4, an argument of another kind gives null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.agenda.free import AHEAD, free_slots
from desk.calendar import local_date
from desk.comuni.calendars import calendar
from desk.slots import Slot, minutes_of, slot_at

if TYPE_CHECKING:
    from datetime import date

    from engine.store import Functions, UnitOfWork

NAMES = frozenset({"free slots", "slot words"})
MOST = 120


def functions(uow: UnitOfWork, scope: str | None) -> Functions:
    """Give the functions for the cases of one Comune; within one transaction the same times are looked up once."""
    found: dict[tuple[str | None, str | None, int], list[Slot]] = {}
    known: dict[tuple[str | None, str | None, int, int], list[dict[str, str]]] = {}

    def free(analyst: Any, minutes: Any, in_comune: Any = True, notice: Any = 0) -> list[dict[str, str]] | None:  # noqa: FBT002  # FEEL calls by place
        length = minutes_of(minutes)
        if length is None or not isinstance(analyst, str | None) or notice not in range(AHEAD):
            return None
        asked = (None if in_comune is False else scope, analyst or None, length)
        if asked not in found:
            found[asked] = free_slots(uow, *asked, _first(0), AHEAD - (_first(0) - local_date(uow.now)).days)
        if (*asked, int(notice)) not in known:
            first = _first(int(notice))
            left = [slot for slot in found[asked] if local_date(slot.starts) >= first]
            known[*asked, int(notice)] = [option(slot) for slot in left[:MOST]]
        return known[*asked, int(notice)]

    def _first(notice: int) -> date:
        return calendar(uow, scope).after(local_date(uow.now), notice + 1)

    return {"free slots": free, "slot words": _words}


def option(slot: Slot) -> dict[str, str]:
    """Describe a time as an option of a form."""
    return {
        "value": slot.value,
        "label": slot.label,
        "giorno": slot.day.isoformat(),
        "inizio": slot.begins,
        "fine": slot.finishes,
    }


def _words(value: Any, minutes: Any) -> str | None:
    length = minutes_of(minutes)
    slot = slot_at(value, length) if length else None
    return slot.label if slot else None
