"""What a week of the agenda shows, and to whom."""

from datetime import date, time

import pytest

from desk import agenda
from desk.agenda import DeskDay, Slot
from tests.kit.databases import statements
from tests.kit.meetings import NINE, TEN, THREE, Called, at
from tests.kit.open_desks import ALL, MONDAY, THURSDAY, TUESDAY, desks  # noqa: F401  # a fixture is asked for by name
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, LIA, MARTA, PAOLO, QUAGLIUZZO, SARA

VISIT = DeskDay("sara", BUROLO, TUESDAY, time(9), time(12))


def test_a_week_tells_what_is_closed_taken_and_free(desks, now):
    called = Called(desks, now).decide(appuntamento=NINE)
    with desks.unit_of_work() as uow:
        agenda.occupy_room(uow, BUROLO, at(THREE), "consiglio", MARTA)
        agenda.declare_absence(uow, "sara", at("2026-12-03T17:00"), "visita", SARA)
        agenda.add_desk_day(uow, VISIT, SARA)
        week = agenda.week(uow, BUROLO, "sara", THURSDAY, viewer=SARA)

    assert (week.monday, week.previous, week.following) == (MONDAY, date(2026, 11, 23), date(2026, 12, 7))
    days = {each.day: each for each in week.days}
    assert len(days) == 7
    assert days[date(2026, 12, 5)].closed.name == "sabato"
    assert [slot.value for day in week.days for slot in day.free] == [*ALL[1:3], *ALL[4:5]]
    (engaged,) = days[TUESDAY].engagements
    assert (engaged.number, engaged.requester, engaged.comune) == (called.case.number, "Ada Esempio", "Burolo")
    assert (engaged.slot, engaged.held, engaged.analyst) == (at(NINE), False, "sara")
    assert [each.reason for each in days[THURSDAY].room_busy] == ["consiglio"]
    assert [each.reason for each in days[THURSDAY].absences] == ["visita"]
    assert [each.istat for each in days[TUESDAY].desk_days] == [BUROLO]
    assert days[TUESDAY].open == (Slot(at(NINE).starts, at(NINE, 180).ends),)


@pytest.mark.parametrize(
    ("viewer", "told"), [(MARTA, True), (PAOLO, True), (LIA, False), (ADMINISTRATOR, False), (None, False)]
)
def test_a_week_names_the_case_only_to_those_who_may_see_it(desks, now, viewer, told):
    called = Called(desks, now).decide(proposte=[NINE])
    with desks.snapshot() as uow:
        (seen,) = agenda.week(uow, None, "sara", TUESDAY, viewer=viewer).days[1].engagements

    assert (seen.number, seen.requester, seen.case_id) == (
        (called.case.number, "Ada Esempio", called.case.id) if told else (None, None, None)
    )
    assert (seen.comune, seen.held) == ("Burolo", True)


def test_weeks_of_one_comune_one_analyst_or_all_have_what_concerns_them(desks, now):
    Called(desks, now).decide(appuntamento=NINE)
    Called(desks, now, actor=LIA, istat=QUAGLIUZZO, analista="paolo").decide(appuntamento=THREE)

    def seen(istat, analyst):
        with desks.snapshot() as uow:
            week = agenda.week(uow, istat, analyst, TUESDAY, viewer=PAOLO)
        return [each.istat for day in week.days for each in day.engagements]

    assert seen(None, None) == [BUROLO, QUAGLIUZZO]
    assert seen(None, "sara") == seen(BUROLO, None) == [BUROLO]
    assert seen(QUAGLIUZZO, "sara") == [BUROLO, QUAGLIUZZO]


def test_a_week_takes_nine_statements(desks, now):
    Called(desks, now).decide(proposte=[NINE, TEN])
    with desks.snapshot() as uow, statements(desks) as sent:
        agenda.week(uow, BUROLO, "sara", TUESDAY, viewer=SARA)

    assert len(sent) == 9
