from datetime import timedelta

import pytest
from sqlalchemy import delete

from desk import Facilities, people, retention
from desk.access import Role
from desk.cases import saved_views
from desk.errors import TooManyViews, UnfitView, UnfitViewName, ViewNameTaken, ViewNotFound
from desk.model import User
from engine import instances
from engine.identity import Actor
from tests.kit.at_once import both
from tests.kit.played import Played
from tests.kit.small_desk import ADMINISTRATOR, MARTA, PASSWORD, SARA

OLGA = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
LATE = {"scadenza": "ritardo"}


def names(uow, actor, place="pratiche"):
    return [view.name for view in saved_views.of_list(uow, actor, place)]


def test_a_view_is_found_under_its_name_in_its_list_alone(uow):
    saved_views.save(uow, SARA, "elenco", "  In   ritardo ", LATE)

    assert [(view.name, view.pieces) for view in saved_views.of_list(uow, SARA, "elenco")] == [("In ritardo", LATE)]
    assert saved_views.of_list(uow, SARA, "pratiche") == []


def test_views_stand_in_the_order_of_their_names(uow):
    for name in ("Zeta", "Èrica", "alfa"):
        saved_views.save(uow, SARA, "pratiche", name, LATE)

    assert names(uow, SARA) == ["alfa", "Èrica", "Zeta"]


def test_nobody_reads_renames_or_removes_the_view_of_another(uow):
    view = saved_views.save(uow, SARA, "pratiche", "Mia", LATE)

    with pytest.raises(ViewNotFound):
        saved_views.get(uow, MARTA, view.id)
    with pytest.raises(ViewNotFound):
        saved_views.rename(uow, MARTA, view.id, "Sua")
    assert saved_views.remove(uow, MARTA, view.id) is None

    assert names(uow, SARA) == ["Mia"]
    assert names(uow, MARTA) == []


def test_the_same_view_saved_again_is_there_once_and_another_of_its_name_is_refused(uow):
    first = saved_views.save(uow, SARA, "pratiche", "Mia", LATE)

    assert saved_views.save(uow, SARA, "pratiche", "Mia", LATE).id == first.id
    with pytest.raises(ViewNameTaken):
        saved_views.save(uow, SARA, "pratiche", "MIA", {"stato": "aperte"})
    saved_views.save(uow, SARA, "elenco", "Mia", LATE)

    assert len(saved_views.of(uow, SARA)) == 2


@pytest.mark.parametrize("name", ["", " \n ", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_name_can_be_read_and_is_short(uow, name):
    with pytest.raises(UnfitViewName):
        saved_views.save(uow, SARA, "pratiche", name, LATE)
    view = saved_views.save(uow, SARA, "pratiche", "x" * 60, LATE)
    with pytest.raises(UnfitViewName):
        saved_views.rename(uow, SARA, view.id, name)


@pytest.mark.parametrize("pieces", [{}, {"q": "x" * 201}, {str(number): "x" for number in range(9)}])
def test_a_view_says_something_and_not_too_much(uow, pieces):
    with pytest.raises(UnfitView):
        saved_views.save(uow, SARA, "pratiche", "Mia", pieces)


def test_a_person_has_twenty_views_and_no_more(uow):
    for number in range(20):
        saved_views.save(uow, SARA, "pratiche" if number % 2 else "elenco", f"Vista {number}", LATE)

    with pytest.raises(TooManyViews):
        saved_views.save(uow, SARA, "pratiche", "Una di troppo", LATE)
    saved_views.save(uow, SARA, "pratiche", "Vista 1", LATE)
    saved_views.save(uow, MARTA, "pratiche", "Una sua", LATE)

    assert len(saved_views.of(uow, SARA)) == 20


def test_a_view_keeps_its_place_under_another_name_and_takes_nobodys(uow):
    view = saved_views.save(uow, SARA, "pratiche", "Mia", LATE)
    saved_views.save(uow, SARA, "pratiche", "Altra", LATE)

    saved_views.rename(uow, SARA, view.id, "mia")
    with pytest.raises(ViewNameTaken):
        saved_views.rename(uow, SARA, view.id, "ALTRA")

    assert names(uow, SARA) == ["Altra", "mia"]


def test_a_view_removed_twice_is_gone_once(uow):
    view = saved_views.save(uow, SARA, "pratiche", "Mia", LATE)

    assert saved_views.remove(uow, SARA, view.id) == view
    assert saved_views.remove(uow, SARA, view.id) is None


def test_closing_an_account_takes_its_views_and_nobody_elses(store):
    with store.unit_of_work() as uow:
        saved_views.save(uow, MARTA, "pratiche", "Sua", LATE)
        saved_views.save(uow, SARA, "pratiche", "Mia", LATE)
        people.set_active(uow, "marta", ADMINISTRATOR, active=False)
        people.set_active(uow, "marta", ADMINISTRATOR, active=True)

    with store.snapshot() as uow:
        assert (names(uow, MARTA), names(uow, SARA)) == ([], ["Mia"])


def test_an_account_that_is_erased_takes_its_views_along(each_store):
    with each_store.unit_of_work() as uow:
        new = people.NewUser("prova", "prova@sportello.example", "Prova", PASSWORD, {})
        people.create(uow, new, ADMINISTRATOR)
        saved_views.save(uow, Actor("prova", (), ()), "pratiche", "Sua", LATE)
        uow.connection.execute(delete(User).where(User.username == "prova"))

    with each_store.snapshot() as uow:
        assert saved_views.of(uow, Actor("prova", (), ())) == []


def test_a_view_sent_twice_at_once_is_there_once(each_store):
    assert both(each_store, lambda uow: saved_views.save(uow, SARA, "pratiche", "Mia", LATE)) is None

    with each_store.snapshot() as uow:
        assert names(uow, SARA) == ["Mia"]


def test_a_search_for_a_requester_goes_with_the_last_pratica_that_it_finds(store, now):
    searches = {"Lei": "ada esempio", "Numero": "SI-2026", "Comune": "burolo", "Altri": "campione"}
    first, second = (Played(store, now).forwarded().case for _ in range(2))
    Played(store, now, answers={"nome": "Bruno Prova", "titolo": "Sedia"}).forwarded()
    with store.unit_of_work() as uow:
        for name, words in searches.items():
            saved_views.save(uow, SARA, "pratiche", name, {"q": words})
        saved_views.save(uow, SARA, "pratiche", "Aperte", {"stato": "aperte"})
        for case in (first, second):
            instances.cancel(uow, case.id, SARA, "doppione")

    later = now + timedelta(2000)
    with store.unit_of_work(later) as uow:
        retention.erase(uow, Facilities(), first.id, OLGA)
        assert "Lei" in names(uow, SARA)
        retention.erase(uow, Facilities(), second.id, OLGA)

        assert names(uow, SARA) == ["Altri", "Aperte", "Comune", "Numero"]
