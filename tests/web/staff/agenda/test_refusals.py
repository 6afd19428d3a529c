"""What people read when a time of the agenda cannot be had."""

from datetime import UTC, date, datetime

import pytest

from desk import agenda
from desk.errors import DeskClosed, RoomTaken, SlotPassed, SlotTaken
from web.refusals import REFUSALS

NINE, TEN, ELEVEN = (agenda.slot_at(f"2026-12-01T{hour}:00", 45) for hour in ("09", "10", "11"))


@pytest.mark.parametrize(
    ("refusal", "status", "title", "text"),
    [
        (
            SlotTaken(NINE, (TEN, ELEVEN)),
            409,
            "Questo orario è appena stato preso: martedì 1 dicembre alle 9:00",
            "Liberi: martedì 1 dicembre alle 10:00; martedì 1 dicembre alle 11:00.",
        ),
        (
            SlotTaken(NINE, ()),
            409,
            "Questo orario è appena stato preso: martedì 1 dicembre alle 9:00",
            "Scegline un altro.",
        ),
        (
            SlotPassed(NINE, (TEN,)),
            409,
            "Questo orario è già passato: martedì 1 dicembre alle 9:00",
            "Liberi: martedì 1 dicembre alle 10:00.",
        ),
        (
            RoomTaken("001042", datetime(2026, 12, 1, 8, tzinfo=UTC)),
            409,
            "La sala è già occupata",
            "Martedì 1 dicembre alle 9:00 c’è un incontro o un altro impegno. Scegli un altro orario.",
        ),
        (
            DeskClosed("001042", date(2026, 12, 7)),
            422,
            "Lo sportello è chiuso lunedì 7 dicembre, in quelle ore",
            "Scegli altre ore, o chiedi al Comune un’apertura straordinaria.",
        ),
    ],
)
def test_refusals_of_the_agenda_say_what_to_do(refusal, status, title, text):
    code, words = REFUSALS[type(refusal)]
    notice = words(refusal)

    assert (code, notice.title, notice.text) == (status, title, text)
