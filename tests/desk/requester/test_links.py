import threading
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from desk.errors import TooManyAttempts
from desk.model import Case, RequesterLink
from desk.requester import links
from tests.kit.played import Played

HERE = "192.0.2.1"
EMAIL = "ada@prova.example"


def with_mail(store, now):
    case = Played(store, now).registered().case
    with store.unit_of_work() as uow:
        uow.connection.execute(update(Case).where(Case.id == case.id).values(email=EMAIL))
    return case


@pytest.fixture
def case(store, now):
    return with_mail(store, now)


def ask(store, number, address=HERE, now=None):
    with store.unit_of_work(now) as uow:
        return links.ask(uow, number, address)


def opened(store, token, now=None, address=HERE):
    with store.unit_of_work(now) as uow:
        found = links.open_with(uow, token, address)
    return found and found.id


def test_a_link_goes_to_the_address_on_file_and_opens_the_case(store, case):
    link = ask(store, case.number.lower())

    assert link.email == EMAIL
    assert opened(store, link.token) == case.id


def test_a_link_opens_once(store, case):
    token = ask(store, case.number).token
    opened(store, token)

    assert opened(store, token) is None


def test_a_link_lasts_half_an_hour(store, case, now):
    in_time, late = (ask(store, case.number).token for _ in range(2))

    assert opened(store, late, now + links.LIFE) is None
    assert opened(store, in_time, now + links.LIFE - timedelta(seconds=1)) == case.id


def test_opening_with_one_link_uses_up_the_others(store, case):
    first, second = (ask(store, case.number).token for _ in range(2))
    opened(store, second)

    assert opened(store, first) is None


def test_the_database_cannot_open_a_page(store, case):
    token = ask(store, case.number).token
    with store.snapshot() as uow:
        kept = uow.connection.execute(select(RequesterLink.digest)).scalar_one()

    assert token not in kept
    assert opened(store, kept) is None


def test_no_link_is_made_for_a_number_that_is_none_or_without_mail(store, case, now):
    without = Played(store, now).registered().case

    assert ask(store, "SI-1999-X-1") is None
    assert ask(store, without.number) is None


@pytest.mark.parametrize("number", ["known", "SI-1999-X-1"])
def test_asking_is_limited_alike_for_numbers_that_are_and_are_not(store, case, now, number):
    wanted = case.number if number == "known" else number
    for _ in range(links.PER_NUMBER):
        ask(store, wanted)

    with pytest.raises(TooManyAttempts):
        ask(store, wanted, "192.0.2.2")
    ask(store, wanted, now=now + timedelta(minutes=16))


def test_trying_tokens_is_limited_by_address(store, case):
    token = ask(store, case.number).token
    for attempt in range(links.PER_ADDRESS):
        opened(store, f"token {attempt}")

    with pytest.raises(TooManyAttempts):
        opened(store, token)
    assert opened(store, token, address="192.0.2.2") == case.id


def test_links_that_are_over_do_not_pile_up(store, case, now):
    with store.unit_of_work() as uow:
        old = [{"digest": f"{n:064}", "case_id": case.id, "expires_at": now} for n in range(3)]
        uow.connection.execute(insert(RequesterLink), old)

    opened(store, ask(store, case.number).token)

    with store.snapshot() as uow:
        assert uow.connection.execute(select(RequesterLink.digest)).all() == []


def test_of_ten_that_open_one_link_at_once_one_does(each_store, now):
    store = each_store
    token = ask(store, with_mail(store, now).number).token
    found = []

    together = [threading.Thread(target=lambda: found.append(opened(store, token))) for _ in range(10)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    store.close()

    assert len(found) == 10
    assert sum(each is not None for each in found) == 1
