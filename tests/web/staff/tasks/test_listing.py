from datetime import timedelta

import pytest

from desk.access import Role
from engine import drafts
from engine.identity import Actor
from tests.kit.databases import statements
from tests.kit.pages import MARTA, QUAGLIUZZO
from tests.kit.played_requests import Request

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
    second = marta.get(_link(first, 'rel="next" ')).text

    assert "1–25 di 27" in first
    assert "26–27 di 27" in second
    assert "Passo: Verifica e inoltra a Novain" in second
    assert _link(second, 'rel="prev" ') == f"{ALL}?passo=verifica"


def _link(page, mark):
    """Find the address of a link by what stands before it in its tag."""
    return page.split(f'<a {mark}href="')[1].split('"')[0].replace("&amp;", "&")


def test_any_page_is_one_link_away_and_says_which_it_is(store, now, as_person):
    for _ in range(51):
        Request(store, now)
    marta = as_person("marta")

    first = marta.get(ALL).text
    third = marta.get(_link(first.split('rel="next"')[0].rsplit("<li>", 2)[1], "")).text

    assert "51–51 di 51" in third
    assert 'aria-current="page"><span class="visually-hidden">Pagina </span>3</a>' in third
    assert "26–50 di 51" in marta.get(_link(third, 'rel="prev" ')).text


def test_a_short_list_has_no_pages_to_choose(store, now, as_person):
    Request(store, now)

    page = as_person("marta").get(ALL).text

    assert "1–1 di 1" in page
    assert "Pagina </span>" not in page


def test_the_pages_of_a_search_keep_what_was_searched(store, now, as_person):
    for _ in range(26):
        Request(store, now).registered()

    page = as_person("marta").get("/pratiche/?q=esempio&stato=aperte").text

    assert _link(page, 'rel="next" ').startswith("/pratiche/?q=esempio&stato=aperte&dopo=")


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


def test_an_analyst_finds_the_open_cases_they_follow_among_those_of_everybody(store, now, as_person):
    Request(store, now, nome="Bruno").claimed()
    Request(store, now, nome="Elsa").forwarded()
    mine = "/pratiche/?stato=mie"

    sara, marta = as_person("sara"), as_person("marta")

    assert "Aperte e seguite da me" in sara.get("/pratiche/").text
    assert "Bruno Esempio" in sara.get(mine).text
    assert "Elsa Esempio" not in sara.get(mine).text
    assert "seguite da me" not in marta.get("/pratiche/").text
