"""Agreements and conflicts of interest: whom they let open an envelope, from when to when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.envelope import DenialReason, Denied, Means, Note, agreements, conflicts
from desk.errors import (
    InvalidAgreement,
    NotAllowed,
)
from engine import history
from engine.errors import InstanceNotFound
from tests.kit.enveloped import PAOLO, REQUESTER, Enveloped, signed
from tests.kit.played import ANSWERS
from tests.kit.small_desk import ADMINISTRATOR, LIA, MARTA, SARA


@pytest.fixture
def case(store, now):
    return Enveloped(store, now)


def notes(case):
    with case.store.snapshot(case.now) as uow:
        return [event.facts.get("note") for event in history.read(uow, case.case.id) if event.facts.get("note")]


def test_an_agreement_ends_with_its_last_day(case, now):
    case.agreed("sara", days=1).deposited()
    case.now = now + timedelta(days=1)
    assert not isinstance(case.opened_by(SARA), Denied)

    case.now = now + timedelta(days=2)
    assert case.opened_by(SARA) == Denied(DenialReason.EXPIRED)


@pytest.mark.parametrize("actor", [REQUESTER, MARTA, PAOLO])
def test_a_revocation_closes_the_envelope_at_once(case, actor):
    case.agreed("sara").deposited()
    assert not isinstance(case.opened_by(SARA), Denied)

    with case._next() as uow:
        assert agreements.revoke(uow, case.case.id, actor) == 1

    assert case.opened_by(SARA) == Denied(DenialReason.REVOKED)
    assert case.downloaded_by(SARA) == Denied(DenialReason.REVOKED)


def test_an_analyst_revokes_nothing(case):
    case.agreed("sara")

    with case._next() as uow, pytest.raises(NotAllowed):
        agreements.revoke(uow, case.case.id, SARA)


def test_one_agreement_may_end_while_another_goes_on(case):
    case.agreed("paolo")
    first = case.agreement
    case.agreed("sara").deposited()
    with case._next() as uow:
        assert agreements.revoke(uow, case.case.id, REQUESTER, first) == 1

    assert case.opened_by(PAOLO) == Denied(DenialReason.REVOKED)
    assert not isinstance(case.opened_by(SARA), Denied)


def test_a_conflict_of_interest_closes_the_envelope_until_a_coordinator_lifts_it(case):
    case.agreed("sara").deposited()
    with case._next() as uow:
        conflicts.declare(uow, case.case.id, "sara", SARA)
        conflicts.declare(uow, case.case.id, "sara", SARA)
    assert case.opened_by(SARA) == Denied(DenialReason.CONFLICT)

    with case._next() as uow, pytest.raises(NotAllowed):
        conflicts.lift(uow, case.case.id, "sara", SARA)
    with case._next() as uow:
        conflicts.lift(uow, case.case.id, "sara", PAOLO)

    assert not isinstance(case.opened_by(SARA), Denied)
    assert notes(case).count(Note.CONFLICT) == 1


def test_only_a_coordinator_speaks_of_others_conflicts_and_never_lifts_their_own(case):
    with case._next() as uow, pytest.raises(NotAllowed):
        conflicts.declare(uow, case.case.id, "paolo", SARA)
    with case._next() as uow:
        conflicts.declare(uow, case.case.id, "paolo", PAOLO)
        with pytest.raises(NotAllowed):
            conflicts.lift(uow, case.case.id, "paolo", PAOLO)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"version": " "}, "versione"),
        ({"signed_on": "tomorrow"}, "firmato_il"),
        ({"valid_to": "yesterday"}, "valido_fino"),
        ({"people": ()}, "persone"),
        ({"people": ("ivo",)}, "persone"),
        ({"people": ("marta", "sara")}, "se_stessi"),
        ({"signed_by": "a" * 201}, "firmato_da"),
    ],
)
def test_an_agreement_that_makes_no_sense_is_refused(case, changes, field):
    day = {"tomorrow": case.now.date() + timedelta(days=1), "yesterday": case.now.date() - timedelta(days=1)}
    wrong = replace(
        signed(case.now, "sara"),
        **{key: day.get(value, value) if isinstance(value, str) else value for key, value in changes.items()},
    )

    with case._next() as uow, pytest.raises(InvalidAgreement) as refusal:
        agreements.record(uow, case.case.id, wrong, MARTA)
    assert refusal.value.field == field


def test_a_coordinator_does_not_name_themselves_whatever_role_they_act_in(case):
    with case._next() as uow, pytest.raises(InvalidAgreement):
        agreements.record(uow, case.case.id, signed(case.now, "paolo"), PAOLO)


@pytest.mark.parametrize("actor", [SARA, ADMINISTRATOR, LIA, REQUESTER])
def test_only_the_referente_and_the_coordinator_record_agreements(case, actor):
    with case._next() as uow, pytest.raises((NotAllowed, InstanceNotFound)):
        agreements.record(uow, case.case.id, signed(case.now, "paolo"), actor)


@pytest.mark.parametrize(("born", "minor"), [("2008-11-24", True), ("2008-11-23", False), (None, False)])
def test_a_minor_needs_someone_beside_them(store, now, born, minor):
    case = Enveloped(store, now, answers=ANSWERS | {"nato_il": born})
    if minor:
        with pytest.raises(InvalidAgreement) as refusal:
            case.agreed("sara")
        assert refusal.value.field == "cofirma"

    case.agreed("sara", co_signer="Ida Esempio")
    with case.store.snapshot() as uow:
        (found,) = agreements.of_case(uow, case.case.id)
    assert (found.co_signer, found.means, found.signed_by) == ("Ida Esempio", Means.BY_HAND, "Ada Esempio")
