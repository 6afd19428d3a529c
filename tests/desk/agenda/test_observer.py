"""Convocations follow their processes: proposed, fixed, moved, cancelled, recorded."""

import pytest

from desk import agenda
from desk.agenda import ConvocationState
from engine import instances
from tests.kit.databases import statements
from tests.kit.meetings import ELEVEN, NINE, TEN, THREE, Called, all_cells, at, called, cells_of, utc, wanted_cells  # noqa: F401  # a fixture is asked for by name
from tests.kit.small_desk import BUROLO, PAOLO


def test_nobody_is_called_before_a_time_is_proposed(called):
    assert called.convocation is None


def test_proposals_are_held_for_analyst_and_room(called):
    called.decide(proposte=[NINE, TEN, THREE])

    assert called.convocation.state == ConvocationState.PROPOSED
    assert called.convocation.proposals == (at(NINE), at(TEN), at(THREE))
    assert (called.convocation.slot, called.convocation.last_fixed) == (None, None)
    assert all_cells(called.store) == cells_of(at(NINE), at(TEN), at(THREE))


def test_the_time_that_is_chosen_remains_and_the_others_are_free_again(called):
    called.decide(proposte=[NINE, TEN, THREE]).answer(appuntamento=TEN)

    fixed = called.convocation
    assert (fixed.state, fixed.slot, fixed.proposals) == (ConvocationState.CONFIRMED, at(TEN), ())
    assert (fixed.sequence, fixed.round, fixed.recorded_by) == (0, 1, "marta")
    assert all_cells(called.store) == cells_of(at(TEN))


def test_a_moved_meeting_keeps_its_uid_and_grows_in_sequence(called):
    before = called.decide(appuntamento=NINE).convocation
    after = called.answer(appuntamento=THREE).convocation

    assert (after.uid, after.sequence, after.state) == (before.uid, 1, ConvocationState.MOVED)
    assert all_cells(called.store) == cells_of(at(THREE))


def test_a_longer_meeting_at_the_same_time_takes_what_is_missing(called):
    called.decide(appuntamento=NINE).decide(durata=90)

    assert called.convocation.slot == at(NINE, 90)
    assert all_cells(called.store) == cells_of(at(NINE, 90))


def test_times_that_overlap_within_one_case_are_no_conflict(called):
    called.decide(proposte=[NINE, "2026-12-01T09:30"])

    assert all_cells(called.store) == cells_of(at(NINE), at("2026-12-01T09:30"))


def test_a_meeting_at_a_distance_leaves_the_room_free(called, store, now):
    called.decide(appuntamento=NINE, in_comune=False)

    assert all_cells(store) == cells_of(at(NINE), istat=None)
    assert Called(store, now, analista="paolo").decide(appuntamento=NINE).convocation.state.fixed


def test_asking_for_another_date_frees_the_time_and_the_next_one_counts_on(called):
    called.decide(appuntamento=NINE).answer(appuntamento=None, proposte=None)
    cancelled = called.convocation
    called.decide(proposte=[TEN, ELEVEN])
    proposed = called.convocation
    again = called.answer(appuntamento=ELEVEN).convocation

    assert (cancelled.state, cancelled.slot, cancelled.sequence) == (ConvocationState.CANCELLED, None, 1)
    assert (proposed.state, proposed.sequence) == (ConvocationState.PROPOSED, 1)
    assert (again.state, again.sequence, again.uid) == (ConvocationState.MOVED, 2, cancelled.uid)


def test_new_proposals_instead_of_a_fixed_time_cancel_it_in_calendars(called):
    called.decide(proposte=[NINE], appuntamento=NINE).decide(proposte=[TEN], appuntamento=None)

    assert (called.convocation.state, called.convocation.sequence) == (ConvocationState.PROPOSED, 1)
    assert called.convocation.last_fixed == at(NINE)


@pytest.mark.parametrize(
    ("written", "state"),
    [("svolto", ConvocationState.HELD), ("parziale", ConvocationState.PARTIAL), ("assente", ConvocationState.ABSENT)],
)
def test_what_came_of_it_is_recorded_and_takes_no_more_time(called, store, written, state):
    called.decide(appuntamento=NINE).decide(esito=written)

    assert (called.convocation.state, called.convocation.slot) == (state, at(NINE))
    assert all_cells(store) == set()
    with store.snapshot() as uow:
        assert [each.slot for each in agenda.engagements(uow, at(NINE))] == [at(NINE)]


def test_after_an_absence_the_next_round_is_another_convocation(called):
    first = called.decide(appuntamento=NINE).decide(esito="assente").convocation
    called.decide(appuntamento=None, proposte=[TEN, ELEVEN], esito=None)
    second = called.convocation

    assert (second.round, second.state, second.sequence) == (2, ConvocationState.PROPOSED, 0)
    assert second.uid != first.uid
    assert all_cells(called.store) == cells_of(at(TEN), at(ELEVEN))


def test_an_absence_recorded_with_the_next_proposals_does_both(called):
    called.decide(appuntamento=NINE).decide(esito="assente", appuntamento=None, proposte=[TEN])

    assert (called.convocation.round, called.convocation.proposals) == (2, (at(TEN),))


def test_an_outcome_left_standing_does_not_swallow_the_next_round(called):
    called.decide(appuntamento=NINE).decide(esito="assente").decide(appuntamento=None, proposte=[TEN])

    assert (called.convocation.round, called.convocation.state) == (2, ConvocationState.PROPOSED)


def test_a_visit_without_appointment_is_recorded_with_its_time(called, store):
    called.decide(proposte=[TEN, ELEVEN]).decide(appuntamento=NINE, esito="svolto")

    assert (called.convocation.state, called.convocation.slot) == (ConvocationState.HELD, at(NINE))
    assert all_cells(store) == set()


@pytest.mark.parametrize("answers", [{"proposte": [NINE, TEN]}, {"appuntamento": NINE}])
def test_an_ended_case_frees_what_was_to_come(called, store, answers):
    called.decide(**answers).decide(passo="fine")

    assert called.convocation.state == ConvocationState.CANCELLED
    assert called.convocation.sequence == ("appuntamento" in answers)
    assert all_cells(store) == set()


def test_a_case_that_is_cancelled_frees_what_was_to_come(called, store, now):
    called.decide(proposte=[NINE, TEN])
    with store.unit_of_work(now) as uow:
        instances.cancel(uow, called.case.id, PAOLO, "doppione")

    assert called.convocation.state == ConvocationState.CANCELLED
    assert all_cells(store) == set()


def test_a_case_ended_after_the_hour_infers_nothing_of_the_meeting(called, store):
    called.decide(appuntamento=NINE)
    called.now = utc(2026, 12, 1, 10)
    called.decide(passo="fine")

    assert called.convocation.state == ConvocationState.CONFIRMED
    assert all_cells(store) == set()


def test_the_meeting_recorded_as_the_case_ends_stays_recorded(called, store):
    called.decide(appuntamento=NINE).decide(esito="svolto", passo="fine")

    assert called.convocation.state == ConvocationState.HELD
    assert all_cells(store) == set()


def test_a_transition_that_wants_nothing_new_asks_the_database_nothing_of_the_agenda(called, store):
    called.decide(proposte=[NINE, TEN])

    with statements(store) as sent:
        called.decide(altro="cambiato")

    assert [each for each in sent if "convocation" in each or "agenda_cell" in each or "engagement" in each] == []


def test_booking_takes_a_few_statements_whatever_the_number_of_times(called, store):
    def spent(**answers):
        with statements(store) as sent:
            called.decide(**answers)
        return len([each for each in sent if "convocation" in each or "agenda_cell" in each or "engagement" in each])

    assert spent(proposte=[NINE, TEN, ELEVEN]) == 6
    assert spent(appuntamento=NINE) == 6
    assert spent(appuntamento=None) == 6


def test_a_convocation_is_read_in_two_statements(called, store):
    called.decide(proposte=[NINE, TEN])

    with store.snapshot() as uow, statements(store) as sent:
        agenda.convocation_of(uow, called.case.id)

    assert len(sent) == 2


def test_the_convocation_tells_where_and_nothing_of_the_request(called):
    called.decide(appuntamento=NINE)

    found = called.convocation
    assert (found.number, found.comune, found.istat) == (called.case.number, "Burolo", BUROLO)
    assert (found.analyst, found.requester_email, found.room) == (
        "sara",
        "ada@richiedente.example",
        "Sala al piano terra",
    )
