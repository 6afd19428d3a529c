"""The agenda in FEEL, for the options of forms.

``free slots(analyst, minutes, in comune)``
    the free times of the next six weeks, 120 at most, as options; ``in comune`` may be left out, and false asks for
    meetings at a distance. Without a Comune and without an analyst there are none.
``slot words(value, minutes)``
    what a time is called: «martedì 1 dicembre, dalle 9:00 alle 9:45».

As in DMN 1.5 §10.3.4, an argument of another kind gives null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.agenda.free import AHEAD, free_slots
from desk.agenda.slots import Slot, minutes_of, slot_at
from desk.calendar import local_date

if TYPE_CHECKING:
    from engine.store import Functions, UnitOfWork

NAMES = frozenset({"free slots", "slot words"})
MOST = 120


def functions(uow: UnitOfWork, scope: str | None) -> Functions:
    """Give the functions for the cases of one Comune; within one transaction the same times are looked up once."""
    known: dict[tuple[str | None, str | None, int], list[dict[str, str]]] = {}

    def free(analyst: Any, minutes: Any, in_comune: Any = True) -> list[dict[str, str]] | None:  # noqa: FBT002  # FEEL calls by place
        length = minutes_of(minutes)
        if length is None or not isinstance(analyst, str | None):
            return None
        asked = (None if in_comune is False else scope, analyst or None, length)
        if asked not in known:
            known[asked] = [option(slot) for slot in free_slots(uow, *asked, local_date(uow.now), AHEAD)[:MOST]]
        return known[asked]

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
