"""A time that is taken, past or unreadable is refused, at the field of whoever asked for it."""

import pytest

from desk.errors import SlotTaken
from engine.errors import ExpressionFailed, InvalidAnswers
from tests.kit.meetings import ELEVEN, NINE, TEN, THREE, Called, all_cells, at, called, cells_of, utc  # noqa: F401  # a fixture is asked for by name
from tests.kit.small_desk import LIA, QUAGLIUZZO


def test_a_taken_time_is_refused_at_its_field_with_the_next_free_ones(called, store, now):
    called.decide(appuntamento=TEN)
    other = Called(store, now, actor=LIA, istat=QUAGLIUZZO)

    with pytest.raises(InvalidAnswers) as refused:
        other.decide(proposte=[NINE, TEN])

    (error,) = refused.value.errors
    assert (error.path, error.label) == ("proposte", "Orario")
    assert error.gist == "martedì 1 dicembre alle 10:00 è appena stato preso"
    assert error.message == (
        "Martedì 1 dicembre alle 10:00 è appena stato preso. "
        "Liberi: martedì 1 dicembre alle 11:00; giovedì 3 dicembre alle 15:00; giovedì 3 dicembre alle 16:00."
    )
    assert refused.value.answers == {"proposte": [NINE, TEN]}
    assert other.convocation is None
    assert all_cells(store) == cells_of(at(TEN))


def test_the_requester_is_refused_at_the_field_of_their_answer(called, store, now):
    called.decide(appuntamento=TEN)
    other = Called(store, now, analista="paolo").decide(passo="attesa")

    with pytest.raises(InvalidAnswers) as refused:
        other.reply(appuntamento=TEN, scelta={"orario": TEN})

    assert {error.path for error in refused.value.errors} == {"appuntamento"}
    assert other.reply(appuntamento=ELEVEN).convocation.slot == at(ELEVEN)


def test_two_lost_times_are_told_together(called, store, now):
    called.decide(proposte=[NINE, TEN])

    with pytest.raises(InvalidAnswers) as refused:
        Called(store, now).decide(proposte=[TEN, NINE, ELEVEN])

    assert refused.value.errors[0].gist == (
        "martedì 1 dicembre alle 9:00 e martedì 1 dicembre alle 10:00 sono appena stati presi"
    )


def test_a_time_that_has_passed_is_refused(called):
    called.decide(proposte=[NINE, THREE])
    called.now = utc(2026, 12, 1, 8)  # 9:00 in Rome

    with pytest.raises(InvalidAnswers) as refused:
        called.answer(appuntamento=NINE)

    assert refused.value.errors[0].message == (
        "Martedì 1 dicembre alle 9:00 è già passato. "
        "Liberi: giovedì 3 dicembre alle 16:00; giovedì 3 dicembre alle 17:00; giovedì 10 dicembre alle 15:00."
    )


def test_a_taken_time_that_nobody_answered_is_a_refusal_of_its_own(called, store, now):
    called.decide(appuntamento=NINE)

    with pytest.raises(SlotTaken) as refused:
        Called(store, now, appuntamento=NINE)

    assert refused.value.wanted == at(NINE)
    assert refused.value.free[0] == at(TEN)


@pytest.mark.parametrize(
    "answers",
    [
        {"appuntamento": "domani"},
        {"proposte": [3]},
        {"durata": "tanto", "appuntamento": NINE},
        {"durata": 0, "appuntamento": NINE},
        {"appuntamento": NINE, "esito": "forse"},
    ],
)
def test_what_the_agenda_cannot_read_is_refused(called, answers):
    with pytest.raises(ExpressionFailed):
        called.decide(**answers)

    assert called.convocation is None
