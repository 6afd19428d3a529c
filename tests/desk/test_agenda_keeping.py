"""Who keeps which agenda, and what it then says: availability, absences, «giornate», rooms, the week, the options."""

from datetime import date, time

import pytest

from desk import agenda, comuni
from desk.agenda import DeskDay, Slot
from desk.agenda.feel import MOST
from desk.calendar import Closure
from desk.errors import (
    AgendaEntryNotFound,
    ComuneNotJoined,
    DeskClosed,
    InvalidHours,
    InvalidPeriod,
    NotAllowed,
    OverlappingHours,
    RoleNotHeld,
    UserNotFound,
)
from desk.hours import WeeklyHours
from engine import feel
from engine.identity import Actor
from tests.desk.conftest import ADMINISTRATOR, BUROLO, LIA, MARTA, PAOLO, QUAGLIUZZO, SARA, statements
from tests.desk.meetings import NINE, TEN, THREE, Called, at, open_desks, utc

MONDAY, TUESDAY, THURSDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 3)
TUESDAYS = (WeeklyHours(1, time(10), time(12)),)
BOTH = Actor("paolo", {"Coordinatore", "Analista"}, {"*"})
VISIT = DeskDay("sara", BUROLO, TUESDAY, time(9), time(12))


@pytest.fixture
def desks(store):
    open_desks(store)
    return store


def free(store, istat=BUROLO, analyst="sara", **asked):
    span = {"minutes": 45, "start": MONDAY, "days": 7} | asked
    with store.snapshot() as uow:
        return [slot.value for slot in agenda.free_slots(uow, istat, analyst, *span.values())]


def values(day, *hours):
    return [f"{day}T{hour:02}:00" for hour in hours]


ALL = values(TUESDAY, 9, 10, 11) + values(THURSDAY, 15, 16, 17)


def test_an_analyst_who_declared_nothing_is_there_in_office_hours(desks):
    with desks.unit_of_work() as uow:
        comuni.set_hours(
            uow, BUROLO, [WeeklyHours(5, time(9), time(12)), WeeklyHours(1, time(7), time(20))], ADMINISTRATOR
        )

    assert free(desks) == values(TUESDAY, *range(9, 18))


def test_declared_hours_narrow_what_is_free(desks):
    with desks.unit_of_work() as uow:
        agenda.set_hours(uow, "sara", TUESDAYS, SARA)

    with desks.snapshot() as uow:
        assert agenda.hours_of(uow, "sara") == TUESDAYS
    assert free(desks) == values(TUESDAY, 10, 11)


def test_hours_are_replaced_as_a_whole(desks):
    with desks.unit_of_work() as uow:
        agenda.set_hours(uow, "sara", TUESDAYS, SARA)
        agenda.set_hours(uow, "sara", (), PAOLO)

    assert free(desks) == ALL


def test_hours_of_other_weeks_and_other_times_do_not_count(desks):
    alternate = (
        WeeklyHours(1, time(9), time(12), valid_from=date(2026, 11, 24), every_weeks=2),
        WeeklyHours(3, time(15), time(18), valid_to=date(2026, 12, 4)),
    )
    with desks.unit_of_work() as uow:
        agenda.set_hours(uow, "sara", alternate, SARA)

    assert free(desks, days=14) == values(THURSDAY, 15, 16, 17)


def test_an_absence_takes_the_times_it_touches_until_it_is_withdrawn(desks):
    with desks.unit_of_work() as uow:
        away = agenda.declare_absence(
            uow, "sara", Slot(utc(2026, 12, 1, 9, 30), utc(2026, 12, 3, 14, 1)), " ferie ", SARA
        )
    with desks.snapshot() as uow:
        assert [each.reason for each in agenda.absences(uow, "sara", utc(2026, 12, 1))] == ["ferie"]
        assert agenda.absences(uow, "sara", utc(2026, 12, 4)) == ()

    assert free(desks) == [*values(TUESDAY, 9), *values(THURSDAY, 16, 17)]

    with desks.unit_of_work() as uow:
        agenda.withdraw_absence(uow, away.id, PAOLO)
    assert free(desks) == ALL


def test_on_a_desk_day_the_analyst_is_only_there(desks):
    with desks.unit_of_work() as uow:
        visit = agenda.add_desk_day(uow, VISIT, SARA)

    assert free(desks) == ALL
    assert free(desks, istat=QUAGLIUZZO) == values(THURSDAY, 15, 16, 17)

    with desks.unit_of_work() as uow:
        agenda.remove_desk_day(uow, visit.id, SARA)
    assert free(desks, istat=QUAGLIUZZO) == ALL


def test_a_desk_day_brings_an_analyst_who_is_usually_not_there(desks):
    with desks.unit_of_work() as uow:
        agenda.set_hours(uow, "sara", [WeeklyHours(4, time(9), time(12))], SARA)
        agenda.add_desk_day(uow, VISIT, SARA)

    assert free(desks) == values(TUESDAY, 9, 10, 11)


def test_desk_days_are_listed_by_analyst_comune_and_time(desks):
    with desks.unit_of_work() as uow:
        first = agenda.add_desk_day(uow, VISIT, SARA)
        agenda.add_desk_day(uow, DeskDay("sara", QUAGLIUZZO, THURSDAY, time(15), time(17)), PAOLO)
        assert [each.istat for each in agenda.desk_days(uow, MONDAY, username="sara")] == [BUROLO, QUAGLIUZZO]
        assert agenda.desk_days(uow, MONDAY, THURSDAY, istat=BUROLO) == (first,)
        assert agenda.desk_days(uow, MONDAY, MONDAY) == agenda.desk_days(uow, MONDAY, username="paolo") == ()


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (DeskDay("sara", BUROLO, MONDAY, time(9), time(12)), DeskClosed),
        (DeskDay("sara", BUROLO, TUESDAY, time(14), time(18)), DeskClosed),
        (DeskDay("sara", BUROLO, date(2026, 12, 8), time(9), time(12)), DeskClosed),
        (DeskDay("sara", BUROLO, TUESDAY, time(12), time(9)), InvalidHours),
        (DeskDay("sara", QUAGLIUZZO, TUESDAY, time(11), time(13)), OverlappingHours),
        (DeskDay("sara", "001001", TUESDAY, time(9), time(12)), ComuneNotJoined),
    ],
)
def test_a_desk_day_that_cannot_be_is_refused(desks, wanted, refusal):
    with desks.unit_of_work() as uow:
        agenda.add_desk_day(uow, VISIT, SARA)

    with pytest.raises(refusal), desks.unit_of_work() as uow:
        agenda.add_desk_day(uow, wanted, SARA)


@pytest.mark.parametrize("period", [(10, 9), (9, 9)])
def test_what_ends_before_it_begins_is_refused(desks, period):
    during = Slot(utc(2026, 12, 1, period[0]), utc(2026, 12, 1, period[1]))
    with pytest.raises(InvalidPeriod), desks.unit_of_work() as uow:
        agenda.declare_absence(uow, "sara", during, "", SARA)
    with pytest.raises(InvalidPeriod), desks.unit_of_work() as uow:
        agenda.occupy_room(uow, BUROLO, during, "", MARTA)


@pytest.mark.parametrize(("days", "refused"), [(31, False), (32, True)])
def test_a_room_is_kept_for_a_month_at_most(desks, days, refused):
    with desks.unit_of_work() as uow:
        during = Slot(utc(2026, 12, 1), utc(2026, 12, 31) if days == 31 else utc(2027, 1, 2))
        if refused:
            with pytest.raises(InvalidPeriod):
                agenda.occupy_room(uow, BUROLO, during, "lavori", MARTA)
        else:
            agenda.occupy_room(uow, BUROLO, during, "lavori", MARTA)


@pytest.mark.parametrize("overlapping", [True, False])
def test_impossible_hours_are_refused(desks, overlapping):
    weekly = [*TUESDAYS, WeeklyHours(1, time(11), time(13))] if overlapping else [WeeklyHours(1, time(9), time(9))]
    with pytest.raises(OverlappingHours if overlapping else InvalidHours), desks.unit_of_work() as uow:
        agenda.set_hours(uow, "sara", weekly, SARA)


@pytest.mark.parametrize(
    ("actor", "username", "refusal"),
    [
        (SARA, "paolo", NotAllowed),
        (MARTA, "sara", NotAllowed),
        (ADMINISTRATOR, "sara", NotAllowed),
        (Actor("sara"), "sara", NotAllowed),
        (BOTH, "sara", NotAllowed),  # two roles in one actor give no more than each of them
        (PAOLO, "marta", RoleNotHeld),
        (PAOLO, "nessuno", UserNotFound),
        (SARA, "sara", None),
        (BOTH, "paolo", None),
        (PAOLO, "sara", None),
    ],
)
def test_analysts_keep_their_own_agenda_and_coordinators_everybodys(desks, actor, username, refusal):
    writes = [
        lambda uow: agenda.set_hours(uow, username, TUESDAYS, actor),
        lambda uow: agenda.declare_absence(uow, username, at(NINE), "", actor),
        lambda uow: agenda.add_desk_day(uow, DeskDay(username, BUROLO, TUESDAY, time(9), time(12)), actor),
    ]
    for write in writes:
        with desks.unit_of_work() as uow:
            if refusal:
                with pytest.raises(refusal):
                    write(uow)
            else:
                write(uow)


def test_what_is_not_ones_own_does_not_exist(desks):
    with desks.unit_of_work() as uow:
        away = agenda.declare_absence(uow, "paolo", at(NINE), "", PAOLO)
        visit = agenda.add_desk_day(uow, DeskDay("paolo", BUROLO, TUESDAY, time(9), time(12)), PAOLO)
        use = agenda.occupy_room(uow, BUROLO, at(THREE), "consiglio", MARTA)

    for remove, name, actor in (
        (agenda.withdraw_absence, away.id, SARA),
        (agenda.remove_desk_day, visit.id, SARA),
        (agenda.release_room, use.id, LIA),
        (agenda.withdraw_absence, "non c’è", PAOLO),
        (agenda.remove_desk_day, "non c’è", PAOLO),
        (agenda.release_room, "non c’è", MARTA),
    ):
        with pytest.raises(AgendaEntryNotFound), desks.unit_of_work() as uow:
            remove(uow, name, actor)


@pytest.mark.parametrize("actor", [LIA, SARA, PAOLO])
def test_only_those_who_keep_a_desk_occupy_its_room(desks, actor):
    with pytest.raises(NotAllowed), desks.unit_of_work() as uow:
        agenda.occupy_room(uow, BUROLO, at(NINE), "", actor)


def test_an_occupied_room_is_not_free_and_told_with_its_reason(desks):
    with desks.unit_of_work() as uow:
        agenda.occupy_room(uow, BUROLO, at(NINE), "consiglio", MARTA)
        (use,) = agenda.room_busy(uow, BUROLO, utc(2026, 12, 1))

    assert (use.slot, use.reason, use.recorded_by) == (at(NINE), "consiglio", "marta")
    assert free(desks) == ALL[1:]
    assert free(desks, istat=QUAGLIUZZO) == ALL


def test_what_others_have_is_not_free_for_room_or_analyst(desks, now):
    Called(desks, now).decide(appuntamento=NINE)
    Called(desks, now, analista="paolo").decide(proposte=[TEN, THREE])

    assert free(desks) == [*values(TUESDAY, 11), *values(THURSDAY, 16, 17)]
    assert free(desks, istat=QUAGLIUZZO) == ALL[1:]
    assert free(desks, analyst="paolo", istat=QUAGLIUZZO) == [ALL[0], ALL[2], *ALL[4:]]
    assert free(desks, analyst=None) == [ALL[2], *ALL[4:]]


def test_nothing_is_offered_before_the_next_working_day(desks, now):
    assert now.date() == date(2026, 11, 23)
    with desks.unit_of_work() as uow:
        comuni.set_hours(uow, BUROLO, [WeeklyHours(day, time(9), time(10)) for day in range(5)], ADMINISTRATOR)
        comuni.close(uow, BUROLO, Closure(date(2026, 11, 24), date(2026, 11, 24), "ponte"), ADMINISTRATOR)

    assert free(desks, start=date(2026, 11, 1), days=26) == values(date(2026, 11, 25), 9) + values(
        date(2026, 11, 26), 9
    )


def test_a_meeting_at_a_distance_follows_the_analyst_on_working_days(desks):
    found = free(desks, istat=None, start=date(2026, 12, 7), days=2)  # 8 December is a holiday

    assert found == values(date(2026, 12, 7), *range(9, 18))
    assert free(desks, istat=None, analyst=None) == []


@pytest.mark.parametrize(("minutes", "days"), [(0, 7), (-1, 7), (1441, 7), (45, 0), (45, -1)])
def test_lengths_and_days_that_make_no_sense_give_nothing(desks, minutes, days):
    assert free(desks, minutes=minutes, days=days) == []


def test_free_times_take_seven_statements_however_many_days(desks):
    for days in (1, 42):
        with desks.snapshot() as uow, statements(desks) as sent:
            agenda.free_slots(uow, BUROLO, "sara", 45, MONDAY, days)
        assert len(sent) == 7


def test_the_options_of_a_form_are_the_free_times(desks):
    with desks.snapshot() as uow:
        functions = uow.functions(BUROLO)
        options = feel.evaluate('free slots("sara", "45")', functions=functions, now=uow.now)
        distant = feel.evaluate('free slots("sara", 45, false)', functions=functions, now=uow.now)

    assert options[0] == {
        "value": "2026-11-24T09:00",
        "label": "martedì 24 novembre, dalle 9:00 alle 9:45",
        "giorno": "2026-11-24",
        "inizio": "9:00",
        "fine": "9:45",
    }
    assert len(options) == 33  # six weeks of six, without the Immacolata
    assert max(option["giorno"] for option in options) < "2027-01-04"
    assert len(distant) == MOST


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('slot words("2026-12-01T09:00", 45)', "martedì 1 dicembre, dalle 9:00 alle 9:45"),
        ('slot words("2026-12-01T09:00", "90")', "martedì 1 dicembre, dalle 9:00 alle 10:30"),
        ("slot words(null, 45)", None),
        ('slot words("2026-12-01T09:00", null)', None),
        ('free slots("sara", null)', None),
        ('free slots(5, "45")', None),
    ],
)
def test_times_are_said_in_words_and_wrong_arguments_give_null(desks, expression, value):
    with desks.snapshot() as uow:
        assert feel.evaluate(expression, functions=uow.functions(BUROLO), now=uow.now) == value


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
