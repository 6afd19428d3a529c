"""Refusals about agendas: times that are taken or past, entries that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.errors.refusal import DeskRefusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk.slots import Slot


class SlotTaken(DeskRefusal):
    """Somebody else has just taken the analyst or the room at this time; ``free`` are the next times that are free."""

    def __init__(self, wanted: Slot, free: tuple[Slot, ...]) -> None:
        super().__init__(wanted, free)
        self.wanted = wanted
        self.free = free


class SlotPassed(DeskRefusal):
    """The time of a meeting has passed; ``free`` are the next times that are free."""

    def __init__(self, wanted: Slot, free: tuple[Slot, ...]) -> None:
        super().__init__(wanted, free)
        self.wanted = wanted
        self.free = free


class RoomTaken(DeskRefusal):
    """A meeting or another use has the room of the desk at this moment already."""

    def __init__(self, istat: str, moment: datetime) -> None:
        super().__init__(istat, moment)
        self.istat = istat
        self.moment = moment


class DeskClosed(DeskRefusal):
    """The desk of the Comune is closed at the hours of this day that were asked for."""

    def __init__(self, istat: str, day: date) -> None:
        super().__init__(istat, day)
        self.istat = istat
        self.day = day


class AgendaEntryNotFound(DeskRefusal):
    """No such absence, «giornata» or use of a room, or none in an agenda that the actor keeps."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(entry_id)
        self.entry_id = entry_id
