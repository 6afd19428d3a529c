import re
from datetime import timedelta

import pytest

from desk.errors import NotAllowed, TooManyAttempts
from desk.requester import secrets
from engine import instances
from engine.errors import InstanceNotFound
from tests.kit.databases import statements
from tests.kit.played import Played
from tests.kit.small_desk import LIA, MARTA, SARA

HERE = "192.0.2.1"


@pytest.fixture
def case(store, now):
    return Played(store, now).registered().case


@pytest.fixture
def secret(store, case):
    with store.unit_of_work() as uow:
        return secrets.issue(uow, case.id, MARTA)


def opened(store, number, secret, address=HERE, now=None):
    with store.unit_of_work(now) as uow:
        return secrets.open_with(uow, number, secret, address)


def test_a_secret_is_twelve_plain_characters_in_groups_of_four(secret):
    assert re.fullmatch(r"([2-46-9ACDEFGHJKMNPQRTVWXY]{4}-){2}[2-46-9ACDEFGHJKMNPQRTVWXY]{4}", secret)


def test_number_and_secret_open_the_case(store, case, secret):
    assert opened(store, case.number, secret).id == case.id


def test_they_may_be_typed_as_they_come(store, case, secret):
    typed = secret.replace("-", " ").lower()

    assert opened(store, f" {case.number.lower()} ", typed).id == case.id


def test_a_new_secret_replaces_the_former(store, case, secret):
    with store.unit_of_work() as uow:
        second = secrets.issue(uow, case.id, MARTA)

    assert opened(store, case.number, secret) is None
    assert opened(store, case.number, second).id == case.id


def test_only_the_hash_is_kept(store, case, secret):
    bare = secret.replace("-", "")

    with store.snapshot() as uow:
        row = uow.connection.exec_driver_sql("SELECT * FROM pratica").one()
        told = instances.history(uow, case.id)

    assert row.secret.startswith("$argon2id$")
    assert bare not in str((row, told))
    assert secret not in str((row, told))


def test_making_a_secret_stands_in_the_history(store, case, secret):
    with store.snapshot() as uow:
        event = instances.history(uow, case.id)[-1]

    assert (event.actor, event.facts) == ("marta", {"note": secrets.NOTE, "replaces": False})


def test_an_unknown_number_a_wrong_secret_and_no_secret_are_refused_alike(store, case, secret, now):
    other = Played(store, now).case.number

    assert opened(store, "SI-2026-B279-9999", secret) is None
    assert opened(store, case.number, "K7QM-4TXD-92RF") is None
    assert opened(store, other, "") is None


def test_an_unknown_number_costs_the_same_work_as_a_wrong_secret(store, case, secret, monkeypatch):
    verified = []
    verify = secrets.passwords.hasher.__class__.verify
    monkeypatch.setattr(
        secrets.passwords.hasher.__class__, "verify", lambda *given: verified.append(given[1]) or verify(*given)
    )

    with statements(store) as unknown:
        opened(store, "SI-2026-B279-9999", secret)
    with statements(store) as wrong:
        opened(store, case.number, "K7QM-4TXD-92RF")

    assert len(verified) == 2
    assert len(unknown) == len(wrong)


def test_after_ten_failures_a_number_is_not_heard_for_a_quarter_of_an_hour(store, case, secret, now):
    for attempt in range(10):
        opened(store, case.number, "K7QM-4TXD-92RF", address=f"192.0.2.{attempt}")

    with pytest.raises(TooManyAttempts):
        opened(store, case.number, secret, address="198.51.100.1")
    assert opened(store, case.number, secret, now=now + timedelta(minutes=16)) is not None


def test_one_address_cannot_try_many_numbers(store, case, secret):
    for attempt in range(30):
        opened(store, f"SI-2026-B279-{attempt + 2:04}", "K7QM-4TXD-92RF")

    with pytest.raises(TooManyAttempts):
        opened(store, case.number, secret)


def test_only_the_referente_hands_out_secrets(store, now):
    forwarded = Played(store, now).forwarded().case

    with pytest.raises(NotAllowed), store.unit_of_work() as uow:
        secrets.issue(uow, forwarded.id, SARA)
    with pytest.raises(InstanceNotFound), store.unit_of_work() as uow:
        secrets.issue(uow, forwarded.id, LIA)
