import re
from datetime import timedelta

import pytest

from engine import jobs, messages, tasks
from tests.kit.pages import QUAGLIUZZO, SARA, post, token_in
from tests.kit.played_requests import Request
from tests.kit.small_desk import LIA, REQUESTER


def part_of(request, part=""):
    return f"/pratiche/{request.number}{part}"


def test_cases_are_found_by_number_name_and_comune(store, now, as_person):
    ada = Request(store, now).forwarded()
    other = {"nome": "Elsa", "cognome": "Inventati", "email": "elsa@inventati.example"}
    Request(store, now, istat=QUAGLIUZZO, referente=LIA, **other).forwarded()
    sara = as_person("sara")

    for words in (ada.number, "esempio ada", "burolo"):
        page = sara.get(f"/pratiche/?q={words}").text
        assert "Ada Esempio" in page
        assert "Elsa Inventati" not in page


def test_a_search_that_finds_nothing_says_what_to_try(as_person):
    page = as_person("sara").get("/pratiche/?q=zzz").text

    assert "Nessuna pratica per «zzz»" in page
    assert "Togli la ricerca" in page


def test_open_and_ended_cases_can_be_told_apart(store, now, as_person):
    Request(store, now).forwarded()
    sara = as_person("sara")

    assert "Ada Esempio" in sara.get("/pratiche/?stato=aperte").text
    assert "Ada Esempio" not in sara.get("/pratiche/?stato=chiuse").text


def test_the_list_of_cases_goes_on_by_key(store, now, as_person):
    for number in range(26):
        Request(store, now + timedelta(minutes=number))
    marta = as_person("marta")

    first = marta.get("/pratiche/").text
    second = marta.get(first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")).text

    assert "1–25 di 26" in first
    assert "26–26 di 26" in second


@pytest.mark.parametrize(
    ("username", "role", "status"),
    [
        ("marta", None, 200),
        ("lia", None, 404),
        ("sara", None, 404),
        ("paolo", "Coordinatore", 404),
        ("olga", None, 404),
        ("dario", None, 404),
        ("ivo", None, 404),
    ],
)
def test_until_it_is_forwarded_only_its_comune_sees_a_case(store, now, as_person, username, role, status):  # noqa: PLR0913, PLR0917
    request = Request(store, now).registered()
    client = as_person(username, role)

    answers = [client.get(part_of(request, part)).status_code for part in PARTS]

    assert answers == [status] * len(PARTS)


PARTS = ["", "/attivita", "/cronologia", "/diagramma", "/diagramma.json"]


@pytest.mark.parametrize(("username", "status"), [("sara", 200), ("lia", 404), ("olga", 404)])
def test_a_forwarded_case_is_novains_too_but_no_other_comunes(store, now, as_person, username, status):
    request = Request(store, now).forwarded()

    assert as_person(username).get(part_of(request)).status_code == status


def test_the_summary_says_whose_turn_it_is(store, now, as_person):
    request = Request(store, now).registered()

    page = as_person("marta").get(part_of(request)).text

    assert "Tocca a te: «Verifica e inoltra a Novain»" in page
    assert "Entro giovedì 26 novembre: tra 3 giorni lavorativi." in page


def test_an_analyst_is_told_what_they_may_claim(store, now, as_person):
    request = Request(store, now).forwarded()

    assert "Puoi prendere in carico «Prima analisi»" in as_person("sara").get(part_of(request)).text


def test_the_summary_holds_the_answers_of_each_step(store, now, as_person):
    request = Request(store, now).analysed(nota_interna="Da richiamare")

    page = as_person("sara").get(part_of(request)).text

    assert "Prima analisi" in page
    assert "Da richiamare" in page
    assert "<dt>Obiettivo</dt><dd>Capire se conviene depositare</dd>" in page


def test_what_analysts_write_for_themselves_is_not_the_referentes_to_read(store, now, as_person):
    request = Request(store, now).analysed(nota_interna="Da richiamare")
    marta = as_person("marta")

    assert "Da richiamare" not in marta.get(part_of(request)).text


def test_questions_nobody_answered_are_not_listed(store, now, as_person):
    request = Request(store, now).registered()

    assert "non indicato" not in as_person("marta").get(part_of(request)).text


def test_the_clock_shows_how_much_of_a_term_is_used_and_why(store, now, clock, as_person):
    request = Request(store, now).registered()
    clock.now = now + timedelta(2)

    page = as_person("marta").get(part_of(request)).text

    assert "2 su 3 giorni lavorativi" in page
    assert "3 giorni lavorativi da lunedì 23 novembre, che non si conta." in page


def test_a_case_that_waits_for_its_requester_has_its_clock_stopped(store, now, as_person):
    request = Request(store, now).analysed(decisione="integrazioni", integrazioni_richieste="Chi ha firmato?")

    page = as_person("sara").get(part_of(request, "/cronologia")).text

    assert "Il tempo è fermo da lunedì 23 novembre, ore 12:04." in page


def test_the_history_is_told_in_sentences_newest_first(store, now, as_person):
    request = Request(store, now).claimed()

    page = as_person("sara").get(part_of(request, "/cronologia")).text

    told = [
        "<strong>Sara Esempio</strong> ha preso in carico «Prima analisi».",
        "<strong>Marta Prova</strong> ha completato «Verifica e inoltra a Novain».",
        "<strong>Marta Prova</strong> ha completato «Registra la richiesta».",
        "<strong>Marta Prova</strong> ha aperto la richiesta.",
    ]
    places = [page.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert "Lunedì 23 novembre" in page


def test_a_table_in_the_history_says_what_it_gave_and_why(store, now, as_person):
    request = Request(store, now).registered()

    page = as_person("marta").get(part_of(request, "/cronologia")).text

    assert "Urgenza normale:" in page
    assert "calcolato dalla tabella" in page


def test_the_history_can_be_narrowed(store, now, as_person):
    request = Request(store, now).registered()

    page = as_person("marta").get(part_of(request, "/cronologia?mostra=decisioni")).text

    assert "Urgenza normale:" in page
    assert "ha completato" not in page


def test_a_reminder_that_fired_stands_in_the_history(store, now, clock, as_person):
    request = Request(store, now).registered()
    clock.now = now + timedelta(5)
    jobs.run_due(store)

    page = as_person("marta").get(part_of(request, "/cronologia?mostra=tempi")).text

    assert "È scaduto il termine «dopo 3 giorni lavorativi»." in page


def test_the_diagram_page_tells_the_same_steps_in_words(store, now, as_person):
    request = Request(store, now).forwarded()

    page = as_person("sara").get(part_of(request, "/diagramma")).text

    assert "I passi, in parole" in page
    assert '<tr role="row" class="qui"><th role="rowheader" scope="row">Prima analisi</th>' in page
    assert "Richiesta allo sportello, versione 1" in page


def test_the_diagrams_data_say_what_is_done_and_where_the_case_stands(store, now, as_person):
    request = Request(store, now).forwarded()

    data = as_person("sara").get(part_of(request, "/diagramma.json")).json

    assert {"registra", "verifica"} <= set(data["fatti"])
    assert data["qui"] == ["analizza"]
    assert "inoltra" in data["flussi"]
    assert 'id="richiesta"' in data["bpmn"]


def test_the_open_tasks_of_a_case_say_who_has_them(store, now, as_person):
    request = Request(store, now).claimed()

    page = as_person("marta").get(part_of(request, "/attivita")).text

    assert "a Sara Esempio" in page
    assert f'href="/attivita/{request.task_id}"' not in page


def test_a_request_is_withdrawn_after_a_confirmation(store, now, as_person):
    request = Request(store, now).registered()
    marta = as_person("marta")
    address = next(part for part in marta.get(part_of(request)).text.split('"') if "/azioni/" in part)

    asked = marta.get(address).text
    answer = marta.post(
        address,
        data={
            "csrf_token": token_in(asked),
            "_azione": "completa",
            "ritiro_motivo": "altro",
            "ritiro_conferma": "true",
        },
        follow_redirects=True,
    )

    assert "Controlla prima di confermare" in asked
    assert "Fatto: «Ritira la richiesta»" in answer.text
    assert "La pratica è ritirata" in answer.text


def test_an_action_meant_for_others_is_neither_offered_nor_done(store, now, as_person):
    request = Request(store, now).forwarded()
    address = next(part for part in as_person("marta").get(part_of(request)).text.split('"') if "/azioni/" in part)
    sara = as_person("sara")

    answer = post(sara, address, page="/attivita/")

    assert "/azioni/" not in sara.get(part_of(request)).text
    assert answer.status_code == 404
    with store.snapshot() as uow:
        assert any(task.state == "created" for task in tasks.of_case(uow, request.case.id))


def test_who_has_no_cases_to_read_is_not_offered_the_list(as_person):
    assert as_person("dario").get("/pratiche/").status_code == 404


def test_what_a_requester_did_is_told_with_their_name(store, now, as_person):
    request = Request(store, now).registered()
    with store.unit_of_work(now) as uow:
        (waiting,) = messages.waiting(uow, request.case.id)
        answers = {"ritiro_motivo": "altro", "ritiro_conferma": True}
        messages.correlate(uow, waiting.id, REQUESTER, answers)

    page = as_person("marta").get(part_of(request, "/cronologia")).text

    assert "<strong>Ada Esempio</strong> ha confermato «Ritira la richiesta»." in page


def test_a_case_that_waits_for_its_requester_says_so_and_what_they_read(store, now, as_person):
    request = Request(store, now).analysed().done("proponi", SARA, PROPOSED)

    page = as_person("sara").get(part_of(request)).text

    assert "Tocca al richiedente" in page
    assert "Nella sua pagina legge: «Scegli quando incontrarci in Comune.»" in page


def test_a_term_that_runs_beside_a_wait_is_told_as_such(store, now, as_person):
    request = Request(store, now).analysed().done("proponi", SARA, PROPOSED)

    page = as_person("sara").get(part_of(request, "/diagramma")).text

    assert "5 giorni lavorativi senza risposta" in page
    assert re.search(r"Il richiedente risponde</th>.{0,200}aspettiamo", page, re.DOTALL)
    assert re.search(r"E-mail respinta</th>.{0,200}se succede", page, re.DOTALL)
    assert "termine in corso" in page


PROPOSED = {
    "proposte": ["2026-11-30T09:00"],
    "durata": "45",
    "modalita": "in_comune",
    "sede": "Municipio",
    "sede_accessibile": "si",
    "convocati": ["richiedente", "analista"],
}
