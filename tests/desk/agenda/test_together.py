"""Many people book at once, on both databases: nothing is given twice, nothing stays behind."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import time
from threading import Barrier

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError

from desk import agenda, comuni
from desk.agenda import ConvocationState
from desk.comuni.hours import WeeklyHours
from desk.errors import RoomTaken
from desk.model import Meeting
from engine.errors import InvalidAnswers
from tests.kit.meetings import NINE, TEN, THREE, Called, all_cells, at, cells_of, open_desks, wanted_cells
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, LIA, MARTA, QUAGLIUZZO

PEOPLE = 50
DAYS = ("2026-12-01", "2026-12-03", "2026-12-10", "2026-12-15")
HOURS = ("09:00", "09:15", "09:30", "10:00", "10:45", "15:00", "15:30", "16:15")
TIMES = [f"{day}T{hour}" for day in DAYS for hour in HOURS]


@pytest.fixture
def store(each_store):
    open_desks(each_store)
    return each_store


def attempt(called, **answers):
    """Decide, and give the refusal when there is one."""
    try:
        called.decide(**answers)
    except InvalidAnswers as refusal:
        return refusal
    return None


def test_fifty_people_take_the_last_time_at_once_and_one_has_it(store, now):
    desks = ((MARTA, BUROLO), (LIA, QUAGLIUZZO))
    waiting = [Called(store, now, actor=desks[n % 2][0], istat=desks[n % 2][1]) for n in range(PEOPLE)]
    together = Barrier(PEOPLE)

    def book(called):
        together.wait()
        return attempt(called, appuntamento=NINE)

    with ThreadPoolExecutor(PEOPLE) as pool:
        refusals = [refusal for refusal in pool.map(book, waiting) if refusal is not None]

    assert len(refusals) == PEOPLE - 1
    assert {refusal.errors[0].message for refusal in refusals} == {
        "Martedì 1 dicembre alle 9:00 è appena stato preso. "
        "Liberi: martedì 1 dicembre alle 10:00; martedì 1 dicembre alle 11:00; giovedì 3 dicembre alle 15:00."
    }
    assert all_cells(store) == wanted_cells(store)
    assert len(all_cells(store)) == 6


def test_people_who_want_each_others_times_do_not_wait_in_a_circle(store, now):
    """Everybody moves to times that overlap with what the others have, in every order."""
    people = [Called(store, now).decide(appuntamento=f"2026-12-{day:02}T09:00") for day in (1, 15, 22)]
    people += [Called(store, now).decide(appuntamento=f"2026-12-{day:02}T15:00") for day in (3, 10, 17)]
    values = [each.convocation.slot.value for each in people]
    together = Barrier(len(people))

    def shuffle(number):
        chance, refused = random.Random(number), 0
        together.wait()
        for _ in range(10):
            wanted = chance.sample(values, 3)
            refused += attempt(people[number], appuntamento=None, proposte=wanted) is not None
        return refused

    with ThreadPoolExecutor(len(people)) as pool:
        refused = sum(pool.map(shuffle, range(len(people))))

    assert refused > 0
    assert all_cells(store) == wanted_cells(store)


def test_two_hundred_moves_and_cancellations_leave_nothing_behind(store, now):
    chance = random.Random(2026)
    people = [Called(store, now, analista=chance.choice(["sara", "paolo"])) for _ in range(8)]
    done = refused = 0
    while done < 200:
        called = chance.choice(people)
        refused += attempt(called, **_next_step(chance)) is not None
        done += 1
    assert refused > 10
    assert all_cells(store) == wanted_cells(store)

    for called in people:
        called.decide(passo="fine")

    assert all_cells(store) == set()
    assert {called.convocation.state.binds for called in people} == {False}


def _next_step(chance):
    times = chance.sample(TIMES, 3)
    return chance.choice(
        [
            {"proposte": times, "appuntamento": None, "esito": None},
            {"appuntamento": times[0], "esito": None},
            {"appuntamento": times[0], "durata": chance.choice([30, 45, 90]), "esito": None},
            {"appuntamento": None, "proposte": None},
            {"analista": chance.choice(["sara", "paolo"])},
            {"in_comune": chance.choice([True, False])},
            {"esito": chance.choice(["assente", "svolto"])},
        ]
    )


def test_the_room_and_a_meeting_exclude_each_other(store, now):
    called = Called(store, now).decide(proposte=[NINE, TEN])
    with pytest.raises(RoomTaken) as taken, store.unit_of_work() as uow:
        agenda.occupy_room(uow, BUROLO, agenda.Slot(at(TEN).starts, at(TEN, 120).ends), "consiglio", MARTA)
    with store.unit_of_work() as uow:
        use = agenda.occupy_room(uow, BUROLO, at(THREE, 120), "consiglio", MARTA)

    assert taken.value.moment == at(TEN).starts
    assert attempt(called, appuntamento=THREE).errors[0].gist == "giovedì 3 dicembre alle 15:00 è appena stato preso"

    with store.unit_of_work() as uow:
        agenda.release_room(uow, use.id, MARTA)
    assert called.decide(appuntamento=THREE).convocation.state == ConvocationState.CONFIRMED
    assert all_cells(store) == cells_of(at(THREE))


def test_the_database_itself_refuses_a_second_owner_and_a_cell_without_one(store, now):
    uid = Called(store, now).decide(appuntamento=NINE).convocation.uid
    copy = "INSERT INTO agenda_cell SELECT resource, instant, convocation, room_use FROM agenda_cell"
    for statement in (copy, "UPDATE agenda_cell SET convocation = NULL", "UPDATE agenda_cell SET convocation = 'x'"):
        with pytest.raises(IntegrityError), store.unit_of_work() as uow:
            uow.connection.execute(text(statement))
    with pytest.raises(IntegrityError), store.unit_of_work() as uow:
        uow.connection.execute(delete(Meeting).where(Meeting.uid == uid))


def test_the_offer_to_the_one_who_comes_late_is_really_free(store, now):
    with store.unit_of_work() as uow:
        comuni.set_hours(
            uow, BUROLO, [WeeklyHours(1, time(9), time(10)), WeeklyHours(2, time(9), time(10))], ADMINISTRATOR
        )
    Called(store, now).decide(appuntamento=NINE)
    late = Called(store, now)

    offered = attempt(late, appuntamento=NINE).errors[0].message

    assert offered.endswith(
        "Liberi: mercoledì 2 dicembre alle 9:00; mercoledì 9 dicembre alle 9:00; martedì 15 dicembre alle 9:00."
    )
    assert late.decide(appuntamento="2026-12-02T09:00").convocation.state.fixed
