import re

import pytest

from desk import comuni
from desk.calendar import Closure
from tests.kit.pages import ADMINISTRATOR, BUROLO, MONTALENGHE


def test_the_first_page_says_which_desks_are_open_now(client):
    page = client.get("/").text

    assert re.findall(r"<li class=\"comune\"><h3>(.*?)</h3>", page) == ["Burolo", "Montalenghe", "Quagliuzzo"]
    assert "Oggi fino alle 13:00" in page
    assert "Lunedì 9:00–13:00<br>Giovedì 15:00–18:00" in page
    assert "Marta Prova" in page


def test_a_comune_has_its_page_with_place_hours_and_closures(client, store, now):
    closure = Closure(now.date().replace(day=26), now.date().replace(day=26), "assemblea")
    with store.unit_of_work() as uow:
        comuni.close(uow, BUROLO, closure, ADMINISTRATOR)

    page = client.get(f"/comuni/{BUROLO}").text

    assert "<title>Lo sportello di Burolo - Comune di Burolo</title>" in page
    assert "Via Dimostrativa 1, 10010 Burolo (TO)" in page
    assert "Chiuso giovedì 26 novembre (assemblea)" in page
    assert 'href="tel:+390125000000"' in page


def test_what_a_comune_has_not_said_is_shown_as_missing(client):
    page = client.get(f"/comuni/{MONTALENGHE}").text

    assert "Il Comune non ha ancora indicato gli orari" in page
    assert "Telefono: il Comune non l’ha ancora indicato" in page
    assert "mailto:" not in page
    assert "nessun referente è incaricato" in page


def test_a_comune_is_found_by_a_part_of_its_name(client):
    found, none = client.get("/comuni/?q=monta").text, client.get("/comuni/?q=torino").text

    assert re.findall(r"<li class=\"comune\"><h3>(.*?)</h3>", found) == ["Montalenghe"]
    assert "Nessuno sportello per «torino»" in none
    assert '<a href="/comuni/001042">Burolo</a>' in none


def test_with_many_comuni_the_first_page_offers_a_search_instead_of_them_all(client, store):
    with store.unit_of_work() as uow:
        for comune in comuni.find(uow, "san", 20):
            comuni.join(uow, comune.istat, comuni.Office(), ADMINISTRATOR)

    page = client.get("/").text

    assert 'role="search"' in page
    assert "Vedi tutti i 23 Comuni" in page
    assert '<li class="comune">' not in page


@pytest.mark.parametrize("istat", ["001272", "999999", "x"])
def test_a_comune_without_a_desk_has_no_page(client, istat):
    assert client.get(f"/comuni/{istat}").status_code == 404


def test_no_link_of_the_public_pages_is_dead(client):
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in seen:
            continue
        seen.add(address)
        with client.get(address, follow_redirects=True) as answer:
            assert answer.status_code == 200, address
            if answer.mimetype == "text/html":
                waiting += [each.replace("&amp;", "&") for each in re.findall(r'href="(/[^"]*)"', answer.text)]

    assert {"/privacy", "/note-legali", "/accessibilita", "/domande-frequenti", "/aiuto", "/aderire"} <= seen


def test_every_anchor_leads_to_a_place_on_its_page(client):
    for address in ("/", "/aiuto", "/segui"):
        page = client.get(address).text
        for anchor in re.findall(rf'href="(?:{address}|)#([^"]+)"', page):
            assert f'id="{anchor}"' in page


def test_bundled_files_are_compressed_and_kept(client):
    style = re.search(r'<link rel="stylesheet" href="([^"]+)"', client.get("/").text)[1]
    if "?v=0" in style:
        pytest.skip("the pages' files are not bundled: python -m web.assets")

    with client.get(style, headers={"Accept-Encoding": "gzip"}) as answer:
        headers, lasts = answer.headers, answer.cache_control.max_age

    assert headers["Content-Encoding"] == "gzip"
    assert headers["Content-Type"].startswith("text/css")
    assert headers["Vary"] == "Accept-Encoding"
    assert lasts == 31_536_000
