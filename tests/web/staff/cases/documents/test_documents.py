"""«Documenti» in a case's page, as people use it and as browsers must treat what they download."""

from __future__ import annotations

import pytest

from desk import files
from engine import history
from tests.kit.hostile_files import pdf
from tests.kit.pages import MARTA, make_app, post, sign_in
from tests.kit.small_desk import REQUESTER
from tests.kit.uploads import attached, send
from tests.kit.walked import Walked

HOSTILE = "<img src=x onerror=alert(1)>.pdf"


@pytest.fixture
def walked(store, clock):
    return Walked(store, clock).forwarded()


@pytest.fixture
def page(walked):
    return f"/pratiche/{walked.case.number}/documenti"


@pytest.fixture
def marta(as_person):
    return as_person("marta")


def listed(store, walked):
    with store.snapshot() as uow:
        return files.of_case(uow, walked.case.id, MARTA)


def test_a_document_is_added_listed_and_downloaded(marta, page, store, walked):
    answer = send(marta, page, pdf(b"righe"), "Preventivo.pdf")

    assert (answer.status_code, answer.location) == (302, page)
    shown = marta.get(page).text
    assert "Documento aggiunto" in shown
    assert "Preventivo.pdf" in shown
    assert "Marta Prova" in shown
    assert 'Documenti <span class="n">1</span>' in shown
    (document,) = listed(store, walked)
    with marta.get(f"{page}/{document.id}") as downloaded:
        assert downloaded.data == pdf(b"righe")


def test_a_browser_never_shows_a_document_from_our_address(app, marta, page, store, walked):
    document = attached(app, store, walked.case.id, MARTA, name="Come funziona.pdf")

    with marta.get(f"{page}/{document.id}") as answer:
        headers = answer.headers

    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == f"attachment; filename={walked.case.number}-documento-1.pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("a.pdf", b"MZ\x90\0"), "Il file è un programma"),
        (("a.docm", b"PK"), "Il documento contiene macro"),
        (("a.svg", b"<svg/>"), "Il file è una pagina web o un disegno SVG"),
        (("a.pdf", b""), "Il file è vuoto"),
        (("a.pdf", pdf(b"x" * files.LARGEST)), "Il file supera 20 MB"),
        (("", b""), "Scegli il file da aggiungere"),
    ],
)
def test_what_does_not_come_in_is_said_beside_the_question(marta, page, file, words):
    name, content = file
    answer = send(marta, page, content, name, dal_richiedente="si")

    assert answer.status_code == 422
    assert "Errore: Documenti" in answer.text
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="si" checked' in answer.text
    assert "Nessun documento" in answer.text


def test_more_than_a_request_may_hold_is_refused_before_it_is_read(marta, page):
    answer = send(marta, page, b"x" * (26 * 1024 * 1024), "a.pdf")

    assert answer.status_code == 413
    assert "troppo grande" in answer.text


def test_a_hostile_name_is_only_text(marta, page, store, walked):
    send(marta, page, pdf(), HOSTILE)

    (document,) = listed(store, walked)
    for shown in (marta.get(page).text, marta.get(f"{page}/{document.id}/togli").text):
        assert "<img src=x" not in shown
        assert "&lt;img src=x" in shown
    with marta.get(f"{page}/{document.id}") as answer:
        assert "img" not in answer.headers["Content-Disposition"]


def test_the_same_form_sent_twice_adds_one_document(marta, page, store, walked):
    for _ in range(2):
        assert send(marta, page, pdf(), "a.pdf").status_code == 302

    assert len(listed(store, walked)) == 1


def test_what_the_requester_brought_to_the_counter_is_theirs_to_see(marta, page, store, walked):
    send(marta, page, pdf(b"1"), "interno.pdf")
    send(marta, page, pdf(b"2"), "portato.pdf", dal_richiedente="si")

    with store.snapshot() as uow:
        seen = files.of_case(uow, walked.case.id, REQUESTER)

    assert [document.name for document in seen] == ["portato.pdf"]
    assert marta.get(page).text.count("lo vede anche il richiedente") == 1


def test_a_document_is_deleted_after_a_confirmation(app, marta, page, store, walked):
    document = attached(app, store, walked.case.id, MARTA)
    asked = marta.get(f"{page}/{document.id}/togli").text
    assert "Non si può recuperare" in asked
    assert document.name in asked

    assert post(marta, f"{page}/{document.id}/togli", page=page).status_code == 302

    assert "Documento tolto" in marta.get(page).text
    assert marta.get(f"{page}/{document.id}").status_code == 404
    assert post(marta, f"{page}/{document.id}/togli", page=page).status_code == 404


def test_the_history_says_that_documents_came_and_went_but_not_their_names(app, marta, page, store, walked):
    document = attached(app, store, walked.case.id, MARTA, name="canarino.pdf")
    post(marta, f"{page}/{document.id}/togli", page=page)

    told = marta.get(f"/pratiche/{walked.case.number}/cronologia").text
    assert "ha aggiunto un documento." in told
    assert "ha tolto un documento." in told
    with store.snapshot() as uow:
        assert "canarino" not in repr(history.read(uow, walked.case.id))


def test_a_document_of_another_case_is_not_reached_through_this_one(app, marta, page, store, clock):
    other = attached(app, store, Walked(store, clock).registered().case.id, MARTA)

    assert marta.get(f"{page}/{other.id}").status_code == 404
    assert marta.get(f"{page}/{other.id}/togli").status_code == 404
    assert post(marta, f"{page}/{other.id}/togli", page=page).status_code == 404


def test_a_content_that_went_missing_is_our_fault_and_has_a_code(app, marta, page, store, walked):
    document = attached(app, store, walked.case.id, MARTA)
    app.extensions["sportello"].facilities.files.remove(document.sha256)

    answer = marta.get(f"{page}/{document.id}")

    assert answer.status_code == 500
    assert "E-" in answer.text


def test_nothing_comes_in_while_the_scanner_is_down(store, tmp_path, page, walked):
    app = make_app(store, folder=tmp_path, clamd="tcp://127.0.0.1:1")
    marta = sign_in(app.test_client(), "marta")

    answer = send(marta, page, pdf(), "a.pdf")

    assert answer.status_code == 503
    assert "L’antivirus non risponde" in answer.text
    assert listed(store, walked) == []


def test_an_empty_list_says_what_will_be_there(marta, page):
    shown = marta.get(page).text

    assert "Nessun documento" in shown
    assert "Non descrivere qui come funziona l’idea" in shown
