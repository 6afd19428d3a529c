"""Whose desk it is stands in the settings: another programme finds its own names on every page and paper."""

import io
import re

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from desk.extension import extension
from desk.facilities import Facilities
from desk.mail import outbox
from desk.model import Mail
from desk.programme import Programme
from desk.states import PathStage
from tests.kit.pages import BUROLO, make_app, post, sign_in
from tests.kit.places import ROOT
from tests.kit.sealed_envelope import sealed
from tests.kit.walked import Walked
from web.requester import path as follow_words
from web.settings import Settings

OTHER = Programme("Rete di Esempio", "In provincia di Esempio", "Studio Esempio", "l’Unione dei Comuni di Esempio")
FIRST = re.compile(r"Novain|ANPCI|Torin|Piemont")
PUBLIC = ["/", "/comuni/", f"/comuni/{BUROLO}", "/domande-frequenti", "/aiuto", "/privacy", "/note-legali"]
PUBLIC += ["/accessibilita", "/aderire", "/segui", "/accedi"]
MAY_NAME_IT = {"desk/programme.py"}


@pytest.fixture
def walked(store, clock):
    store.extensions = (extension(Facilities(programme=OTHER)),)
    return Walked(store, clock)


@pytest.fixture
def app(store, tmp_path):
    return make_app(store, folder=tmp_path, programme=OTHER)


def words(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_the_first_programme_is_named_in_one_file_of_the_program():
    files = [path for folder in ("engine", "desk", "web") for path in (ROOT / folder).rglob("*")]
    sources = [
        path for path in files if path.suffix in {".py", ".html", ".txt", ".js", ".css"} and "dist" not in path.parts
    ]

    named = {str(path.relative_to(ROOT)) for path in sources if FIRST.search(path.read_text("utf-8"))}

    assert named == MAY_NAME_IT


def test_settings_name_the_programme_and_what_they_leave_out_is_the_first(tmp_path):
    given = {"SPORTELLO_MODE": "test", "SPORTELLO_PROGRAMME": "Rete di Esempio", "SPORTELLO_FIRM": " Studio Esempio "}
    given |= {"SPORTELLO_TERRITORY": "In provincia di Esempio", "SPORTELLO_PROMOTER": OTHER.promoter}

    assert Settings.from_environment(given, tmp_path).programme == OTHER
    assert (
        Settings.from_environment({"SPORTELLO_MODE": "test", "SPORTELLO_FIRM": ""}, tmp_path).programme == Programme()
    )


@pytest.mark.parametrize("address", PUBLIC)
def test_no_public_page_names_the_first_programme_to_another(client, address):
    html = client.get(address).text

    assert OTHER.name in html
    assert not FIRST.search(html)


def test_public_pages_say_where_whose_and_whom_to_ask(client):
    assert OTHER.territory in client.get("/").text
    assert f"<h3>{OTHER.firm} la studia</h3>" in client.get("/").text
    assert f"i coordinatori di {OTHER.firm}." in client.get("/privacy").text
    assert f"chi promuove il programma: {OTHER.promoter}." in client.get("/aderire").text


def test_people_act_for_the_firm_that_the_settings_name(app):
    assert "<strong>analista Studio Esempio</strong>" in sign_in(app.test_client(), "sara").get("/profilo").text


def test_the_requester_reads_the_firm_in_the_path_and_at_the_openings(app, walked, store):
    walked.invited()
    sealed(store, walked.case.id)
    sara, client = sign_in(app.test_client(), "sara"), app.test_client()
    post(sara, f"/pratiche/{walked.case.number}/busta/apri", {"motivo": "prima_analisi"})
    post(client, "/segui", {"numero": walked.case.number, "codice": walked.secret}, page="/segui")

    page = client.get("/segui/richiesta").text

    assert "da Sara Esempio di Studio Esempio" in page
    assert "<strong>Sara Esempio</strong>, analista Studio Esempio" in page
    with app.app_context():
        assert follow_words._ahead()[PathStage.TAKEN] == "Un analista di Studio Esempio la prende in carico"


def test_the_receipt_names_the_programme_on_its_page_and_on_paper(app, walked):
    walked.registered()
    marta, address = sign_in(app.test_client(), "marta"), f"/pratiche/{walked.case.number}"

    page, paper = marta.get(f"{address}/ricevuta").text, words(marta.get(f"{address}/ricevuta.pdf").data)

    for told in (page, paper):
        assert OTHER.name in told
        assert "Il Comune inoltra la richiesta a Studio Esempio" in told
        assert not FIRST.search(told)


def test_the_letter_that_goes_with_a_message_names_the_programme(walked, store):
    walked.invited()
    with store.snapshot() as uow:
        every = [outbox.attachments(uow, id_) for id_ in uow.session.scalars(select(Mail.id))]

    (letter,) = [each.content for files in every for each in files if each.name.endswith(".pdf")]
    assert OTHER.name in words(letter)
    assert "analista di Studio Esempio" in words(letter)
    assert not FIRST.search(words(letter))


def test_the_requesters_papers_name_the_programme(app, walked, store):
    walked.invited()
    client = app.test_client()
    post(client, "/segui", {"numero": walked.case.number, "codice": walked.secret}, page="/segui")

    data = words(client.get("/segui/richiesta/dati/dati.pdf").data)
    agreement = words(client.get("/segui/richiesta/documenti/lettere/accordo.pdf").data)

    assert "e Studio Esempio conservano" in data
    assert "analista di Studio Esempio" in agreement
    assert OTHER.name in data
    assert OTHER.name in agreement
