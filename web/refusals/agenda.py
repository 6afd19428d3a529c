"""Words of refusals about times and agendas."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.dates import day_words, hour_words
from web.words.notice import MISSING, Notice, Refusals


def _slot_taken(refusal: desk.SlotTaken | desk.SlotPassed) -> Notice:
    what = "è già passato" if isinstance(refusal, desk.SlotPassed) else "è appena stato preso"
    free = "; ".join(slot.short for slot in refusal.free)
    return Notice(f"Questo orario {what}: {refusal.wanted.short}", f"Liberi: {free}." if free else "Scegline un altro.")


def _room_taken(refusal: desk.RoomTaken) -> Notice:
    when = f"{day_words(refusal.moment).capitalize()} alle {hour_words(refusal.moment)}"
    return Notice("La sala è già occupata", f"{when} c’è un incontro o un altro impegno. Scegli un altro orario.")


def _desk_closed(refusal: desk.DeskClosed) -> Notice:
    title = f"Lo sportello è chiuso {day_words(refusal.day)}, in quelle ore"
    return Notice(title, "Scegli altre ore, o chiedi al Comune un’apertura straordinaria.")


REFUSALS: Refusals = {
    desk.SlotTaken: (HTTPStatus.CONFLICT, _slot_taken),
    desk.SlotPassed: (HTTPStatus.CONFLICT, _slot_taken),
    desk.RoomTaken: (HTTPStatus.CONFLICT, _room_taken),
    desk.DeskClosed: (HTTPStatus.UNPROCESSABLE_ENTITY, _desk_closed),
    desk.AgendaEntryNotFound: (HTTPStatus.NOT_FOUND, MISSING),
}
