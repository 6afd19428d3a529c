import io
import re

import pytest
from pypdf import PdfReader

from desk.proof import deposits
from desk.proof.deposits import DepositKind
from desk.requester import secrets
from tests.kit.pages import MARTA, post
from tests.kit.played_requests import Request

SHA = "a4809e480df5508275ee24c01820247ec22a9627a51f1c55a85a99d3844f7994"


@pytest.fixture
def case(store, now):
    return Request(store, now).registered().case


def address(case, rest):
    return f"/pratiche/{case.number}/{rest}"


def words(answer):
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def on_page(html):
    """Give the words of the receipt's sheet as one reads them."""
    sheet = re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition(">")[2].partition("</main>")[0])
    return re.sub(r"\s+", " ", sheet).replace("&#39;", "'")


def squeezed(text):
    return re.sub(r"\s", "", text).partition("Ricevutadellarichiesta")[2]


def secret_in(page):
    return re.search(r'<span class="segreto">(.*?)</span>', page)[1]


def test_page_and_pdf_say_the_same_in_the_same_order(as_person, case):
    client = as_person("marta")
    page = post(client, address(case, "ricevuta"), page=address(case, "ricevuta")).text
    secret = secret_in(page)

    printed = words(post(client, address(case, "ricevuta.pdf"), {"codice": secret}, page="/profilo"))

    numbered = re.sub(r" [123]\. ", " ", printed)  # the page draws the numbers of its list by itself
    assert squeezed(on_page(page)) == squeezed(numbered)
    assert secret in printed


def test_the_fingerprint_is_the_same_on_page_and_paper_and_stands_in_the_history(as_person, case, store):
    client = as_person("marta")
    before = client.get(address(case, "ricevuta")).text
    page = post(client, address(case, "ricevuta"), page=address(case, "ricevuta")).text

    with store.snapshot() as uow:
        sealed = deposits.latest(uow, case.id)
    assert "Impronta del deposito" not in before
    assert f'<p class="impronta">{sealed.sha256}</p>' in page
    assert sealed.sha256 in words(client.get(address(case, "ricevuta.pdf")))


def test_the_secret_is_on_no_paper_but_the_one_handed_out(as_person, case, store):
    client = as_person("marta")
    with store.unit_of_work() as uow:
        secret = secrets.issue(uow, case.id, MARTA).replace("-", " ")

    later = client.get(address(case, "ricevuta.pdf"))
    guessed = post(client, address(case, "ricevuta.pdf"), {"codice": "AAAA AAAA AAAA"}, page="/profilo")

    assert secret not in words(later)
    assert "il codice che ti abbiamo già consegnato" in words(later)
    assert later.headers["Cache-Control"] == "no-store"
    assert later.headers["Content-Disposition"] == f'attachment; filename="ricevuta-{case.number}.pdf"'
    assert guessed.headers["Location"].endswith(address(case, "ricevuta"))


def test_a_receipt_of_a_draft_has_no_fingerprint(as_person, store, now):
    draft = Request(store, now).case

    page = post(as_person("marta"), address(draft, "ricevuta"), page=address(draft, "ricevuta")).text

    assert secret_in(page)
    assert "Impronta" not in page


def test_the_list_offers_only_letters_that_have_something_to_say(as_person, case, store):
    client = as_person("marta")
    before = client.get(address(case, "lettere")).text
    with store.unit_of_work() as uow:
        deposits.record(uow, case.id, SHA, DepositKind.ENVELOPE, MARTA)
    after = client.get(address(case, "lettere")).text

    assert "Accordo di riservatezza" in before
    assert "I dati del richiedente" in before
    assert "Convocazione" not in before
    assert "Ricevuta della busta riservata" not in before
    assert "Ricevuta della busta riservata" in after
    assert SHA in after
    assert client.get(address(case, "lettere/convocazione.pdf")).status_code == 404


def test_the_requesters_data_are_printed_by_who_received_them_alone(as_person, store, now):
    case = Request(store, now).forwarded().case

    here = as_person("marta").get(address(case, "lettere/dati.pdf"))
    analyst = as_person("sara")

    assert "333 000 0000" in words(here)
    assert analyst.get(address(case, "lettere/dati.pdf")).status_code == 404
    assert "I dati del richiedente" not in analyst.get(address(case, "lettere")).text


@pytest.mark.parametrize("name", ["_carta", "niente", "..%2f_carta", "ricevuta.typ"])
def test_nothing_but_a_letter_is_a_letter(as_person, case, name):
    assert as_person("marta").get(address(case, f"lettere/{name}.pdf")).status_code == 404


def test_the_case_leads_to_its_letters(as_person, case):
    assert address(case, "lettere") in as_person("marta").get(f"/pratiche/{case.number}").text
