"""The sealed envelope: what goes in, who opens it, and what is written of it."""

from hashlib import sha256

import pytest
from sqlalchemy import text, update

from desk import envelope
from desk.access import Role
from desk.envelope import DenialReason, Denied, Note, Purpose, agreements, file_deposit, text_deposit
from desk.errors import (
    EnvelopeDestroyed,
    EnvelopeHoldsItems,
    EnvelopeItemNotFound,
    EnvelopeKeyMissing,
    InvalidAgreement,
    NotAllowed,
    NothingAgreed,
    SpokenOnly,
    UnfitDeposit,
)
from desk.facilities import Facilities
from desk.model import User
from desk.proof import deposits
from engine import history
from engine.errors import InstanceNotFound
from engine.identity import ENGINE, Actor
from engine.store.unit_of_work import UnitOfWork
from tests.kit.enveloped import FACILITIES, FILE, PAOLO, REQUESTER, RING, SECRET, Enveloped, signed
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, LIA, MARTA, QUAGLIUZZO, SARA


@pytest.fixture
def case(store, now):
    return Enveloped(store, now)


def notes(case):
    with case.store.snapshot(case.now) as uow:
        return [event.facts.get("note") for event in history.read(uow, case.case.id) if event.facts.get("note")]


def test_a_named_person_reads_what_the_requester_deposited(case):
    case.agreed("sara").deposited()

    words, listed = case.opened_by(SARA)
    drawing = case.downloaded_by(SARA)

    assert words.text == SECRET
    assert (listed.name, listed.data) == (FILE[0], None)
    assert (drawing.name, drawing.data, drawing.media_type) == FILE


def test_nothing_goes_in_before_an_agreement_or_a_waiver(case):
    with pytest.raises(NothingAgreed):
        case.deposited()


def test_a_waiver_lets_in_and_opens_to_nobody(case):
    with case.store.unit_of_work(case.now) as uow:
        agreements.waive(uow, case.case.id, REQUESTER)
        agreements.waive(uow, case.case.id, REQUESTER)
    case.deposited()

    assert case.opened_by(SARA) == Denied(DenialReason.NO_AGREEMENT)
    assert notes(case).count(Note.WAIVED) == 1


def test_a_role_alone_opens_nothing(case):
    case.agreed("paolo").deposited()

    assert case.opened_by(SARA) == Denied(DenialReason.NOT_NAMED)
    assert case.opened_by(MARTA) == Denied(DenialReason.NOT_NAMED)
    assert case.opened_by(PAOLO) != Denied(DenialReason.NOT_NAMED)


@pytest.mark.parametrize("actor", [LIA, ADMINISTRATOR, REQUESTER, Actor("sara"), ENGINE])
def test_who_may_not_see_the_case_finds_no_envelope_however_named(case, actor):
    case.agreed("sara").deposited()

    for attempt in (case.opened_by, case.downloaded_by):
        with pytest.raises(InstanceNotFound):
            attempt(actor)
    assert case.accesses() == []


def test_two_roles_at_once_give_no_more_than_each(case):
    case.agreed("sara").deposited()
    both = Actor("sara", {Role.ANALISTA, Role.ADMINISTRATOR}, {"*"})

    with pytest.raises(InstanceNotFound):
        case.opened_by(both)


def test_nobody_opens_without_saying_why(case):
    case.agreed("sara").deposited()

    assert case.opened_by(SARA, None) == Denied(DenialReason.NO_PURPOSE)


def test_a_dismissed_person_opens_nothing(case):
    case.agreed("sara").deposited()
    with case._next() as uow:
        uow.connection.execute(update(User).where(User.username == "sara").values(active=False))

    assert case.opened_by(SARA) == Denied(DenialReason.NOT_NAMED)


def test_each_opening_download_and_refusal_is_a_line_that_the_requester_reads(case):
    case.agreed("sara").deposited()
    case.opened_by(SARA)
    case.downloaded_by(SARA, Purpose.MEETING)
    case.opened_by(PAOLO)

    told = [
        (each.note, each.name, each.role, each.purpose, each.count, each.reason) for each in reversed(case.accesses())
    ]

    assert told == [
        (Note.OPENED, "Sara Esempio", Role.ANALISTA, Purpose.FIRST_ANALYSIS, 2, None),
        (Note.DOWNLOADED, "Sara Esempio", Role.ANALISTA, Purpose.MEETING, 1, None),
        (Note.REFUSED, "Paolo Modelli", Role.COORDINATORE, Purpose.FIRST_ANALYSIS, 2, DenialReason.NOT_NAMED),
    ]
    with case.store.snapshot() as uow:
        assert list(history.verify(uow, case.case.id)) == []


def test_what_was_shown_is_written_or_was_not_shown(case, monkeypatch):
    case.agreed("sara").deposited()

    def broken(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(UnitOfWork, "flush", broken)
    with pytest.raises(OSError):
        case.opened_by(SARA)
    monkeypatch.undo()

    assert case.accesses() == []


def test_the_history_proves_a_deposit_by_its_fingerprint(case):
    case.agreed("sara").deposited()

    with case.store.snapshot() as uow:
        found = deposits.find(uow, sha256(FILE[1]).hexdigest())

    assert [(each.number, each.deposit.what) for each in found] == [(case.case.number, "busta")]
    assert case.file.sha256 == sha256(FILE[1]).hexdigest()


def test_a_form_sent_twice_deposits_once_and_agrees_once(case):
    case.agreed("sara", id="accordo-1").agreed("paolo", id="accordo-1")
    for _ in range(2):
        with case._next() as uow:
            envelope.deposit(uow, FACILITIES, case.case.id, text_deposit(SECRET, "una-volta"), REQUESTER)

    with case.store.snapshot() as uow:
        assert [each.id for each in envelope.items(uow, case.case.id)] == ["una-volta"]
        assert [list(each.people) for each in agreements.of_case(uow, case.case.id)] == [["sara"]]


def test_an_id_of_another_case_is_not_taken(case, store, now):
    other = Enveloped(store, now).agreed("sara").deposited()
    case.agreed("sara")

    with case._next() as uow, pytest.raises(EnvelopeItemNotFound):
        envelope.deposit(uow, FACILITIES, case.case.id, text_deposit("altro", other.text.id), REQUESTER)
    with case._next() as uow, pytest.raises(InvalidAgreement):
        agreements.record(uow, case.case.id, signed(case.now, "paolo", id=other.agreement), MARTA)


def test_an_item_is_not_downloaded_through_another_case(case, store, now):
    other = Enveloped(store, now).agreed("paolo").deposited()
    case.agreed("sara").deposited()
    case.file = other.file

    with pytest.raises(EnvelopeItemNotFound):
        case.downloaded_by(SARA)


@pytest.mark.parametrize("actor", [SARA, PAOLO, ADMINISTRATOR, LIA])
def test_only_the_requester_and_their_referente_put_something_in(case, actor):
    case.agreed("sara")

    with pytest.raises((NotAllowed, InstanceNotFound)):
        case.deposited(actor)
    assert case.deposited(MARTA).text.size == len(SECRET)


def test_the_requester_of_another_comune_finds_nothing(case):
    stranger = Actor("richiedente", {"richiedente"}, {QUAGLIUZZO})

    for verb in (agreements.revoke, agreements.waive, envelope.destroy):
        with case._next() as uow, pytest.raises(InstanceNotFound):
            verb(uow, case.case.id, stranger)


@pytest.mark.parametrize("actor", [MARTA, SARA, PAOLO, ADMINISTRATOR])
def test_names_are_read_and_things_taken_out_by_the_requester_alone(case, actor):
    case.agreed("sara").deposited()

    with case._next() as uow:
        with pytest.raises(NotAllowed):
            envelope.own_items(uow, FACILITIES, case.case.id, actor)
        with pytest.raises(NotAllowed):
            envelope.take_out(uow, case.case.id, case.file.id, actor)
        with pytest.raises(NotAllowed):
            envelope.destroy(uow, case.case.id, actor)


def test_the_requester_sees_the_names_and_takes_something_out_for_good(case):
    case.agreed("sara").deposited()
    with case._next() as uow:
        assert [each.name for each in envelope.own_items(uow, FACILITIES, case.case.id, REQUESTER)] == ["", FILE[0]]
        envelope.take_out(uow, case.case.id, case.file.id, REQUESTER)
        with pytest.raises(EnvelopeItemNotFound):
            envelope.take_out(uow, case.case.id, case.file.id, REQUESTER)

    assert [each.kind for each in case.opened_by(SARA)] == ["testo"]
    assert notes(case).count(Note.TAKEN_OUT) == 1


def test_told_in_person_only_nothing_goes_in_until_the_requester_changes_their_mind(case):
    case.agreed("sara")
    with case._next() as uow:
        envelope.speak_only(uow, case.case.id, REQUESTER, spoken=True)
    with pytest.raises(SpokenOnly):
        case.deposited()
    with case._next() as uow:
        envelope.speak_only(uow, case.case.id, MARTA, spoken=False)

    case.deposited()
    with case._next() as uow, pytest.raises(EnvelopeHoldsItems):
        envelope.speak_only(uow, case.case.id, REQUESTER, spoken=True)


@pytest.mark.parametrize("actor", [REQUESTER, ENGINE])
def test_a_destroyed_key_takes_everything_with_it(case, actor):
    case.agreed("sara").deposited()
    with case._next() as uow:
        envelope.destroy(uow, case.case.id, actor)
        envelope.destroy(uow, case.case.id, actor)

    with case.store.snapshot() as uow:
        kept = uow.connection.execute(text("SELECT wrapped_key, (SELECT count(*) FROM envelope_item) FROM envelope"))
        assert kept.one() == (None, 0)
        assert envelope.own_items(uow, FACILITIES, case.case.id, REQUESTER) == []
    assert case.opened_by(SARA) == []
    assert notes(case).count(Note.DESTROYED) == 1
    with pytest.raises(EnvelopeDestroyed):
        case.deposited()


def test_without_a_key_nothing_is_deposited(case):
    case.agreed("sara")

    with case._next() as uow, pytest.raises(EnvelopeKeyMissing):
        envelope.deposit(uow, Facilities(), case.case.id, text_deposit(SECRET), REQUESTER)


@pytest.mark.parametrize(
    ("given", "flaw"),
    [
        (text_deposit(" \r\n "), "vuoto"),
        (text_deposit("è" * 25_001), "troppo_grande"),
        (file_deposit("a.pdf", b"", "application/pdf"), "vuoto"),
        (file_deposit("a.pdf", b"x" * (20 * 1024 * 1024 + 1), "application/pdf"), "troppo_grande"),
        (file_deposit("a" * 256, b"x", "application/pdf"), "nome"),
    ],
)
def test_what_does_not_fit_stays_out(case, given, flaw):
    case.agreed("sara")

    with case._next() as uow, pytest.raises(UnfitDeposit) as refusal:
        envelope.deposit(uow, FACILITIES, case.case.id, given, REQUESTER)
    assert refusal.value.flaw == flaw


def test_what_is_shown_of_an_envelope_never_prints_its_content(case):
    case.agreed("sara").deposited()

    printed = repr([*case.opened_by(SARA), case.downloaded_by(SARA), text_deposit(SECRET), RING, BUROLO])

    assert "lama" not in printed
    assert all(repr(key) not in printed for key in RING.keys.values())
