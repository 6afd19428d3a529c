import pytest

from engine import tasks
from engine.identity import Actor
from tests.kit.pages import MARTA, SARA, post, token_in
from tests.kit.played_requests import ANALYSED, CHECKED, Request
from tests.kit.task_pages import FIRST_STEP, page_of, send

PAOLO = Actor("paolo", {"Analista"}, {"*"})
CHECK = {"verifica_esito": "inoltra", "titolo_controllato": "true", "ricevuta": "stampata"}
INVITATION = {
    "proposte": ["2026-11-30T09:00"],
    "durata": "45",
    "modalita": "in_comune",
    "sede": "Municipio",
    "sede_accessibile": "si",
    "convocati": ["richiedente", "analista"],
}
ANALYSIS = {
    "urgenza_decisa": "conferma",
    "esigenze": "1",
    "esigenze-0-argomento": "proteggere",
    "esigenze-0-esito": "da_definire",
    "decisione": "convoca",
    "dichiarazione_conflitto_interessi": "true",
}


def test_completing_says_what_happened_what_comes_next_and_by_when(store, now, as_person):
    request = Request(store, now).registered()
    marta = as_person("marta")

    answer = send(marta, page_of(request), "completa", **CHECK)
    page = marta.get(answer.headers["Location"]).text

    assert "Fatto: «Verifica e inoltra a Novain»" in page
    assert "Ora la pratica è «in analisi»." in page
    assert "<strong>Prima analisi</strong>: da prendere in carico (analista), entro lunedì 30 novembre" in page


def test_completing_says_when_it_is_the_requester_who_acts_next(store, now, as_person):
    request = Request(store, now).analysed()
    task_id = request.task_id
    request.done("proponi", SARA, INVITATION)

    page = as_person("sara").get(f"/attivita/{task_id}/esito").text

    assert "<strong>Il richiedente risponde</strong> entro domenica 29 novembre" in page
    assert "Se non risponde, il referente gli telefona. Nella sua pagina legge: «Scegli quando" in page


def test_after_registering_the_receipt_is_offered(store, now, as_person):
    request = Request(store, now)
    task_id = request.task_id
    request.registered()

    page = as_person("marta").get(f"/attivita/{task_id}/esito").text

    assert "Stampa la ricevuta" in page
    assert f"/pratiche/{request.number}/ricevuta" in page


def test_the_same_form_sent_twice_changes_the_case_once_and_shows_the_same_page(store, now, as_person):
    request = Request(store, now).registered()
    marta, address = as_person("marta"), page_of(request)
    fields = {"csrf_token": token_in(marta.get(address).text), "_azione": "completa", **CHECK}

    first = marta.post(address, data=fields)
    second = marta.post(address, data=fields)

    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    with store.snapshot() as uow:
        assert [task.element_id for task in tasks.of_case(uow, request.case.id)].count("analizza") == 1


def test_who_completed_a_task_finds_its_outcome_at_its_address(store, now, as_person):
    request = Request(store, now)
    address = page_of(request)
    request.registered()

    assert as_person("marta").get(address).headers["Location"] == f"{address}/esito"


def test_who_comes_second_reads_who_was_first_and_finds_their_own_answers(store, now, as_person):
    request = Request(store, now).claimed()
    sara, address = as_person("sara"), page_of(request)
    fields = {"csrf_token": token_in(sara.get(address).text), "_azione": "completa", **ANALYSIS, "nota_interna": "Mia"}
    with store.unit_of_work(now) as uow:
        tasks.unclaim(uow, request.task_id, SARA)
        tasks.complete(uow, request.task_id, PAOLO, ANALYSED | {"nota_interna": "Sua"})

    answer = sara.post(address, data=fields)

    assert answer.status_code == 409
    assert "Paolo Modelli ha già completato questa attività" in answer.text
    assert "Lunedì 23 novembre alle 12:00." in answer.text
    assert "Che cosa ha risposto Paolo Modelli" in answer.text
    assert "Sua" in answer.text
    assert "Le tue risposte, non inviate" in answer.text
    assert "Mia" in answer.text


def test_answers_to_a_task_taken_away_meanwhile_are_shown_and_not_sent(store, now, as_person):
    request = Request(store, now).claimed()
    sara, address = as_person("sara"), page_of(request)
    fields = {"csrf_token": token_in(sara.get(address).text), "_azione": "completa", **ANALYSIS, "nota_interna": "Mia"}
    with store.unit_of_work(now) as uow:
        tasks.assign(uow, request.task_id, SARA, "paolo")

    answer = sara.post(address, data=fields)

    assert answer.status_code == 409
    assert "L’attività è di Paolo Modelli" in answer.text
    assert "Mia" in answer.text
    with store.snapshot() as uow:
        assert request.open_task(uow).element_id == "analizza"


def test_wrong_answers_lead_back_to_the_step_that_asks_for_them(store, now, as_person):
    request = Request(store, now)
    marta = as_person("marta")

    answer = send(marta, page_of(request), "completa", **FIRST_STEP | {"cognome": ""})

    assert answer.status_code == 422
    assert 'aria-current="step"' in answer.text
    assert "Scrivi il cognome." in answer.text


def test_answers_the_form_does_not_ask_for_are_refused(store, now, as_person):
    request = Request(store, now).registered()

    answer = send(as_person("marta"), page_of(request), "completa", **CHECK, stato="conclusa")

    assert answer.status_code == 422


def test_a_released_task_can_be_taken_by_others(store, now, as_person):
    request = Request(store, now).claimed()
    sara = as_person("sara")

    answer = post(sara, f"{page_of(request)}/rilascia", page=page_of(request), follow_redirects=True)

    assert "Hai rilasciato l’attività" in answer.text
    with store.snapshot() as uow:
        assert request.open_task(uow).assignee is None


def test_the_coordinator_hands_a_task_to_an_analyst(store, now, as_person):
    request = Request(store, now).claimed(PAOLO)
    paolo = as_person("paolo", "Coordinatore")

    answer = post(paolo, f"{page_of(request)}/assegna", {"a": "sara"}, page=page_of(request), follow_redirects=True)

    assert "Hai assegnato l’attività a Sara Esempio." in answer.text
    with store.snapshot() as uow:
        assert request.open_task(uow).assignee == "sara"


@pytest.mark.parametrize("verb", ["prendi", "rilascia", "assegna", "bozza"])
def test_nothing_can_be_done_to_a_task_one_may_not_see(store, now, as_person, verb):
    request = Request(store, now).registered()
    lia = as_person("lia")

    answer = post(lia, f"{page_of(request)}/{verb}", {"a": "marta"}, page="/attivita/")

    assert answer.status_code in (302, 404)
    with store.snapshot() as uow:
        assert request.open_task(uow).assignee == "marta"


def test_a_task_nobody_ever_made_is_not_there(as_person):
    assert as_person("sara").get("/attivita/boh").status_code == 404


def test_names_of_earlier_answers_are_those_of_their_forms(store, now, as_person):
    request = Request(store, now).registered().done("verifica", MARTA, CHECKED)

    page = as_person("sara").get(page_of(request)).text

    assert "<dt>Vorrebbe</dt>" in page
    assert "Marta Prova, lunedì 23 novembre" in page


@pytest.mark.parametrize("action", ["aggiorna", "salva", "avanti", "completa"])
def test_whatever_arrives_after_one_completed_a_task_leads_to_its_outcome(store, now, as_person, action):
    request = Request(store, now).registered()
    marta, address = as_person("marta"), page_of(request)
    fields = {"csrf_token": token_in(marta.get(address).text), **CHECK}
    marta.post(address, data=fields | {"_azione": "completa"})

    answer = marta.post(address, data=fields | {"_azione": action})

    assert answer.headers["Location"] == f"{address}/esito"
