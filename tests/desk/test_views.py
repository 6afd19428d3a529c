from datetime import timedelta

import pytest
from sqlalchemy import delete

from desk import Facilities, people, retention, views
from desk.access import Role
from desk.errors import TooManyViews, UnfitView, UnfitViewName, ViewNameTaken, ViewNotFound
from desk.model import User
from engine import instances
from engine.identity import Actor
from tests.desk.at_once import both
from tests.desk.conftest import ADMINISTRATOR, MARTA, PASSWORD, SARA
from tests.desk.played import Played

OLGA = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
LATE = {"scadenza": "ritardo"}


def names(uow, actor, place="pratiche"):
    return [view.name for view in views.of_list(uow, actor, place)]


def test_a_view_is_found_under_its_name_in_its_list_alone(uow):
    views.save(uow, SARA, "elenco", "  In   ritardo ", LATE)

    assert [(view.name, view.pieces) for view in views.of_list(uow, SARA, "elenco")] == [("In ritardo", LATE)]
    assert views.of_list(uow, SARA, "pratiche") == []


def test_views_stand_in_the_order_of_their_names(uow):
    for name in ("Zeta", "Èrica", "alfa"):
        views.save(uow, SARA, "pratiche", name, LATE)

    assert names(uow, SARA) == ["alfa", "Èrica", "Zeta"]


def test_nobody_reads_renames_or_removes_the_view_of_another(uow):
    view = views.save(uow, SARA, "pratiche", "Mia", LATE)

    with pytest.raises(ViewNotFound):
        views.get(uow, MARTA, view.id)
    with pytest.raises(ViewNotFound):
        views.rename(uow, MARTA, view.id, "Sua")
    assert views.remove(uow, MARTA, view.id) is None

    assert names(uow, SARA) == ["Mia"]
    assert names(uow, MARTA) == []


def test_the_same_view_saved_again_is_there_once_and_another_of_its_name_is_refused(uow):
    first = views.save(uow, SARA, "pratiche", "Mia", LATE)

    assert views.save(uow, SARA, "pratiche", "Mia", LATE).id == first.id
    with pytest.raises(ViewNameTaken):
        views.save(uow, SARA, "pratiche", "MIA", {"stato": "aperte"})
    views.save(uow, SARA, "elenco", "Mia", LATE)

    assert len(views.of(uow, SARA)) == 2


@pytest.mark.parametrize("name", ["", " \n ", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_name_can_be_read_and_is_short(uow, name):
    with pytest.raises(UnfitViewName):
        views.save(uow, SARA, "pratiche", name, LATE)
    view = views.save(uow, SARA, "pratiche", "x" * 60, LATE)
    with pytest.raises(UnfitViewName):
        views.rename(uow, SARA, view.id, name)


@pytest.mark.parametrize("pieces", [{}, {"q": "x" * 201}, {str(number): "x" for number in range(9)}])
def test_a_view_says_something_and_not_too_much(uow, pieces):
    with pytest.raises(UnfitView):
        views.save(uow, SARA, "pratiche", "Mia", pieces)


def test_a_person_has_twenty_views_and_no_more(uow):
    for number in range(20):
        views.save(uow, SARA, "pratiche" if number % 2 else "elenco", f"Vista {number}", LATE)

    with pytest.raises(TooManyViews):
        views.save(uow, SARA, "pratiche", "Una di troppo", LATE)
    views.save(uow, SARA, "pratiche", "Vista 1", LATE)
    views.save(uow, MARTA, "pratiche", "Una sua", LATE)

    assert len(views.of(uow, SARA)) == 20


def test_a_view_keeps_its_place_under_another_name_and_takes_nobodys(uow):
    view = views.save(uow, SARA, "pratiche", "Mia", LATE)
    views.save(uow, SARA, "pratiche", "Altra", LATE)

    views.rename(uow, SARA, view.id, "mia")
    with pytest.raises(ViewNameTaken):
        views.rename(uow, SARA, view.id, "ALTRA")

    assert names(uow, SARA) == ["Altra", "mia"]


def test_a_view_removed_twice_is_gone_once(uow):
    view = views.save(uow, SARA, "pratiche", "Mia", LATE)

    assert views.remove(uow, SARA, view.id) == view
    assert views.remove(uow, SARA, view.id) is None


def test_closing_an_account_takes_its_views_and_nobody_elses(store):
    with store.unit_of_work() as uow:
        views.save(uow, MARTA, "pratiche", "Sua", LATE)
        views.save(uow, SARA, "pratiche", "Mia", LATE)
        people.set_active(uow, "marta", ADMINISTRATOR, active=False)
        people.set_active(uow, "marta", ADMINISTRATOR, active=True)

    with store.snapshot() as uow:
        assert (names(uow, MARTA), names(uow, SARA)) == ([], ["Mia"])


def test_an_account_that_is_erased_takes_its_views_along(each_store):
    with each_store.unit_of_work() as uow:
        new = people.NewUser("prova", "prova@sportello.example", "Prova", PASSWORD, {})
        people.create(uow, new, ADMINISTRATOR)
        views.save(uow, Actor("prova", (), ()), "pratiche", "Sua", LATE)
        uow.connection.execute(delete(User).where(User.username == "prova"))

    with each_store.snapshot() as uow:
        assert views.of(uow, Actor("prova", (), ())) == []


def test_a_view_sent_twice_at_once_is_there_once(each_store):
    assert both(each_store, lambda uow: views.save(uow, SARA, "pratiche", "Mia", LATE)) is None

    with each_store.snapshot() as uow:
        assert names(uow, SARA) == ["Mia"]


def test_a_search_for_a_requester_goes_with_the_last_pratica_that_it_finds(store, now):
    searches = {"Lei": "ada esempio", "Numero": "SI-2026", "Comune": "burolo", "Altri": "campione"}
    first, second = (Played(store, now).forwarded().case for _ in range(2))
    Played(store, now, answers={"nome": "Bruno Prova", "titolo": "Sedia"}).forwarded()
    with store.unit_of_work() as uow:
        for name, words in searches.items():
            views.save(uow, SARA, "pratiche", name, {"q": words})
        views.save(uow, SARA, "pratiche", "Aperte", {"stato": "aperte"})
        for case in (first, second):
            instances.cancel(uow, case.id, SARA, "doppione")

    later = now + timedelta(2000)
    with store.unit_of_work(later) as uow:
        retention.erase(uow, Facilities(), first.id, OLGA)
        assert "Lei" in names(uow, SARA)
        retention.erase(uow, Facilities(), second.id, OLGA)

        assert names(uow, SARA) == ["Altri", "Aperte", "Comune", "Numero"]
