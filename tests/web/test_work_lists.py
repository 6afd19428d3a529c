from datetime import timedelta

import pytest

from desk.access import Role
from engine import drafts, tasks
from engine.identity import Actor
from tests.desk.conftest import statements
from tests.web.conftest import MARTA, QUAGLIUZZO, post
from tests.web.played_requests import Request

LIA = Actor("lia", {Role.REFERENTE}, {QUAGLIUZZO})
ALL = "/attivita/"
FREE = "/attivita/da-prendere-in-carico"


def test_a_list_says_who_what_where_and_by_when(store, now, as_person):
    Request(store, now, argomento="finanziare").registered()

    page = as_person("marta").get(ALL).text

    for words in ("Ada Esempio", "Attrezzo per la potatura", "Burolo", "Verifica e inoltra a Novain", "Finanziare"):
        assert words in page
    assert "tra 3 giorni lavorativi" in page
    assert "giovedì 26 novembre" in page
    assert "Nuova richiesta" in page


@pytest.mark.parametrize(
    ("days", "group", "words"),
    [
        (-1, "In ritardo", "in ritardo di 1 giorno lavorativo"),
        (0, "Oggi e domani", "scade oggi"),
        (1, "Oggi e domani", "scade domani"),
        (3, "Questa settimana", "tra 3 giorni lavorativi"),
        (8, "Più avanti", "tra 6 giorni lavorativi"),
    ],
)
def test_rows_are_grouped_by_how_near_their_deadline_is(store, now, clock, as_person, days, group, words):  # noqa: PLR0913, PLR0917
    due = now + timedelta(3)  # a request is checked within three working days
    Request(store, now).registered()
    clock.now = due - timedelta(days)

    page = as_person("marta").get(ALL).text

    assert f"{group} (1)" in page
    assert words in page


def test_late_and_near_tasks_are_counted_beside_the_title(store, now, as_person):
    Request(store, now - timedelta(10))
    Request(store, now)

    page = as_person("marta").get(ALL).text

    assert "2 da fare, 1 in ritardo, 1 tra oggi e domani" in page


def test_an_analyst_finds_forwarded_requests_to_claim_and_drafts_are_not_among_them(store, now, as_person):
    Request(store, now, nome="Bruno", cognome="Campione")
    Request(store, now).forwarded()

    page = as_person("sara").get(FREE).text

    assert "Ada Esempio" in page
    assert "Campione" not in page


def test_a_referente_never_sees_the_tasks_of_another_comune(store, now, as_person):
    request = Request(store, now).registered()

    lia = as_person("lia")

    assert "Ada Esempio" not in lia.get(ALL).text + lia.get(FREE).text
    assert lia.get(f"/attivita/{request.task_id}").status_code == 404


def test_filters_are_pieces_of_the_address_with_their_own_remove(store, now, as_person):
    Request(store, now).forwarded()
    Request(store, now, istat=QUAGLIUZZO, referente=LIA, nome="Elsa", cognome="Inventati").forwarded()

    page = as_person("sara").get(f"{FREE}?comune={QUAGLIUZZO}").text

    assert "Elsa Inventati" in page
    assert "Ada Esempio" not in page
    assert 'aria-label="Togli il filtro Comune: Quagliuzzo"' in page
    assert f'href="{FREE}"' in page


def test_a_filter_that_finds_nothing_says_what_each_of_them_hides(store, now, as_person):
    Request(store, now).forwarded()

    page = as_person("sara").get(f"{FREE}?comune={QUAGLIUZZO}&scadenza=ritardo").text

    assert "Nessuna attività con questi filtri" in page
    assert "Senza «Quagliuzzo»: 0 attività" in page
    assert "Senza «in ritardo»: 0 attività" in page


@pytest.mark.parametrize(("due", "found"), [("ritardo", False), ("domani", False), ("settimana", True)])
def test_a_list_can_be_narrowed_by_deadline(store, now, as_person, due, found):
    Request(store, now).registered()

    page = as_person("marta").get(f"{ALL}?scadenza={due}").text

    assert ("Ada Esempio" in page) is found


def test_pages_follow_each_other_by_key_and_keep_their_filters(store, now, as_person):
    for number in range(27):
        Request(store, now, titolo=f"Attrezzo {number:02}").registered()
    marta = as_person("marta")

    first = marta.get(f"{ALL}?passo=verifica").text
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = marta.get(address).text

    assert "1–25 di 27" in first
    assert "26–27 di 27" in second
    assert "Passo: Verifica e inoltra a Novain" in second
    assert "Torna all’inizio" in second


def test_one_may_ask_for_longer_pages(store, now, as_person):
    for _ in range(26):
        Request(store, now)

    assert "1–26 di 26" in as_person("marta").get(f"{ALL}?quante=50").text


def test_a_mangled_address_is_a_first_page(store, now, as_person):
    Request(store, now)

    answer = as_person("marta").get(f"{ALL}?dopo=boh&da=x&quante=7&righe=%22&scadenza=mai")

    assert answer.status_code == 200


def test_compact_rows_are_remembered_by_the_browser(store, now, as_person):
    Request(store, now)
    marta = as_person("marta")

    marta.get(f"{ALL}?righe=compatte")

    assert 'class="lista compatta"' in marta.get(ALL).text


def test_an_empty_list_says_what_will_come_and_where_to_go(store, now, as_person):
    sara = as_person("sara")
    nothing = sara.get(FREE).text
    Request(store, now).claimed()

    page = sara.get(FREE).text

    assert "Niente da prendere in carico" in page
    assert "Guarda le pratiche" in nothing
    assert "Vai a «Le mie attività» (1)" in page


def test_a_row_says_that_one_has_a_draft(store, now, as_person):
    request = Request(store, now)
    with store.unit_of_work(now) as uow:
        drafts.save(uow, request.task_id, MARTA, {"nome": "Ada"})

    assert "bozza di oggi, 12:00" in as_person("marta").get(ALL).text


def test_what_one_did_is_listed_with_the_day(store, now, as_person):
    Request(store, now).registered()

    page = as_person("marta").get("/attivita/fatte").text

    assert "Registra la richiesta" in page
    assert "alle 12:01" in page


def test_an_analyst_sees_which_of_their_cases_wait_for_the_requester(store, now, as_person):
    Request(store, now).analysed(decisione="integrazioni", integrazioni_richieste="Chi ha firmato?")

    page = as_person("sara").get("/attivita/in-attesa").text

    assert "Ada Esempio" in page
    assert "In attesa di integrazioni" in page


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


EVERYBODY = "/attivita/di-tutti"


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


def _claimed(store, now, count):
    for _ in range(count):
        Request(store, now).claimed()


def test_a_list_costs_the_same_statements_however_long_it_is(store, now, as_person):
    sara = as_person("sara")
    _claimed(store, now, 2)
    few = {address: _statements(store, sara, address) for address in LISTS}

    _claimed(store, now, 8)

    assert {address: _statements(store, sara, address) for address in LISTS} == few
    assert max(few.values()) <= 20


LISTS = [ALL, FREE, "/attivita/fatte", "/attivita/in-attesa", "/pratiche/"]


def _statements(store, client, address):
    client.get(address)  # calendars are read again after a minute: not in the middle of counting
    with statements(store) as sent:
        client.get(address)
    return len(sent)


def test_a_role_without_tasks_reads_an_empty_list(as_person):
    assert "Non hai attività" in as_person("dario").get(ALL).text


def test_single_letters_act_unless_they_were_switched_off(as_person):
    marta = as_person("marta")

    assert "data-scorciatoie=" not in marta.get(ALL).text.split("<dialog")[0]

    marta.set_cookie("preferenze", "senza-tasti")
    assert 'data-scorciatoie="no"' in marta.get(ALL).text
