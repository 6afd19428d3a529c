"""Agendas: say when analysts and rooms are free, and book the times of convocations so that none is given twice."""

from desk.agenda.availability import (
    Absence,
    DeskDay,
    absences,
    add_desk_day,
    declare_absence,
    desk_days,
    hours_of,
    may_keep,
    remove_desk_day,
    set_hours,
    withdraw_absence,
)
from desk.agenda.calendar_file import calendar_file
from desk.agenda.convocations import Convocation, ConvocationState, convocation_of
from desk.agenda.feel import NAMES, functions
from desk.agenda.free import free_slots
from desk.agenda.observer import observe
from desk.agenda.rooms import RoomBusy, occupy_room, release_room, room_busy
from desk.agenda.week import AgendaDay, EngagedTime, Week, engagements, week
from desk.slots import Slot, on_day, slot_at

__all__ = [
    "NAMES",
    "Absence",
    "AgendaDay",
    "Convocation",
    "ConvocationState",
    "DeskDay",
    "EngagedTime",
    "RoomBusy",
    "Slot",
    "Week",
    "absences",
    "add_desk_day",
    "calendar_file",
    "convocation_of",
    "declare_absence",
    "desk_days",
    "engagements",
    "free_slots",
    "functions",
    "hours_of",
    "may_keep",
    "observe",
    "occupy_room",
    "on_day",
    "release_room",
    "remove_desk_day",
    "room_busy",
    "set_hours",
    "slot_at",
    "week",
    "withdraw_absence",
]
