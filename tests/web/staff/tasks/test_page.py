from desk.demo import answers
from engine import drafts, tasks
from tests.kit.databases import statements
from tests.kit.pages import MARTA, PAOLO, SARA, post, sign_in, token_in
from tests.kit.played_requests import ANALYSED, Request
from tests.kit.task_pages import FIRST_STEP, page_of, send
from tests.kit.walked import Walked


def test_before_claiming_the_questions_and_the_case_can_be_read(store, now, as_person):
    request = Request(store, now).forwarded()

    page = as_person("sara").get(page_of(request)).text

    assert "L’attività non è ancora di nessuno" in page
    assert "Prendi in carico" in page
    assert "Come si procede?" in page
    assert '<fieldset class="in-lettura" disabled>' in page
    assert "Capire se conviene depositare" in page


def test_claiming_opens_the_form(store, now, as_person):
    request = Request(store, now).forwarded()
    sara = as_person("sara")

    answer = post(sara, f"{page_of(request)}/prendi", page=page_of(request), follow_redirects=True)

    assert "L’attività è tua" in answer.text
    assert "in-lettura" not in answer.text
    assert "Rilascia" in answer.text


def test_two_people_claim_and_the_second_reads_who_was_first(store, now, as_person):
    request = Request(store, now).forwarded()
    sara = as_person("sara")
    token = token_in(sara.get(page_of(request)).text)
    with store.unit_of_work(now) as uow:
        tasks.claim(uow, request.task_id, PAOLO)

    answer = sara.post(f"{page_of(request)}/prendi", data={"csrf_token": token})

    assert answer.status_code == 409
    assert "Paolo Modelli ha già preso in carico questa attività" in answer.text


def test_what_somebody_else_holds_can_be_read_and_says_who_has_it(store, now, as_person):
    request = Request(store, now).claimed(PAOLO)

    page = as_person("sara").get(page_of(request)).text

    assert "L’attività è di Paolo Modelli" in page
    assert "/rilascia" not in page


def test_the_page_tells_the_deadline_and_how_it_was_reached(store, now, as_person):
    request = Request(store, now).registered()

    page = as_person("marta").get(page_of(request)).text

    assert "tra 3 giorni lavorativi" in page
    assert "3 giorni lavorativi da lunedì 23 novembre, che non si conta." in page
    assert "Sono esclusi sabati e domeniche." in page


def test_the_days_left_out_of_a_term_are_named_with_their_reason(store, now, clock, as_person):
    clock.now = now.replace(month=12, day=4)
    request = Request(store, clock.now).registered()

    page = as_person("marta").get(page_of(request)).text

    assert "martedì 8 dicembre (Immacolata Concezione)" in page


def test_the_diagrams_instructions_are_on_the_page(store, now, as_person):
    request = Request(store, now)

    assert "Leggi le domande ad alta voce e scrivi le risposte." in as_person("marta").get(page_of(request)).text


def test_the_page_explains_the_urgency_that_was_calculated(store, now, as_person):
    shown = {"data": "3/10/2026", "luogo": "Mercatino", "mezzo": "uso", "a_chi": "10 persone", "sotto_accordo": "no"}
    request = Request(store, now, gia_divulgata="si", divulgazioni=[shown]).claimed()

    page = as_person("sara").get(page_of(request)).text

    assert "Urgenza alta perché…" in page
    assert "l’idea è già stata mostrata senza un accordo di riservatezza (regola 5)" in page


def test_a_step_is_checked_before_the_next_and_what_was_typed_stays(store, now, as_person):
    request = Request(store, now)
    marta = as_person("marta")

    answer = send(marta, page_of(request), "avanti", **FIRST_STEP | {"cognome": "", "data_nascita": "ieri"})

    assert answer.status_code == 422
    assert "<title>Errore: Registra la richiesta" in answer.text
    assert "Correggi 2 campi per andare avanti" in answer.text
    assert 'value="ieri"' in answer.text


def test_a_right_step_leads_to_the_next_and_is_kept_as_a_draft(store, now, as_person):
    request = Request(store, now)
    marta = as_person("marta")

    answer = send(marta, page_of(request), "avanti", **FIRST_STEP)
    following = marta.get(answer.headers["Location"]).text

    assert answer.headers["Location"].endswith("?passo=gruppo_cosa")
    assert "Di che cosa si tratta" in following
    assert "Bozza salvata alle 12:00" in following


def test_saving_for_later_returns_to_the_list_with_the_draft_marked(store, now, as_person):
    request = Request(store, now)
    marta = as_person("marta")

    answer = send(marta, page_of(request), "salva", _passo="gruppo_chi", nome="Ada")
    page = marta.get(answer.headers["Location"]).text

    assert "Bozza salvata" in page
    assert "bozza di oggi, 12:00" in page
    assert 'value="Ada"' in marta.get(page_of(request)).text


def test_drafts_are_saved_while_typing(store, now, as_person):
    request = Request(store, now)
    marta = as_person("marta")
    token = token_in(marta.get(page_of(request)).text)

    fields = {"csrf_token": token, "_passo": "gruppo_chi", "nome": "Ada"}
    answer = marta.post(f"{page_of(request)}/bozza", data=fields, headers={"Accept": "application/json"})

    assert answer.json == {"salvata": "12:00"}
    with store.snapshot() as uow:
        assert drafts.load(uow, request.task_id, MARTA).answers["nome"] == "Ada"


def test_a_draft_that_can_be_kept_no_more_says_why(store, now, as_person):
    request = Request(store, now).claimed()
    sara, address = as_person("sara"), page_of(request)
    token = token_in(sara.get(address).text)
    with store.unit_of_work(now) as uow:
        tasks.unclaim(uow, request.task_id, SARA)
        tasks.complete(uow, request.task_id, PAOLO, ANALYSED)

    answer = sara.post(f"{address}/bozza", data={"csrf_token": token}, headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert answer.json == {"messaggio": "Paolo Modelli ha già completato questa attività."}


def test_an_answer_of_another_step_that_is_no_choice_here_is_not_shown_as_it_is_kept(app, store, clock):
    walked = Walked(store, clock).invited()
    walked._replied(answers.reply("accetta", walked.slots[0]))
    walked._complete(MARTA, answers.meeting("svolto"))
    with store.unit_of_work() as uow:
        task = next(task for task in tasks.of_case(uow, walked.case.id) if task.state == "created")
        tasks.claim(uow, task.id, SARA)

    page = sign_in(app.test_client(), "sara").get(f"/attivita/{task.id}").text

    assert "Com’è finita?" in page
    assert "da_definire" not in page


def test_the_page_asks_nothing_twice_and_nothing_of_an_envelope_that_is_not_there(store, now, as_person):
    address, sara = page_of(Request(store, now).claimed()), as_person("sara")
    sara.get(address)  # calendars are read once in a while

    with statements(store) as sent:
        sara.get(address)

    assert len([one for one in sent if "count(*)" in one]) == 1  # the menu says how much is to be done
    assert not any("FROM agreement" in one for one in sent)
    assert len(sent) <= 12, sent
