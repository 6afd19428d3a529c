"""Mandates on the pages: recorded by the programme's office, and missing ones told to whoever would need them."""

import re
from dataclasses import replace
from datetime import date

import pytest

from desk import people
from desk.access import Role
from desk.people import mandates
from tests.kit.pages import ADMINISTRATOR, BUROLO, CHARGE, MONTALENGHE, QUAGLIUZZO, post

REFERENTI = f"/il-mio-comune/{BUROLO}/referenti"
MANDATE = f"{REFERENTI}/marta"


@pytest.fixture
def marta(as_person):
    return as_person("marta")


@pytest.fixture
def olga(as_person):
    return as_person("olga")


def test_a_referente_sees_their_standing_but_records_nothing(marta):
    page = marta.get(REFERENTI).text

    assert "Riceve richieste" in page
    assert "dal 1 gennaio 2025" in page
    assert MANDATE not in page


def charge(**fields):
    typed = {"qualifica": "volontario", "dal": "1/1/2025", "formazione_il": "10/12/2024", "formazione_di": "Novain"}
    return typed | fields


def test_the_programme_office_corrects_a_mandate(olga, store):
    page = olga.get(f"{MANDATE}?corregge=2025-01-01").text
    assert 'name="corregge" value="2025-01-01"' in page
    assert 'value="dipendente" checked' in page

    fields = charge(corregge="2025-01-01", dal="1/2/2025", al="20/11/2026")
    answer = post(olga, MANDATE, fields, page=MANDATE, follow_redirects=True)

    assert "Incarico di Marta Prova registrato" in answer.text
    assert "Incarico finito il 20 novembre 2026" in answer.text
    with store.snapshot() as uow:
        (only,) = mandates.of(uow, BUROLO, ["marta"])["marta"]
    assert (only.starts_on, only.ends_on, only.qualification) == (date(2025, 2, 1), date(2026, 11, 20), "volontario")


def test_a_mandate_near_its_end_says_until_when(olga, store):
    with store.unit_of_work() as uow:
        mandates.record(uow, "marta", BUROLO, replace(CHARGE, ends_on=date(2026, 12, 1)), ADMINISTRATOR)

    assert "Riceve richieste fino al 1 dicembre 2026" in olga.get(REFERENTI).text
    assert 'name="dal" value="02/12/2026"' in olga.get(MANDATE).text


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"qualifica": "sindaco"}, "qualifica", "Scegli che cosa fa"),
        ({"dal": ""}, "dal", "Scrivi da quale giorno"),
        ({"al": "31/12/2024"}, "al", "Le date non sono in ordine"),
        ({"formazione_di": ""}, "formazione_il", "La formazione non è completa"),
        ({"formazione_il": "1/12/2026"}, "formazione_il", "La formazione non è completa"),
        ({"dal": "1/3/2026"}, "dal", "C’è già un incarico in quei giorni"),
    ],
)
def test_a_mandate_that_cannot_be_comes_back_as_typed(olga, store, wrong, field, sentence):
    answer = post(olga, MANDATE, charge(accordo_il="3/3/2025") | wrong, page=MANDATE)

    assert answer.status_code == 422
    assert re.search(rf'id="{field}-errore">.*{sentence}', answer.text)
    assert 'value="3/3/2025"' in answer.text
    with store.snapshot() as uow:
        assert [each.agreement_on for each in mandates.of(uow, BUROLO, ["marta"])["marta"]] == [CHARGE.agreement_on]


@pytest.mark.parametrize("username", ["nessuno", "sara", "lia"])
def test_only_referenti_of_the_comune_have_a_mandate_page(olga, username):
    assert olga.get(f"{REFERENTI}/{username}").status_code == 404


def expire(store):
    with store.unit_of_work() as uow:
        mandates.record(uow, "marta", BUROLO, replace(CHARGE, ends_on=date(2026, 11, 20)), ADMINISTRATOR)


def test_who_may_not_receive_reads_why_and_what_to_do_instead_of_a_form(marta, store):
    expire(store)

    page = marta.get("/nuova-richiesta/").text

    assert "Non puoi ricevere richieste per lo sportello di Burolo" in page
    assert "Il tuo incarico di referente è finito il 20 novembre 2026." in page
    assert "Chiedi al tuo Comune di rinnovarlo" in page
    assert "Apri la richiesta" not in page


def test_the_form_of_a_mandate_that_has_meanwhile_ended_opens_nothing(marta, store):
    marta.get("/nuova-richiesta/")
    expire(store)

    answer = post(marta, "/nuova-richiesta/", {"comune": BUROLO}, page="/profilo")

    assert answer.status_code == 409
    assert "Il tuo incarico di referente è finito il 20 novembre 2026." in answer.text


def test_of_two_desks_only_the_one_that_may_receive_is_offered(marta, store, as_person):
    with store.unit_of_work() as uow:
        people.set_roles(uow, "marta", {Role.REFERENTE: [BUROLO, QUAGLIUZZO]}, ADMINISTRATOR)

    page = as_person("marta").get("/nuova-richiesta/").text

    assert f'name="comune" value="{BUROLO}"' in page
    assert "Non puoi ricevere richieste per lo sportello di Quagliuzzo" in page
    assert "Il tuo incarico di referente non è registrato." in page


def test_the_public_page_says_when_a_desk_receives_no_requests(client, store):
    assert "non si possono presentare richieste" not in client.get(f"/comuni/{BUROLO}").text
    expire(store)

    assert "Per ora qui non si possono presentare richieste" in client.get(f"/comuni/{BUROLO}").text
    assert "Per ora non riceve richieste" in client.get("/").text
    assert "Marta Prova" not in client.get("/").text


def test_a_desk_without_anybody_says_so_to_its_keepers(olga):
    page = olga.get(f"/il-mio-comune/{MONTALENGHE}/referenti").text

    assert "Per ora nessuno riceve richieste" in page
    assert "Nessuna persona ha il ruolo di referente qui." in page
