import re

from desk import cases, people
from desk.access import Role
from desk.cases import CaseFilter
from desk.people import mandates
from tests.kit.pages import ADMINISTRATOR, BUROLO, CHARGE, MARTA, MONTALENGHE, QUAGLIUZZO, post

ALL = "/attivita/"


def test_only_who_receives_requests_is_offered_to_open_one(as_person):
    assert "Nuova richiesta" not in as_person("sara").get(ALL).text
    assert as_person("sara").get("/nuova-richiesta/").status_code == 404


def test_a_new_request_opens_its_first_form(as_person):
    marta = as_person("marta")

    answer = post(marta, "/nuova-richiesta/", {"comune": BUROLO}, page="/nuova-richiesta/", follow_redirects=True)

    assert "Registra la richiesta" in answer.text
    assert "Come è arrivata la richiesta?" in answer.text
    assert "SI-2026-B279-0001" in answer.text


def test_a_request_cannot_be_opened_at_somebody_elses_desk(as_person):
    marta = as_person("marta")

    answer = post(marta, "/nuova-richiesta/", {"comune": MONTALENGHE}, page="/nuova-richiesta/")

    assert answer.status_code == 404


def test_who_has_two_desks_chooses_which(store, now, as_person):
    with store.unit_of_work(now) as uow:
        people.set_roles(uow, "marta", {Role.REFERENTE: [BUROLO, QUAGLIUZZO]}, ADMINISTRATOR)
        mandates.record(uow, "marta", QUAGLIUZZO, CHARGE, ADMINISTRATOR)

    page = as_person("marta").get("/nuova-richiesta/").text

    assert "A quale sportello arriva la richiesta?" in page
    assert "Burolo" in page
    assert "Quagliuzzo" in page


def test_the_form_sent_twice_opens_one_request(store, as_person):
    marta = as_person("marta")
    page = marta.get("/nuova-richiesta/").text
    fields = {"comune": BUROLO, "chiave": re.search(r'name="chiave" value="([^"]+)"', page)[1]}

    first = post(marta, "/nuova-richiesta/", fields, page="/nuova-richiesta/")
    second = post(marta, "/nuova-richiesta/", fields, page="/nuova-richiesta/")

    assert first.location == second.location
    with store.snapshot() as uow:
        assert cases.page(uow, MARTA, CaseFilter()).count == 1
