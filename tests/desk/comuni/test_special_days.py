from datetime import date, time, timedelta

import pytest

from desk import comuni
from desk.access import Role
from desk.calendar import Closure
from desk.comuni.hours import ExtraordinaryOpening, WeeklyHours
from desk.errors import InvalidPeriod, NotAllowed, OverlappingHours, SpecialDayNotFound
from engine.identity import Actor
from tests.kit.small_desk import BUROLO, LIA, MARTA, QUAGLIUZZO, SARA

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
OFFICE = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
CLOSURE = Closure(FRIDAY, FRIDAY, "assemblea")
OPENING = ExtraordinaryOpening(FRIDAY, time(9), time(11), "urgenze")


def days(uow):
    uow.session.flush()
    return comuni.get(uow, BUROLO).special_days


@pytest.mark.parametrize("actor", [MARTA, OFFICE])
def test_who_keeps_a_desk_says_where_it_is(uow, actor):
    comuni.get(uow, BUROLO).demonstration = True

    comuni.describe(uow, BUROLO, comuni.Office(room="Biblioteca"), actor)

    comune = comuni.get(uow, BUROLO)
    assert (comune.room, comune.demonstration) == ("Biblioteca", True)


@pytest.mark.parametrize("actor", [LIA, SARA])
def test_nobody_else_does(uow, actor):
    with pytest.raises(NotAllowed):
        comuni.describe(uow, BUROLO, comuni.Office(), actor)
    with pytest.raises(NotAllowed):
        comuni.remove_special_day(uow, BUROLO, 1, actor)


def test_a_closure_or_an_opening_announced_twice_is_one(uow):
    for _ in range(2):
        comuni.close(uow, BUROLO, CLOSURE, MARTA)
        comuni.open_on(uow, BUROLO, OPENING, MARTA)

    assert [day.kind for day in days(uow)] == ["closure", "opening"]


@pytest.mark.parametrize("hours", [(time(10), time(12)), (time(9), time(11))])
def test_two_extraordinary_openings_of_a_day_do_not_meet(uow, hours):
    comuni.open_on(uow, BUROLO, OPENING, MARTA)

    with pytest.raises(OverlappingHours):
        comuni.open_on(uow, BUROLO, ExtraordinaryOpening(FRIDAY, *hours, "altro"), MARTA)


def test_two_extraordinary_openings_of_a_day_may_follow_each_other(uow):
    comuni.open_on(uow, BUROLO, OPENING, MARTA)
    comuni.open_on(uow, BUROLO, ExtraordinaryOpening(FRIDAY, time(11), time(12)), MARTA)

    assert len(comuni.timetable_of(comuni.get(uow, BUROLO)).on(FRIDAY)) == 2


def test_a_closure_taken_back_counts_no_more(uow):
    comuni.close(uow, BUROLO, CLOSURE, MARTA)
    (closure,) = days(uow)

    comuni.remove_special_day(uow, BUROLO, closure.id, MARTA)

    assert days(uow) == []
    assert comuni.calendar_of(comuni.get(uow, BUROLO)).is_working_day(FRIDAY)


def test_a_closure_that_is_over_stays(uow):
    yesterday = TODAY - timedelta(1)
    comuni.close(uow, BUROLO, Closure(yesterday, yesterday, "guasto"), MARTA)
    (closure,) = days(uow)

    with pytest.raises(SpecialDayNotFound):
        comuni.remove_special_day(uow, BUROLO, closure.id, MARTA)


def test_a_closure_of_another_desk_is_not_found(uow):
    comuni.close(uow, BUROLO, CLOSURE, MARTA)
    (closure,) = days(uow)

    with pytest.raises(SpecialDayNotFound):
        comuni.remove_special_day(uow, QUAGLIUZZO, closure.id, LIA)


def test_hours_do_not_end_before_they_begin_to_hold(uow):
    hours = WeeklyHours(1, time(9), time(12), valid_from=FRIDAY, valid_to=TODAY)

    with pytest.raises(InvalidPeriod):
        comuni.set_hours(uow, BUROLO, [hours], MARTA)
