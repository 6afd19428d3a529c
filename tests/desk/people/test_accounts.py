from dataclasses import replace
from datetime import timedelta

import pytest

from desk import people
from desk.access import Role
from desk.errors import (
    ComuneMissing,
    ComuneNotFound,
    ComuneNotJoined,
    NotAllowed,
    RoleNotHeld,
    TooManyAttempts,
    UnfitAccount,
    UserExists,
    UserNotFound,
    WeakPassword,
)
from desk.people import NewUser
from engine.identity import Actor
from tests.kit.at_once import both
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, MARTA, PASSWORD, QUAGLIUZZO

HERE = "192.0.2.1"


def new(username="ines", email="ines@sportello.example", password=PASSWORD, roles=None):
    return NewUser(username, email, "Ines Saggio", password, roles or {Role.REFERENTE: [QUAGLIUZZO]})


def guess(store, times, *, username="marta", address=HERE, now=None):
    for _ in range(times):
        with store.unit_of_work(now) as uow:
            assert people.authenticate(uow, username, "sbagliata", address) is None


@pytest.mark.parametrize("name", ["marta", " Marta ", "MARTA@sportello.example"])
def test_the_right_password_opens_by_user_name_or_address(uow, name):
    assert people.authenticate(uow, name, PASSWORD, HERE).username == "marta"


@pytest.mark.parametrize("name", ["nessuno", "marta"])
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(uow, name):
    assert people.authenticate(uow, name, "parola sbagliata", HERE) is None


def test_the_empty_password_of_nobody_opens_nothing(uow):
    assert people.authenticate(uow, "nessuno", "", HERE) is None


def test_a_closed_account_opens_nothing(store):
    with store.unit_of_work() as uow:
        people.set_active(uow, "marta", ADMINISTRATOR, active=False)

    with store.unit_of_work() as uow:
        assert people.authenticate(uow, "marta", PASSWORD, HERE) is None


def test_after_ten_failures_even_the_right_password_must_wait(store, now):
    guess(store, 10)

    with pytest.raises(TooManyAttempts) as refused, store.unit_of_work() as uow:
        people.authenticate(uow, "marta@sportello.example", PASSWORD, "198.51.100.7")

    assert refused.value.retry_at == now + timedelta(minutes=15)


def test_a_quarter_of_an_hour_later_the_account_is_heard_again(store, now):
    guess(store, 10)

    with store.unit_of_work(now + timedelta(minutes=15, seconds=1)) as uow:
        assert people.authenticate(uow, "marta", PASSWORD, HERE) is not None


def test_a_success_clears_the_failures_of_the_account(store):
    guess(store, 9)
    with store.unit_of_work() as uow:
        people.authenticate(uow, "marta", PASSWORD, HERE)

    guess(store, 9)


def test_one_address_cannot_try_many_accounts(store):
    for each in range(30):
        guess(store, 1, username=f"persona{each}")

    with pytest.raises(TooManyAttempts), store.unit_of_work() as uow:
        people.authenticate(uow, "marta", PASSWORD, HERE)


def test_failures_name_neither_account_nor_address(store):
    guess(store, 1)

    with store.snapshot() as uow:
        kept = uow.connection.exec_driver_sql("SELECT * FROM failed_attempt").all()
    assert len(kept) == 2
    assert "marta" not in str(kept)
    assert HERE not in str(kept)


def test_failures_are_forgotten_after_a_day(store, now):
    guess(store, 1)
    guess(store, 1, now=now + timedelta(days=2))

    with store.snapshot() as uow:
        assert uow.connection.exec_driver_sql("SELECT count(*) FROM failed_attempt").scalar_one() == 2


def test_the_password_is_kept_only_as_argon2id(uow):
    assert people.get(uow, "marta").password.startswith("$argon2id$")


def test_changing_the_password_ends_the_sessions(store):
    with store.unit_of_work() as uow:
        before = people.get(uow, "marta").session_version
        assert people.change_password(uow, "marta", PASSWORD, "un’altra parola lunga") is True

    with store.unit_of_work() as uow:
        assert people.get(uow, "marta").session_version == before + 1
        assert people.authenticate(uow, "marta", "un’altra parola lunga", HERE) is not None


def test_the_present_password_is_needed_to_change_it_and_cannot_be_guessed_at(store):
    for _ in range(10):
        with store.unit_of_work() as uow:
            assert people.change_password(uow, "marta", "sbagliata", "un’altra parola lunga") is False

    with pytest.raises(TooManyAttempts), store.unit_of_work() as uow:
        people.change_password(uow, "marta", PASSWORD, "un’altra parola lunga")


@pytest.mark.parametrize("weak", ["corta", "la parola di marta"])
def test_a_short_password_or_one_with_the_name_is_refused(uow, weak):
    with pytest.raises(WeakPassword):
        people.change_password(uow, "marta", PASSWORD, weak)


def test_letters_typed_differently_are_the_same_password(uow):
    people.reset_password(uow, "marta", "caff\u00e8 lungo macchiato", ADMINISTRATOR)

    assert people.authenticate(uow, "marta", "caffe\u0300 lungo macchiato", HERE) is not None


@pytest.mark.parametrize(
    "taken",
    [
        new("marta"),
        new(email="MARTA@sportello.example"),
        new("Motore"),
        new("richiedente"),
    ],
)
def test_a_name_or_address_belongs_to_one_person(uow, taken):
    with pytest.raises(UserExists):
        people.create(uow, taken, ADMINISTRATOR)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        *(
            ({"username": name}, "username")
            for name in ("", " ", "ines saggio", "inès", "ines@saggio", ".ines", "i" * 65)
        ),
        *(({"name": name}, "name") for name in ("", "  ", "Ines\nSaggio", "Ines\x1b[31m", "I" * 201)),
        *(({"email": address}, "email") for address in ("", "ines", "ines@locale", "in..es@b.example", "è@b.example")),
    ],
)
def test_an_account_needs_a_plain_name_and_an_address_that_mail_reaches(uow, changed, field):
    with pytest.raises(UnfitAccount) as refused:
        people.create(uow, replace(new(), **changed), ADMINISTRATOR)

    assert refused.value.field == field


NOWHERE = [
    ({Role.REFERENTE: ["*"]}, ComuneMissing),
    ({Role.REFERENTE: []}, ComuneMissing),
    ({Role.REFERENTE: [QUAGLIUZZO, "*"]}, ComuneMissing),
    ({Role.REFERENTE: ["999999"]}, ComuneNotFound),
    ({Role.ANALISTA: ["999999"]}, ComuneNotFound),
    ({Role.REFERENTE: [QUAGLIUZZO, "001001"]}, ComuneNotJoined),
]


@pytest.mark.parametrize(("roles", "refusal"), NOWHERE)
def test_a_role_is_held_where_there_is_a_desk(uow, roles, refusal):
    with pytest.raises(refusal):
        people.create(uow, new(roles=roles), ADMINISTRATOR)
    with pytest.raises(refusal):
        people.set_roles(uow, "marta", roles, ADMINISTRATOR)

    assert people.scopes(people.get(uow, "marta"), Role.REFERENTE) == {BUROLO}


@pytest.mark.parametrize("other", [{"email": "altra@sportello.example"}, {"username": "altra"}])
def test_of_two_accounts_made_at_once_with_one_name_or_address_one_is_refused(each_store, other):
    refusal = both(
        each_store,
        lambda uow: people.create(uow, new(), ADMINISTRATOR),
        lambda uow: people.create(uow, replace(new(), **other), ADMINISTRATOR),
    )

    assert isinstance(refusal, UserExists)


def test_only_the_administrator_makes_accounts(uow):
    with pytest.raises(NotAllowed):
        people.create(uow, new(), MARTA)


def test_an_unknown_person_is_not_found(uow):
    with pytest.raises(UserNotFound):
        people.get(uow, "nessuno")


def test_a_person_with_two_roles_gets_only_the_one_they_act_in(uow):
    paolo = people.get(uow, "paolo")

    assert people.actor(paolo, Role.COORDINATORE) == Actor("paolo", {"Coordinatore"}, {"*"})


def test_a_role_one_does_not_hold_cannot_be_acted_in(uow):
    with pytest.raises(RoleNotHeld):
        people.actor(people.get(uow, "marta"), Role.ANALISTA)


def test_roles_are_replaced_and_the_sessions_end(store):
    with store.unit_of_work() as uow:
        people.set_roles(uow, "marta", {Role.REFERENTE: [BUROLO, QUAGLIUZZO]}, ADMINISTRATOR)

    with store.snapshot() as uow:
        marta = people.get(uow, "marta")
    assert people.scopes(marta, Role.REFERENTE) == {BUROLO, QUAGLIUZZO}
    assert marta.session_version == 2


def test_who_holds_a_role_for_a_comune_is_found_by_name(uow):
    people.create(uow, new(), ADMINISTRATOR)

    assert [user.name for user in people.holding(uow, Role.REFERENTE, QUAGLIUZZO)] == ["Ines Saggio", "Lia Modelli"]
    assert [user.name for user in people.holding(uow, Role.ANALISTA, BUROLO)] == ["Paolo Modelli", "Sara Esempio"]


def test_names_come_in_one_answer_and_skip_the_unknown(uow):
    assert people.names(uow, ["sara", "motore", "marta"]) == {"marta": "Marta Prova", "sara": "Sara Esempio"}
