import io
import re

import pypdf
import pytest
from sqlalchemy import select

from desk.demo import answers
from desk.model import Document
from engine import instances, jobs, messages
from tests.kit.pages import post
from tests.kit.requester_pages import DOCUMENTS, add, enter
from tests.kit.small_desk import REQUESTER
from tests.kit.walked import Walked

PAGE = "/segui/richiesta"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c636060606000000005000157cd18060000000049454e44ae426082"
)


@pytest.fixture
def walked(client, store, clock):
    walked = Walked(store, clock).forwarded()
    enter(client, walked)
    return walked


def kept(store):
    with store.snapshot() as uow:
        return list(uow.session.scalars(select(Document)))


def test_a_document_is_added_listed_and_taken_back_out(client, store, walked):
    assert add(client).location == DOCUMENTS
    assert "preventivi.txt" in client.get(PAGE).text
    (document,) = kept(store)
    assert (document.from_requester, document.added_by) == (True, "richiedente")

    taken = client.get(f"{DOCUMENTS}/{document.id}")

    assert taken.data == b"Tre preventivi\n"
    assert taken.headers["Content-Disposition"] == f"attachment; filename={walked.case.number}-documento-1.txt"
    assert taken.headers["Content-Security-Policy"].startswith("sandbox")
    assert taken.mimetype == "application/octet-stream"
    taken.close()


def test_the_same_content_under_another_name_is_said_to_be_there_already(client, store, walked):
    add(client)
    add(client, name="altri.txt")

    page = client.get(PAGE).text
    assert "È nell’elenco con il nome «preventivi.txt»." in page
    assert "altri.txt" not in page
    assert [document.name for document in kept(store)] == ["preventivi.txt"]


def test_the_field_says_which_files_come_in_so_that_phones_send_a_jpeg(client, walked):
    assert 'type="file" accept="image/jpeg,.pdf,' in client.get(DOCUMENTS).text


def test_a_document_is_removed_only_after_a_confirmation(client, store, walked):
    add(client)
    address = f"{DOCUMENTS}/{kept(store)[0].id}/togli"

    asked = client.get(address).text
    still_there = kept(store)
    post(client, address, page=DOCUMENTS)

    assert "Vuoi togliere questo documento?" in asked
    assert still_there
    assert kept(store) == []
    assert "preventivi.txt" not in client.get(PAGE).text


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ((b"MZ\x90\x00" + b"\0" * 60, "preventivo.pdf"), "Il file è un programma"),
        ((b"<svg xmlns='http://www.w3.org/2000/svg'/>", "disegno.svg"), "Il file è una pagina web o un disegno SVG"),
        ((b"", "vuoto.txt"), "Il file è vuoto"),
    ],
)
def test_what_may_not_come_in_is_refused_in_words(client, store, walked, file, problem):
    answer = add(client, *file)

    assert answer.status_code == 422
    assert problem in answer.text
    assert "<title>Errore: " in answer.text
    assert kept(store) == []


def test_no_file_at_all_is_said(client, walked):
    answer = post(client, DOCUMENTS, {}, page=DOCUMENTS)

    assert answer.status_code == 422
    assert "Scegli un file" in answer.text


def test_nobody_reaches_the_documents_of_another_request(client, store, clock, walked):
    add(client)
    (document,) = kept(store)
    enter(client, Walked(store, clock).forwarded())

    assert client.get(f"{DOCUMENTS}/{document.id}").status_code == 404
    assert client.get(f"{DOCUMENTS}/{document.id}/togli").status_code == 404
    assert post(client, f"{DOCUMENTS}/{document.id}/togli", page=DOCUMENTS).status_code == 404
    assert [each.id for each in kept(store)] == [document.id]


def test_what_somebody_is_called_stays_out_of_the_history(client, store, walked):
    add(client, name="pompa-a-tre-vie.txt")

    with store.snapshot() as uow:
        noted = [event.facts for event in instances.history(uow, walked.case.id) if event.type == "noted"]
    assert "documento_aggiunto" in {facts["note"] for facts in noted}
    assert "pompa" not in str(noted)


def test_the_receipt_and_the_agreement_are_there_to_read(client, walked):
    page = client.get(PAGE).text
    addresses = re.findall(rf'href="({DOCUMENTS}/lettere/\w+\.pdf)"', page)

    texts = [pypdf.PdfReader(io.BytesIO(client.get(each).data)).pages[0].extract_text() for each in addresses]

    assert [each.rpartition("/")[2] for each in addresses] == ["ricevuta.pdf", "accordo.pdf"]
    assert all(walked.case.number in text for text in texts)
    assert walked.secret.replace("-", " ") not in texts[0]


@pytest.mark.parametrize("name", ["dati", "convocazione", "busta", "_carta", "niente"])
def test_no_other_letter_of_the_process_is_theirs_to_have(client, walked, name):
    assert client.get(f"{DOCUMENTS}/lettere/{name}.pdf").status_code == 404


def test_a_closed_request_takes_no_more_documents(client, store, walked):
    page = client.get(DOCUMENTS).text
    withdraw(store, walked)

    assert add_with(client, page).status_code == 409
    assert "Aggiungi un documento" not in client.get(PAGE).text
    assert kept(store) == []


def withdraw(store, walked):
    with store.unit_of_work() as uow:
        waiting = next(each for each in messages.waiting(uow, walked.case.id) if "ritir" in each.message)
        messages.correlate(uow, waiting.id, REQUESTER, answers.withdrawal())
    jobs.run_due(store)


def add_with(client, page):
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return client.post(DOCUMENTS, data={"csrf_token": token, "documento": (io.BytesIO(PNG), "foto.png")})
