from datetime import timedelta

from desk.access import Role
from engine import tasks
from engine.identity import Actor
from tests.kit.pages import post
from tests.kit.played_requests import Request

ALL = "/attivita/"
FREE = "/attivita/da-prendere-in-carico"
EVERYBODY = "/attivita/di-tutti"


def chosen(client, verb, *requests, **more):
    fields = {"attivita": [each.task_id for each in requests], "verbo": verb, "ritorno": FREE, **more}
    return post(client, "/attivita/scelte", fields, page=ALL, follow_redirects=True).text


def test_many_tasks_are_claimed_at_once(store, now, as_person):
    requests = [Request(store, now).forwarded() for _ in range(3)]
    sara = as_person("sara")

    page = chosen(sara, "prendi", *requests)

    assert "3 attività prese in carico" in page
    assert "1–3 di 3" in sara.get(ALL).text


def test_of_many_tasks_those_of_others_stay_theirs_and_it_is_said(store, now, as_person):
    mine, theirs = Request(store, now).forwarded(), Request(store, now).forwarded()
    with store.unit_of_work(now) as uow:
        tasks.claim(uow, theirs.task_id, Actor("paolo", {"Analista"}, {"*"}))

    page = chosen(as_person("sara"), "prendi", mine, theirs)

    assert "1 attività presa in carico" in page
    assert "Le altre no: 1 è di Paolo Modelli." in page


def test_released_tasks_go_back_to_the_queue(store, now, as_person):
    request = Request(store, now).claimed()
    sara = as_person("sara")

    page = chosen(sara, "rilascia", request)

    assert "1 attività rilasciata" in page
    assert "Ada Esempio" in sara.get(FREE).text


def test_tasks_can_be_handed_to_a_colleague_but_to_no_one_else(store, now, as_person):
    request = Request(store, now).claimed()
    sara = as_person("sara")

    refused = chosen(sara, "assegna", request, a="marta")
    given = chosen(sara, "assegna", request, a="paolo")

    assert "0 attività assegnate" in refused
    assert "1 attività assegnata a Paolo Modelli" in given


def test_choosing_nothing_changes_nothing_and_is_said(as_person):
    assert "Scegli almeno un’attività." in chosen(as_person("sara"), "prendi")


def test_after_acting_one_never_returns_to_another_site(as_person):
    sara = as_person("sara")

    answer = post(sara, "/attivita/scelte", {"ritorno": "//altrove.example"}, page=ALL)

    assert answer.headers["Location"] == ALL


def test_acting_needs_the_token_of_our_page(as_person):
    assert as_person("sara").post("/attivita/scelte", data={"verbo": "prendi"}).status_code == 400


def test_a_coordinator_finds_the_late_work_that_others_hold_and_hands_it_over(store, now, clock, as_person):
    request = Request(store, now - timedelta(20)).claimed()
    paolo = as_person("paolo", Role.COORDINATORE)

    before = paolo.get(EVERYBODY).text
    given = chosen(paolo, "assegna", request, a="dora", ritorno=EVERYBODY)
    taken = chosen(paolo, "assegna", request, a="sara", ritorno=EVERYBODY)

    assert "1 aperta, 1 in ritardo" in before
    assert 'title="Sara Esempio">Sara E.<' in _row(before)
    assert "0 attività assegnate" in given
    assert "1 attività assegnata a Sara Esempio" in taken


def test_a_coordinator_does_not_find_what_no_comune_has_forwarded(store, now, as_person):
    Request(store, now).registered()

    page = as_person("paolo", Role.COORDINATORE).get(EVERYBODY).text

    assert "Nessuno ha attività aperte" in page


def test_only_who_coordinates_is_offered_the_list_of_everybody(as_person):
    assert EVERYBODY not in as_person("sara").get(ALL).text
    assert EVERYBODY in as_person("paolo", Role.COORDINATORE).get(ALL).text


def _row(page):
    return page[page.index("data-attivita") : page.index("</tbody>")]
