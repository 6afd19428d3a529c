"""One person, one task, two windows: what is saved in one is not covered by the other unseen."""

import re

import pytest

from engine import drafts
from engine.errors import DraftChanged
from tests.kit.pages import MARTA
from tests.kit.played_requests import Request
from tests.kit.task_pages import FIRST_STEP, page_of, send


@pytest.fixture
def request_(store, now):
    return Request(store, now)


@pytest.fixture
def page(request_):
    return page_of(request_)


def version_in(html):
    return re.search(r'name="_bozza" value="(\d+)"', html)[1]


def kept(store, request_):
    with store.snapshot() as uow:
        return drafts.load(uow, request_.task_id, MARTA)


def test_the_later_window_is_told_and_both_texts_are_kept(store, request_, page, as_person):
    marta = as_person("marta")
    first = second = version_in(marta.get(page).text)

    send(marta, page, "salva", **FIRST_STEP | {"_bozza": first, "cognome": "Della prima"})
    answer = send(marta, page, "avanti", **FIRST_STEP | {"_bozza": second, "cognome": "Della seconda"})

    assert answer.status_code == 409
    assert "hai cambiato questa bozza in un’altra finestra" in answer.text
    assert re.search(r'<div [^>]*tabindex="-1" autofocus id="altrove">', answer.text)
    assert 'value="Della seconda"' in answer.text
    assert "<dd>Della prima</dd>" in answer.text
    assert "Bozza salvata" not in answer.text
    assert kept(store, request_).answers["cognome"] == "Della prima"


def test_whoever_has_read_both_goes_on_with_what_the_page_shows(store, request_, page, as_person):
    marta = as_person("marta")
    old = version_in(marta.get(page).text)
    send(marta, page, "salva", **FIRST_STEP | {"_bozza": old, "cognome": "Della prima"})
    told = send(marta, page, "avanti", **FIRST_STEP | {"_bozza": old, "cognome": "Della seconda"}).text

    answer = send(marta, page, "avanti", **FIRST_STEP | {"_bozza": version_in(told), "cognome": "Della seconda"})

    assert answer.status_code == 302
    assert kept(store, request_).answers["cognome"] == "Della seconda"


def test_what_is_saved_while_typing_says_why_it_was_not_kept(store, request_, page, as_person):
    marta = as_person("marta")
    old = version_in(marta.get(page).text)

    saved = send(marta, f"{page}/bozza", "salva", **FIRST_STEP | {"_bozza": old, "cognome": "Della prima"})
    again = send(marta, f"{page}/bozza", "salva", **FIRST_STEP | {"_bozza": saved.headers["X-Bozza"], "nome": "Eva"})
    late = send(marta, f"{page}/bozza", "salva", **FIRST_STEP | {"_bozza": old, "cognome": "Della seconda"})

    assert (saved.status_code, again.status_code, late.status_code) == (200, 200, 409)
    assert "in un’altra finestra. Qui resta quello che scrivi: con «Salva e riprendi dopo»" in late.json["messaggio"]
    assert kept(store, request_).answers["nome"] == "Eva"


def test_the_same_words_saved_twice_are_no_conflict(page, as_person):
    marta = as_person("marta")
    old = version_in(marta.get(page).text)

    answers = [send(marta, page, "salva", **FIRST_STEP | {"_bozza": old}) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 302]


def test_a_page_drawn_again_says_the_version_it_was_drawn_from(page, as_person):
    marta = as_person("marta")
    old = version_in(marta.get(page).text)

    drawn = send(marta, page, "aggiorna", **FIRST_STEP | {"_bozza": old})

    assert version_in(drawn.text) == drawn.headers["X-Bozza"] != old


def test_a_browser_that_shows_a_page_again_takes_the_version_from_the_page(page, as_person):
    (field,) = re.findall(r'<input[^>]* name="_bozza"[^>]*>', as_person("marta").get(page).text)

    assert 'autocomplete="off"' in field


def test_of_two_that_began_from_one_version_one_alone_is_written(store, request_):
    with store.unit_of_work() as uow:
        first = drafts.save(uow, request_.task_id, MARTA, {"nome": "Ada"}, 0)
        with pytest.raises(DraftChanged):
            drafts.save(uow, request_.task_id, MARTA, {"nome": "Bea"}, 0)
        second = drafts.save(uow, request_.task_id, MARTA, {"nome": "Bea"}, first.version)

    assert (first.version, second.version) == (1, 2)
    assert kept(store, request_).answers == {"nome": "Bea"}
