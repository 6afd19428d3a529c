import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import EXTENSION, cases, people
from desk.access import Role
from desk.errors import (
    ComuneNotJoined,
    InvalidPeriod,
    NotAllowed,
    NotQualified,
    OverlappingMandates,
    RoleNotHeld,
    TrainingIncomplete,
    UserNotFound,
)
from desk.lacks import DatedLack, MandateLack
from desk.model import Mandate
from desk.people import mandates
from desk.people.mandates import Qualification
from engine.identity import Actor
from engine.store import Store
from tests.kit.databases import statements
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, CHARGE, LIA, MARTA, PAOLO, QUAGLIUZZO, SARA

TODAY = date(2026, 11, 23)
OFFICE = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
DAY = timedelta(1)


def record(uow, changes=None, **where):
    """Correct Marta's mandate, unless told another."""
    charge = replace(CHARGE, **changes or {})
    where = {"username": "marta", "istat": BUROLO, "actor": OFFICE, "instead_of": CHARGE.starts_on} | where
    return mandates.record(uow, charge=charge, **where)


def why_not(uow, today=TODAY, username="marta", istat=BUROLO):
    return mandates.why_not(uow, username, istat, today)


def test_a_trained_referente_with_a_mandate_receives_requests(uow):
    assert why_not(uow) == ()
    assert cases.open_request(uow, MARTA, BUROLO).istat == BUROLO


def test_a_mandate_holds_for_one_comune_only(uow):
    assert why_not(uow, istat=QUAGLIUZZO) == (DatedLack(MandateLack.NO_MANDATE),)


def test_a_mandate_holds_on_its_first_and_its_last_day(uow):
    record(uow, {"starts_on": TODAY, "ends_on": TODAY})

    assert [why_not(uow, day) for day in (TODAY - DAY, TODAY, TODAY + DAY)] == [
        (DatedLack(MandateLack.NOT_YET, TODAY),),
        (),
        (DatedLack(MandateLack.EXPIRED, TODAY),),
    ]


def test_without_training_nobody_receives(uow):
    record(uow, {"trained_on": None, "trained_by": None})

    assert why_not(uow) == (DatedLack(MandateLack.NOT_TRAINED),)


def test_all_that_is_lacking_is_said_at_once(uow):
    record(uow, {"ends_on": TODAY - DAY, "trained_on": None, "trained_by": None})

    assert why_not(uow) == (DatedLack(MandateLack.EXPIRED, TODAY - DAY), DatedLack(MandateLack.NOT_TRAINED))


@pytest.mark.parametrize("changes", [{"ends_on": TODAY - DAY}, {"trained_on": None, "trained_by": None}])
def test_no_request_is_opened_and_no_number_used_by_who_may_not_receive(store, changes):
    with store.unit_of_work() as uow:
        record(uow, changes)
    with store.unit_of_work() as uow, pytest.raises(NotQualified) as refusal:
        cases.open_request(uow, MARTA, BUROLO)

    assert refusal.value.reasons
    with store.unit_of_work() as uow:
        record(uow)
        assert cases.open_request(uow, MARTA, BUROLO).number.endswith("0001")


def test_a_mandate_that_was_recorded_wrong_is_corrected_not_doubled(uow):
    record(uow, {"starts_on": date(2025, 3, 1), "qualification": Qualification.VOLUNTEER})

    (only,) = mandates.of(uow, BUROLO, ["marta"])["marta"]
    assert (only.starts_on, only.qualification, only.recorded_by) == (date(2025, 3, 1), "volontario", "olga")


def test_the_same_mandate_recorded_twice_is_one(uow):
    record(uow)
    record(uow, instead_of=None)

    assert len(mandates.of(uow, BUROLO, ["marta"])["marta"]) == 1


def test_a_renewal_follows_the_mandate_that_ends(uow):
    record(uow, {"ends_on": TODAY})
    record(uow, {"starts_on": TODAY + DAY}, instead_of=None)

    assert [why_not(uow, day) for day in (TODAY, TODAY + DAY)] == [(), ()]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_on": date(2024, 12, 31)}, InvalidPeriod),
        ({"trained_by": None}, TrainingIncomplete),
        ({"trained_on": None}, TrainingIncomplete),
        ({"trained_on": TODAY + DAY}, TrainingIncomplete),
    ],
)
def test_what_cannot_be_is_refused(uow, changes, refusal):
    with pytest.raises(refusal):
        record(uow, changes)


def test_two_mandates_never_cover_the_same_day(uow):
    with pytest.raises(OverlappingMandates) as refusal:
        record(uow, {"starts_on": TODAY}, instead_of=None)

    assert (refusal.value.first, refusal.value.last) == (CHARGE.starts_on, None)


@pytest.mark.parametrize(
    ("where", "refusal"),
    [
        ({"username": "nessuno"}, UserNotFound),
        ({"username": "sara"}, RoleNotHeld),
        ({"istat": QUAGLIUZZO}, RoleNotHeld),
        ({"istat": "001159"}, ComuneNotJoined),
    ],
)
def test_only_referenti_of_the_comune_are_charged(uow, where, refusal):
    with pytest.raises(refusal):
        record(uow, **where)


@pytest.mark.parametrize("actor", [MARTA, LIA, SARA, PAOLO, Actor("dario", {Role.DESIGNER}, {"*"})])
def test_nobody_charges_themselves(uow, actor):
    with pytest.raises(NotAllowed):
        record(uow, actor=actor)


def test_desks_that_receive_are_found_in_one_statement(store):
    with store.snapshot() as uow, statements(store) as sent:
        found = mandates.receiving(uow, TODAY)

    assert (found, len(sent)) == ({BUROLO: ["marta"], QUAGLIUZZO: ["lia"]}, 1)


def test_a_desk_whose_referente_left_receives_nothing(uow):
    people.set_active(uow, "marta", ADMINISTRATOR, active=False)
    people.set_roles(uow, "lia", {Role.DESIGNER: ["*"]}, ADMINISTRATOR)
    uow.session.flush()

    assert mandates.receiving(uow, TODAY) == {}


def test_a_referente_of_two_comuni_receives_where_they_are_charged(uow):
    people.set_roles(uow, "marta", {Role.REFERENTE: [BUROLO, QUAGLIUZZO]}, ADMINISTRATOR)
    uow.session.flush()
    record(uow, istat=QUAGLIUZZO)

    assert mandates.receiving(uow, TODAY) == {BUROLO: ["marta"], QUAGLIUZZO: ["lia", "marta"]}


NEAR = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days))
WRITTEN = st.builds(
    lambda first, length, trained: Mandate(
        starts_on=first, ends_on=None if length is None else first + timedelta(length), trained_on=trained
    ),
    NEAR,
    st.none() | st.integers(0, 2),
    st.none() | NEAR,
)


@pytest.fixture(scope="module")
def shelf(furnished, tmp_path_factory):
    file = shutil.copy(furnished, tmp_path_factory.mktemp("mandates"))
    store = Store(f"sqlite:///{file}", extensions=(EXTENSION,))
    yield store
    store.close()


@settings(deadline=None, max_examples=60)
@given(mandate=WRITTEN)
def test_the_statement_and_the_reasons_agree(shelf, mandate):
    body = None if mandate.trained_on is None else "Novain"
    with shelf.unit_of_work() as uow:
        (row,) = mandates.of(uow, BUROLO, ["marta"])["marta"]
        row.starts_on, row.ends_on, row.trained_on, row.trained_by = (
            mandate.starts_on,
            mandate.ends_on,
            mandate.trained_on,
            body,
        )
        uow.session.flush()
        receives = "marta" in mandates.receiving(uow, TODAY).get(BUROLO, ())

    assert receives is (mandates.lacking([mandate], TODAY) == ())


def test_mandates_are_kept_and_found_on_both_databases(each_store):
    with each_store.unit_of_work() as uow:
        record(uow, {"ends_on": TODAY - DAY})
        assert mandates.receiving(uow, TODAY) == {QUAGLIUZZO: ["lia"]}
        with pytest.raises(NotQualified):
            cases.open_request(uow, MARTA, BUROLO)
