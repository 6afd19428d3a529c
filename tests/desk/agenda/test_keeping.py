"""Who keeps which agenda, and what it then says: availability, absences, «giornate», rooms."""

from datetime import date, time

import pytest

from desk import agenda, comuni
from desk.agenda import DeskDay, Slot
from desk.comuni.hours import WeeklyHours
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
from engine.identity import Actor
from tests.kit.meetings import NINE, THREE, at, utc
from tests.kit.open_desks import ALL, MONDAY, THURSDAY, TUESDAY, desks, free, values  # noqa: F401  # a fixture is asked for by name
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, LIA, MARTA, PAOLO, QUAGLIUZZO, SARA

TUESDAYS = (WeeklyHours(1, time(10), time(12)),)
BOTH = Actor("paolo", {"Coordinatore", "Analista"}, {"*"})
VISIT = DeskDay("sara", BUROLO, TUESDAY, time(9), time(12))


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
