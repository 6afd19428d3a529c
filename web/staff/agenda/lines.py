"""Write the lines of an agenda: meetings, absences, «giornate», the room in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from desk.agenda import ConvocationState, Slot
from desk.calendar import DayOff
from web.words.dates import hours_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desk.agenda import AgendaDay, EngagedTime

UNNAMED = "Un incontro"
DAY_END = "24:00"


@dataclass(frozen=True)
class Stato:
    """How a meeting stands, in a word with a tone."""

    nome: str
    tono: str = ""


STATES = {
    ConvocationState.PROPOSED: Stato("proposto, aspetta risposta", "attesa"),
    ConvocationState.CONFIRMED: Stato("confermato", "ok"),
    ConvocationState.MOVED: Stato("confermato, orario cambiato", "ok"),
    ConvocationState.CANCELLED: Stato("annullato"),
    ConvocationState.HELD: Stato("svolto"),
    ConvocationState.PARTIAL: Stato("svolto in parte"),
    ConvocationState.ABSENT: Stato("nessuno è venuto", "male"),
}


@dataclass(frozen=True)
class AgendaLine:
    """One line; ``inizio`` and ``fine`` place it in the drawn week, whose part of another day is left out."""

    tipo: str
    inizio: str
    fine: str
    chi: str
    dove: str = ""
    con: str = ""
    indirizzo: str = ""
    calendario: str = ""
    stato: Stato | None = None

    @property
    def ore(self) -> str:
        return "tutto il giorno" if (self.inizio, self.fine) == ("0:00", DAY_END) else f"{self.inizio}–{self.fine}"

    @property
    def tono(self) -> str:
        return self.stato.tono if self.stato else ""


def meeting_line(each: EngagedTime, names: Mapping[str, str] | None = None) -> AgendaLine:
    """Tell a meeting; who asked for it only to those who may see the case."""
    room = f"{each.comune}, {each.room}" if each.room else each.comune
    return AgendaLine(
        "incontro",
        each.slot.begins,
        each.slot.finishes,
        (each.requester or each.number) if each.number else UNNAMED,
        room if each.in_person else f"a distanza ({each.comune})",
        (names or {}).get(each.analyst or "", ""),
        url_for("pratiche.riepilogo", numero=each.number) if each.number else "",
        url_for("agenda.calendario", numero=each.number) if each.number and each.state.fixed else "",
        STATES[each.state],
    )


def lines_of(day: AgendaDay, names: Mapping[str, str], towns: Mapping[str, str]) -> list[AgendaLine]:
    """List all that a day holds, by the hour."""
    found = [meeting_line(each, names) for each in day.engagements]
    found += [AgendaLine("sala", *_within(day.day, each.slot), "Sala occupata", each.reason) for each in day.room_busy]
    found += [AgendaLine("assenza", *_within(day.day, each.slot), "Assenza", each.reason) for each in day.absences]
    for each in day.desk_days:
        town = f"Giornata a {towns.get(each.istat, each.istat)}"
        found.append(
            AgendaLine("giornata", each.slot.begins, each.slot.finishes, town, con=names.get(each.username, ""))
        )
    return sorted(found, key=lambda line: (_minutes(line.inizio), line.tipo != "giornata"))


def closed_words(day: AgendaDay) -> str:
    """Say why a day is no working day; that weekends are not, everybody knows."""
    return day.closed.name if day.closed and day.closed.kind != DayOff.WEEKEND else ""


def open_words(day: AgendaDay) -> list[str]:
    """Say the hours in which meetings can be held."""
    return [hours_words(each.starts, each.ends) for each in day.open]


def _within(day: date, slot: Slot) -> tuple[str, str]:
    """Give the hours of one day that a longer time takes."""
    first = slot.begins if slot.day == day else "0:00"
    last_day = Slot(slot.ends, slot.ends).day
    last = slot.finishes if last_day == day else DAY_END
    return first, DAY_END if last == "23:59" else last


def _minutes(hour: str) -> int:
    hours, minutes = hour.split(":")
    return int(hours) * 60 + int(minutes)
