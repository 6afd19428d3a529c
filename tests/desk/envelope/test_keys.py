"""The keys of the envelopes: what they open, what they refuse, how they are changed; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from desk import envelope
from desk.envelope import DenialReason, Denied, KeyRing, UnreadableKeys, agreements, new_key, text_deposit
from desk.errors import EnvelopeKeyMissing, EnvelopeTampered
from desk.facilities import Facilities, keys
from tests.kit.enveloped import FACILITIES, REQUESTER, RING, SECRET, Enveloped
from tests.kit.small_desk import SARA

KEY = bytes(range(32))
PLACE = ("case", "item", "content")


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_in_its_place(plain):
    sealed = keys.seal(KEY, plain, *PLACE)

    assert keys.unseal(KEY, sealed, *PLACE) == plain
    assert sealed != keys.seal(KEY, plain, *PLACE)


@given(st.binary(max_size=50), st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_byte_opens_nothing(plain, where, change):
    sealed = bytearray(keys.seal(KEY, plain, *PLACE))
    sealed[where % len(sealed)] ^= change

    with pytest.raises(EnvelopeTampered):
        keys.unseal(KEY, bytes(sealed), *PLACE)


@given(st.integers(0, 60))
def test_a_shortened_text_opens_nothing(length):
    sealed = keys.seal(KEY, b"x" * 40, *PLACE)

    with pytest.raises(EnvelopeTampered):
        keys.unseal(KEY, sealed[: min(length, len(sealed) - 1)], *PLACE)


@given(st.tuples(*[st.text(max_size=5)] * 3), st.tuples(*[st.text(max_size=5)] * 3))
def test_nothing_opens_in_another_place(one, other):
    sealed = keys.seal(KEY, b"x", *one)

    if one == other:
        assert keys.unseal(KEY, sealed, *other) == b"x"
    else:
        with pytest.raises(EnvelopeTampered):
            keys.unseal(KEY, sealed, *other)


def test_keys_are_read_as_the_configuration_writes_them():
    ring = KeyRing.read(f" {new_key('nuova')} , {new_key('vecchia')},")

    assert list(ring.keys) == ["nuova", "vecchia"]
    assert {len(key) for key in ring.keys.values()} == {32}
    assert KeyRing.read("").keys == {}


@pytest.mark.parametrize("wrong", ["", "a", ":x", "a:", "a:xx", "A:" + "A" * 43 + "=", "a b:x", "a:" + "é" * 44])
def test_keys_written_otherwise_are_refused_without_being_told(wrong):
    if not wrong:
        wrong = ",".join([new_key("a")] * 2)

    with pytest.raises(UnreadableKeys) as refusal:
        KeyRing.read(wrong)
    assert wrong.partition(":")[2][:8] not in str(refusal.value) or not wrong.partition(":")[2]


def test_a_wrapped_key_is_its_cases_own():
    name, wrapped = RING.wrap(KEY, "one")

    assert RING.unwrap(name, wrapped, "one") == KEY
    with pytest.raises(EnvelopeTampered):
        RING.unwrap(name, wrapped, "other")
    with pytest.raises(EnvelopeKeyMissing):
        KeyRing.read(new_key("altra")).unwrap(name, wrapped, "one")


def test_changing_the_key_keeps_the_content_and_shuts_the_old_key_out(each_store, now):
    case = Enveloped(each_store, now).agreed("sara").deposited()
    new = new_key("nuova")
    both = KeyRing({**KeyRing.read(new).keys, **RING.keys})
    with case._next() as uow:
        assert envelope.rotate(uow, both) == 1
        assert envelope.rotate(uow, both) == 0
        assert envelope.in_use(uow) == {"nuova": 1}

    assert case.opened_by(SARA, ring=KeyRing.read(new))[0].text == SECRET
    with pytest.raises(EnvelopeKeyMissing):
        case.opened_by(SARA, ring=RING)


def test_no_key_changes_when_one_of_them_cannot_be_read(each_store, now):
    Enveloped(each_store, now).agreed("sara").deposited()
    lost = Enveloped(each_store, now).agreed("sara")
    with lost._next() as uow:
        other = Facilities(envelope_keys=KeyRing.read(new_key("persa")))
        envelope.deposit(uow, other, lost.case.id, text_deposit(SECRET), REQUESTER)

    with lost._next() as uow, pytest.raises(EnvelopeKeyMissing):
        envelope.rotate(uow, KeyRing({**KeyRing.read(new_key("nuova")).keys, **RING.keys}))
    with each_store.snapshot() as uow:
        assert envelope.in_use(uow) == {"persa": 1, "prima": 1}


def test_who_has_the_whole_database_has_nothing_without_the_key_outside_it(each_store, now):
    Enveloped(each_store, now).agreed("sara").deposited()

    with each_store.snapshot() as uow:
        wrapped, label, content = uow.connection.execute(
            text("SELECT wrapped_key, label, content FROM envelope JOIN envelope_item USING (case_id) LIMIT 1")
        ).one()

    for sealed in (wrapped, label, content):
        for guess in (bytes(wrapped)[:32], bytes(wrapped)[-32:], bytes(32)):
            with pytest.raises(InvalidTag):
                AESGCM(guess).decrypt(bytes(sealed)[:12], bytes(sealed)[12:], None)


def test_two_first_deposits_at_once_share_one_key(each_store, now):
    case = Enveloped(each_store, now).agreed("sara")
    start = Barrier(4)

    def deposit(number):
        start.wait()
        with each_store.unit_of_work(case.now) as uow:
            envelope.deposit(uow, FACILITIES, case.case.id, text_deposit(f"Parte {number}"), REQUESTER)

    with ThreadPoolExecutor(4) as people:
        list(people.map(deposit, range(4)))

    assert {each.text for each in case.opened_by(SARA)} == {f"Parte {number}" for number in range(4)}


def test_no_opening_is_written_after_the_revocation_it_raced_with(each_store, now):
    case = Enveloped(each_store, now).agreed("sara").deposited()
    start = Barrier(6)

    def open_it(_):
        start.wait()
        return case_opened(each_store, case)

    def revoke(_):
        start.wait()
        with each_store.unit_of_work(case.now + timedelta(hours=2)) as uow:
            agreements.revoke(uow, case.case.id, REQUESTER)

    with ThreadPoolExecutor(6) as people:
        tries = [people.submit(open_it, each) for each in range(5)]
        people.submit(revoke, 0).result()
        outcomes = [each.result() for each in tries]

    with each_store.snapshot() as uow:
        rows = uow.connection.execute(text("SELECT facts FROM history_event WHERE type = 'noted' ORDER BY id"))
        order = ["open" if "busta_aperta" in row.facts else "revoked" for row in rows if _counts(row.facts)]
    assert order.index("revoked") == len(order) - 1
    assert order.count("open") == sum(not isinstance(each, Denied) for each in outcomes)
    assert case.opened_by(SARA) == Denied(DenialReason.REVOKED)


def case_opened(store, case):
    with store.unit_of_work(case.now + timedelta(hours=1)) as uow:
        reader = envelope.EnvelopeReader(SARA, envelope.Purpose.MEETING, RING)
        return envelope.open_envelope(uow, case.case.id, reader)


def _counts(facts):
    return "busta_aperta" in facts or "busta_revoca" in facts
