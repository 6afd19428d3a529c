from datetime import date, time

import pytest

from desk import comuni
from desk.access import Role
from desk.calendar import Closure, Patron
from desk.comuni import istat
from desk.comuni.hours import ExtraordinaryOpening, WeeklyHours
from desk.errors import ComuneNotFound, ComuneNotJoined, InvalidHours, InvalidPeriod, NotAllowed, OverlappingHours
from desk.model import Comune
from engine.identity import Actor
from tests.kit.databases import statements
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, LIA, MARTA, QUAGLIUZZO, SARA

BORGOFRANCO, MONTALENGHE = "001030", "001159"
TUESDAY = WeeklyHours(1, time(9), time(12))


@pytest.mark.parametrize(
    ("code", "name", "belfiore", "cap"),
    [
        ("001030", "Borgofranco d’Ivrea", "B015", "10013"),
        ("001042", "Burolo", "B279", "10010"),
        ("001159", "Montalenghe", "F411", "10090"),
        ("001185", "Perosa Canavese", "G462", "10010"),
        ("001208", "Quagliuzzo", "H100", "10010"),
    ],
)
def test_the_list_holds_the_codes_of_the_pilot_comuni(uow, code, name, belfiore, cap):
    comune = comuni.get(uow, code)

    assert (comune.name, comune.belfiore, comune.cap, comune.province) == (name, belfiore, cap, "TO")


def test_importing_again_keeps_what_a_comune_has_told(uow):
    istat.import_list(uow)

    assert comuni.get_joined(uow, BUROLO).room == "Sala al piano terra"


def test_a_comune_that_left_the_list_is_marked_and_not_offered(uow, now):
    gone = Comune(
        istat="999999", name="Vecchia Prova", search="vecchia prova", belfiore="Z999", province="TO", region="Piemonte"
    )
    uow.session.add(gone)
    uow.session.flush()

    istat.import_list(uow)

    uow.session.refresh(gone)
    assert gone.suppressed_on == now.date()
    assert comuni.find(uow, "vecchia prova") == []


def test_a_city_with_many_postal_codes_has_none_of_its_own(uow):
    assert comuni.get(uow, "001272").cap is None


@pytest.mark.parametrize("text", ["borgofranco ivrea", "BORGOFRANCO D'IVREA", "b015", "001030"])
def test_a_comune_is_found_by_words_without_accents_and_by_codes(uow, text):
    assert BORGOFRANCO in [each.istat for each in comuni.find(uow, text)]


def test_wildcards_in_a_search_are_only_characters(uow):
    assert comuni.find(uow, "bur%lo") == []


def test_namesakes_are_all_found(uow):
    samone = [each for each in comuni.find(uow, "samone") if each.name == "Samone"]

    assert len({each.istat for each in samone}) == 2


def test_an_unknown_code_is_no_comune(uow):
    with pytest.raises(ComuneNotFound):
        comuni.get(uow, "000000")


def test_a_comune_joins_and_appears_among_the_desks(uow, now):
    comuni.join(uow, MONTALENGHE, comuni.Office(room="Municipio"), ADMINISTRATOR)

    assert [each.name for each in comuni.joined(uow)] == ["Burolo", "Montalenghe", "Quagliuzzo"]
    assert comuni.get_joined(uow, MONTALENGHE).joined_on == now.date()


def test_a_comune_that_joins_again_keeps_what_is_not_told_anew(uow):
    comuni.join(uow, BUROLO, comuni.Office(phone="0125 111"), ADMINISTRATOR)

    burolo = comuni.get(uow, BUROLO)
    assert (burolo.phone, burolo.room) == ("0125 111", "Sala al piano terra")


def test_a_referente_cannot_let_a_comune_join(uow):
    with pytest.raises(NotAllowed):
        comuni.join(uow, MONTALENGHE, comuni.Office(), MARTA)


def test_a_comune_that_has_not_joined_has_no_hours_to_set(uow):
    with pytest.raises(ComuneNotJoined):
        comuni.set_hours(uow, MONTALENGHE, [TUESDAY], ADMINISTRATOR)


def test_hours_are_replaced_and_kept(store):
    with store.unit_of_work() as uow:
        comuni.set_hours(uow, BUROLO, [TUESDAY], MARTA)
    with store.unit_of_work() as uow:
        comuni.set_hours(uow, BUROLO, [WeeklyHours(3, time(15), time(18)), TUESDAY], MARTA)

    with store.snapshot() as uow:
        timetable = comuni.timetable_of(comuni.get(uow, BUROLO))
    assert timetable.weekly == (TUESDAY, WeeklyHours(3, time(15), time(18)))


@pytest.mark.parametrize("actor", [LIA, SARA, Actor("marta", {Role.REFERENTE, Role.ANALISTA}, {"*"})])
def test_only_who_looks_after_the_desk_sets_its_hours(uow, actor):
    with pytest.raises(NotAllowed):
        comuni.set_hours(uow, BUROLO, [TUESDAY], actor)


def test_overlapping_hours_change_nothing(store):
    with pytest.raises(OverlappingHours), store.unit_of_work() as uow:
        comuni.set_hours(uow, BUROLO, [TUESDAY, WeeklyHours(1, time(11), time(13))], MARTA)

    with store.snapshot() as uow:
        assert comuni.get(uow, BUROLO).hours == []


def test_closures_openings_and_patron_make_the_timetable(store):
    with store.unit_of_work() as uow:
        comuni.set_hours(uow, BUROLO, [TUESDAY], MARTA)
        comuni.set_patron(uow, BUROLO, Patron(6, 29, "Santi Pietro e Paolo"), MARTA)
        comuni.close(uow, BUROLO, Closure(date(2026, 11, 24), date(2026, 11, 30), "trasloco"), MARTA)
        comuni.open_on(uow, BUROLO, ExtraordinaryOpening(date(2026, 11, 28), time(9), time(10), "recupero"), MARTA)

    with store.snapshot() as uow:
        timetable = comuni.timetable_of(comuni.get(uow, BUROLO))
    assert [each.opens for each in timetable.on(date(2026, 11, 28))] == [time(9)]
    assert timetable.on(date(2026, 11, 24)) == ()
    assert timetable.calendar.closed(date(2027, 6, 29)).name == "Santi Pietro e Paolo"


def test_a_patron_may_be_unknown(uow):
    comuni.set_patron(uow, BUROLO, Patron(6, 29, "Santi Pietro e Paolo"), MARTA)
    comuni.set_patron(uow, BUROLO, None, MARTA)

    assert comuni.patron_of(comuni.get(uow, BUROLO)) is None


def test_a_closure_that_ends_before_it_begins_is_refused(uow):
    with pytest.raises(InvalidPeriod):
        comuni.close(uow, BUROLO, Closure(date(2026, 12, 2), date(2026, 12, 1), "ferie"), MARTA)


def test_an_opening_that_ends_before_it_begins_is_refused(uow):
    with pytest.raises(InvalidHours):
        comuni.open_on(uow, BUROLO, ExtraordinaryOpening(date(2026, 12, 2), time(12), time(9)), MARTA)


def test_the_list_of_desks_costs_the_same_for_any_number(store):
    with store.unit_of_work() as uow:
        for code in (BUROLO, QUAGLIUZZO):
            comuni.set_hours(uow, code, [TUESDAY], ADMINISTRATOR)

    with store.snapshot() as uow, statements(store) as sent:
        [comuni.timetable_of(each).status(uow.now) for each in comuni.joined(uow)]

    assert len(sent) == 3
