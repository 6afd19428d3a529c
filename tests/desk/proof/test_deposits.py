import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.proof import deposits
from desk.proof.deposits import DepositKind
from engine import history
from engine.errors import InstanceNotFound
from tests.kit.played import ANSWERS, Played
from tests.kit.small_desk import MARTA

SOME = "a4809e480df5508275ee24c01820247ec22a9627a51f1c55a85a99d3844f7994"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@pytest.fixture
def played(store, now):
    return Played(store, now).registered()


def sealed(store, case):
    with store.unit_of_work() as uow:
        return deposits.seal(uow, case.id, MARTA)


def test_the_seal_covers_number_comune_moment_and_answers(store, played):
    deposit = sealed(store, played.case)

    with store.snapshot() as uow:
        (proof,) = deposits.proofs(uow, played.case.id)
    content = json.loads(proof["contenuto"])
    assert sha256(proof["contenuto"].encode()).hexdigest() == deposit.sha256 == proof["sha256"]
    assert content["numero"] == played.case.number
    assert content["comune_istat"] == played.case.istat
    assert content["registrata_il"] == played.now.isoformat()
    assert content["risposte"] == ANSWERS


def test_the_same_content_is_sealed_once(store, played):
    first, second = sealed(store, played.case), sealed(store, played.case)

    with store.snapshot() as uow:
        assert deposits.of_case(uow, played.case.id) == [first] == [second]


def test_what_was_sealed_can_still_be_written_after_the_case_went_on(store, now):
    played = Played(store, now).registered()
    deposit = sealed(store, played.case)
    played._complete(MARTA)

    with store.snapshot() as uow:
        (proof,) = deposits.proofs(uow, played.case.id)
    assert sha256(proof["contenuto"].encode()).hexdigest() == deposit.sha256


def test_a_draft_has_nothing_to_seal(store, now):
    case = Played(store, now).case

    assert sealed(store, case) is None
    with store.snapshot() as uow:
        assert deposits.of_case(uow, case.id) == []


def test_a_deposit_of_the_envelope_is_found_by_its_fingerprint_and_only_by_it(store, played):
    with store.unit_of_work() as uow:
        recorded = deposits.record(uow, played.case.id, SOME, DepositKind.ENVELOPE, MARTA)

    with store.snapshot() as uow:
        (found,) = deposits.find(uow, SOME)
        assert (found.number, found.deposit) == (played.case.number, recorded)
        assert deposits.find(uow, SOME[::-1]) == []
        assert deposits.find(uow, "%") == []
        assert deposits.latest(uow, played.case.id) is None
        assert deposits.latest(uow, played.case.id, DepositKind.ENVELOPE) == recorded
        assert list(history.verify(uow)) == []


@pytest.mark.parametrize("wrong", ["", SOME[:-1], SOME.upper(), SOME + "\n", "g" * 64])
def test_what_is_no_fingerprint_is_not_recorded(store, played, wrong):
    with pytest.raises(ValueError), store.unit_of_work() as uow:
        deposits.record(uow, played.case.id, wrong, DepositKind.ENVELOPE, MARTA)


def test_a_case_that_is_not_there_has_no_document(store):
    with pytest.raises(InstanceNotFound), store.snapshot() as uow:
        deposits.document(uow, "nessuna")


@given(st.dictionaries(st.text(), VALUES))
def test_one_content_has_one_spelling(content):
    written = deposits.canonical(content)

    assert deposits.canonical(dict(reversed(content.items()))) == written
    assert json.loads(written) == content
