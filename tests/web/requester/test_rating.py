import pytest
from sqlalchemy import select

from desk.model import ServiceRating
from tests.kit.pages import post
from tests.kit.requester_pages import enter
from tests.kit.walked import Walked

PAGE = "/segui/richiesta"
RATE = "/segui/richiesta/valutazione"


@pytest.fixture
def ended(client, store, clock):
    walked = Walked(store, clock).concluded()
    enter(client, walked)
    return walked


def kept(store):
    with store.snapshot() as uow:
        return [(each.stars, each.aspect, each.comment) for each in uow.session.scalars(select(ServiceRating))]


def test_a_concluded_request_asks_how_it_went(client, ended):
    page = client.get(PAGE).text

    assert "Quanto è stato facile usare questo servizio?" in page
    assert "Così così" in page


def test_the_second_question_follows_the_first(client, ended):
    few, many = (client.get(f"{RATE}?voto={stars}").text for stars in (3, 4))

    assert "Dove hai incontrato le maggiori difficoltà?" in few
    assert "A volte non capivo se stavo procedendo correttamente" in few
    assert "Quali sono stati gli aspetti che hai preferito?" in many
    assert "Capivo sempre che stavo procedendo correttamente" in many


def test_a_rating_is_given_once_and_not_asked_again(client, ended, store):
    fields = {"voto": "2", "aspetto": "altro_no", "commento": "Orari scomodi"}
    answer = post(client, RATE, fields, page=f"{RATE}?voto=2")
    again = post(client, RATE, fields, page=PAGE)

    assert answer.location == PAGE
    assert kept(store) == [(2, "altro_no", "Orari scomodi")]
    assert "Quanto è stato facile" not in client.get(PAGE).text
    assert again.status_code == 409
    assert client.get(RATE).status_code == 409


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"voto": "2", "aspetto": "indicazioni_chiare"}, "Scegli una delle risposte"),
        ({"voto": "5", "aspetto": "altro_si", "commento": "x" * 201}, "Scrivi al massimo 200 caratteri"),
        ({"voto": "9", "aspetto": "altro_si"}, "Scegli da 1 a 5"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, ended, store, fields, problem):
    answer = post(client, RATE, {"commento": "Bene", **fields}, page=f"{RATE}?voto=2")

    assert answer.status_code == 422
    assert "<title>Errore: " in answer.text
    assert problem in answer.text
    if fields["voto"] != "9":
        assert fields.get("commento", "Bene") in answer.text
    assert kept(store) == []


def test_a_request_that_goes_on_is_not_rated(client, store, clock):
    enter(client, Walked(store, clock).forwarded())

    assert "Quanto è stato facile" not in client.get(PAGE).text
    assert client.get(RATE).status_code == 409
    assert post(client, RATE, {"voto": "5", "aspetto": "altro_si"}, page=PAGE).status_code == 409
    assert kept(store) == []
