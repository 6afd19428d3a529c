"""When a pratica goes, everything of it goes; what stays says only that it went."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select, text

from desk import Facilities, cases, retention
from desk.access import Role
from desk.errors import CaseHeld, HoldNotFound, InvalidTerm, NotAllowed, NotExpired, ReasonMissing
from desk.model import Case, CaseFigures, Row
from desk.retention.erasing import belonging
from desk.states import PublicState
from engine import history, instances
from engine.errors import InstanceNotFound
from engine.identity import Actor
from tests.kit.played import Played
from tests.kit.small_desk import ADMINISTRATOR, MARTA, SARA

OLGA = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
YEARS = timedelta(days=366 * 4)
CANARY = "Zanzibarro"
FACILITIES = Facilities()


@pytest.fixture
def ended(store, now):
    """A pratica that somebody ended, with the canary in everything it says."""
    case = Played(store, now, answers={"nome": CANARY, "titolo": CANARY}).forwarded().case
    with store.unit_of_work(now) as uow:
        instances.cancel(uow, case.id, SARA, CANARY)
    return case


def later(store, now, years=YEARS):
    return store.unit_of_work(now + years)


def test_nothing_has_expired_before_its_term(store, now, ended):
    with store.unit_of_work(now + timedelta(days=90)) as uow:
        assert retention.expired(uow, OLGA).items == ()
        with pytest.raises(NotExpired):
            retention.erase(uow, FACILITIES, ended.id, OLGA)


def test_an_expired_pratica_is_listed_without_a_word_of_what_it_says(store, now, ended):
    with later(store, now) as uow:
        (found,) = retention.expired(uow, OLGA).items

    assert (found.number, found.state, found.held_for) == (ended.number, PublicState.CANCELED, None)
    assert CANARY not in repr(found)


def test_a_pratica_that_goes_on_never_expires(store, now):
    going_on = Played(store, now).forwarded().case

    with later(store, now) as uow:
        assert retention.expired(uow, OLGA).items == ()
        with pytest.raises(NotExpired):
            retention.erase(uow, FACILITIES, going_on.id, OLGA)


def mentions(store, words):
    """Find the tables in which any column says one of the words."""
    found = set()
    with store.snapshot() as uow:
        for table in inspect(uow.connection).get_table_names():
            for row in uow.connection.execute(text(f'SELECT * FROM "{table}"')):
                if re.search("|".join(words), " ".join(map(str, row))):
                    found.add(table)
    return found


def test_erasing_leaves_no_trace_but_a_receipt_and_figures(store, now, ended):
    assert {"pratica", "process_instance", "history_event"} <= mentions(store, [CANARY])
    with later(store, now) as uow:
        assert retention.erase(uow, FACILITIES, ended.id, OLGA) == ended.number

    assert mentions(store, [CANARY]) == set()
    assert mentions(store, [ended.id]) == set()
    assert mentions(store, [ended.number]) == {"erasure"}
    with store.snapshot() as uow:
        (receipt,) = retention.receipts(uow, OLGA).items
        figures = uow.connection.execute(select(CaseFigures.__table__)).one()
        assert list(history.verify(uow)) == []
    assert receipt.erased_by == "olga"
    assert receipt.counts["process_instance"] == receipt.counts["pratica"] == 1
    assert receipt.counts["history_event"] >= 3
    assert (figures.topic, figures.state, figures.opened_month.day) == ("proteggere", "annullata", 1)


def test_a_hold_keeps_a_pratica_until_it_is_lifted(store, now, ended):
    with store.unit_of_work(now) as uow:
        retention.place_hold(uow, ended.number.lower(), "Ricorso in corso", OLGA)
        (standing,) = retention.holds(uow, OLGA)
    with pytest.raises(CaseHeld), later(store, now) as uow:
        retention.erase(uow, FACILITIES, ended.id, OLGA)
    with later(store, now) as uow:
        assert retention.expired(uow, OLGA, held=True).items[0].held_for == "Ricorso in corso"
        retention.lift(uow, standing.id, OLGA)
        with pytest.raises(HoldNotFound):
            retention.lift(uow, standing.id, OLGA)
        retention.erase(uow, FACILITIES, ended.id, OLGA)
    with store.snapshot() as uow:
        assert retention.expired(uow, OLGA).items == ()
        assert retention.holds(uow, OLGA) == []


def test_a_hold_says_why_and_names_a_pratica(store, now, ended):
    with store.unit_of_work(now) as uow:
        with pytest.raises(ReasonMissing):
            retention.place_hold(uow, ended.number, " ", OLGA)
        with pytest.raises(InstanceNotFound):
            retention.place_hold(uow, "SI-2026-B279-9999", "Ricorso", OLGA)


def test_a_longer_term_keeps_what_a_shorter_one_let_go(store, now, ended):
    with store.unit_of_work(now) as uow:
        retention.set_months(uow, PublicState.CANCELED, 60, OLGA)
        retention.set_months(uow, PublicState.CANCELED, 61, OLGA)
        assert retention.months(uow)[PublicState.CANCELED] == 61
    with later(store, now) as uow:
        assert retention.expired(uow, OLGA).items == ()


@pytest.mark.parametrize(("state", "months"), [(PublicState.DRAFT, 3), (PublicState.CONCLUDED, 0)])
def test_an_impossible_term_is_refused(uow, state, months):
    with pytest.raises(InvalidTerm):
        retention.set_months(uow, state, months, ADMINISTRATOR)


@pytest.mark.parametrize("actor", [MARTA, SARA, Actor("piero", {Role.DESIGNER}, {"*"})])
def test_only_the_programme_and_the_administrator_erase(uow, actor):
    for verb in (retention.expired, retention.holds, retention.receipts):
        with pytest.raises(NotAllowed):
            verb(uow, actor)
    with pytest.raises(NotAllowed):
        retention.erase(uow, FACILITIES, "x", actor)


def test_an_erased_pratica_is_found_by_nobody_and_its_number_is_not_given_again(store, now, ended):
    with later(store, now) as uow:
        retention.erase(uow, FACILITIES, ended.id, OLGA)
    with later(store, now) as uow:
        with pytest.raises(InstanceNotFound):
            cases.get(uow, ended.number, MARTA)
        assert uow.connection.execute(select(func.count()).select_from(Case)).scalar_one() == 0


def test_every_table_that_names_a_pratica_is_covered():
    table = Row.metadata.tables["pratica"]
    covered = {each.name for each, _ in belonging(table, table.c.id == "x")}
    naming = {each.name for each in Row.metadata.sorted_tables if "case_id" in each.columns}

    assert naming
    assert naming <= covered
