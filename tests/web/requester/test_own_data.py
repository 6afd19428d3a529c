import io
import json

import pypdf
import pytest

from tests.kit.pages import post
from tests.kit.requester_pages import CANARY, PAGE, choose, enter, write
from tests.kit.walked import Walked

DATA = "/segui/richiesta/dati"


@pytest.fixture
def walked(client, store, clock):
    walked = Walked(store, clock).concluded()
    enter(client, walked)
    return walked


def own_data(client):
    return json.loads(client.get(f"{DATA}/dati.json").data)


def text_of(answer):
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_everything_given_is_in_the_file(client, walked):
    data = own_data(client)

    case = walked.seen()
    assert (data["richiesta"]["numero"], data["richiesta"]["titolo"]) == (case.number, case.title)
    assert data["richiesta"]["email"] == case.email
    first = data["risposte"][0]
    said = {each["risposta"] for part in first["parti"] for each in part["voci"] if "risposta" in each}
    assert first["passo"] == "Registra la richiesta"
    assert {case.email, case.title} <= said
    assert data["cronologia"][0]["che_cosa"] == "ha aperto la richiesta."


def test_what_the_office_writes_for_itself_is_left_out_and_said_to_be(client, walked):
    answer = client.get(f"{DATA}/dati.json").get_data(as_text=True)

    assert "Da non dire" not in answer
    assert "note interne" in answer


def test_the_same_stands_on_paper(client, walked):
    answer = client.get(f"{DATA}/dati.pdf")

    assert answer.mimetype == "application/pdf"
    words = text_of(answer)
    assert walked.seen().title in words
    assert "Registra la richiesta" in words
    assert "ha aperto la richiesta." in words
    assert "note interne" in words
    assert "Da non dire" not in words


def test_a_file_is_kept_under_a_neutral_name_and_by_no_browser(client, walked):
    for ending in ("json", "pdf"):
        answer = client.get(f"{DATA}/dati.{ending}")
        number = walked.case.number
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}-dati.{ending}"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_says_what_is_not_in_the_files(client, walked):
    page = client.get(DATA).text

    assert "La busta riservata resta chiusa" in page
    assert f'href="{DATA}/dati.pdf"' in page


def test_a_request_just_opened_has_its_data_too(client, store, clock):
    enter(client, Walked(store, clock))

    assert own_data(client)["risposte"] == []
    assert client.get(f"{DATA}/dati.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("path", ["", "/dati.json", "/dati.pdf"])
def test_nobody_else_gets_them(client, store, clock, path):
    Walked(store, clock)

    assert client.get(f"{DATA}{path}").location.startswith("/segui")


def test_what_was_added_and_sealed_is_listed_and_the_sealed_words_are_not(client, store, clock):
    walked = Walked(store, clock).forwarded()
    enter(client, walked)
    choose(client, "rinuncia")
    write(client)
    post(client, f"{PAGE}/documenti", {"documento": (io.BytesIO(b"uno\n"), "uno.txt")}, page=f"{PAGE}/documenti")

    data = own_data(client)

    assert [each["nome"] for each in data["documenti"]] == ["uno.txt"]
    assert [each["genere"] for each in data["busta_riservata"]["contenuto"]] == ["testo"]
    assert [each["genere"] for each in data["busta_riservata"]["accordi"]] == ["rinuncia"]
    assert [each["che_cosa"] for each in data["depositi"]] == ["busta"]
    assert CANARY not in json.dumps(data)
    assert CANARY not in text_of(client.get(f"{DATA}/dati.pdf"))


def test_the_link_that_opens_the_page_is_not_among_the_messages(client, walked):
    post(client, "/segui/link", {"numero": walked.case.number}, page="/segui/link")

    links = [each for each in own_data(client)["messaggi"] if each["oggetto"].startswith("Il link")]

    assert [each["testo"] for each in links] == [""]
