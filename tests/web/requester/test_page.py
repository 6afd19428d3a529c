import re
from datetime import timedelta

import icalendar
import pytest

from desk.demo import answers
from desk.states import PublicState
from tests.kit.pages import SARA, post, token_in
from tests.kit.requester_pages import PAGE, enter
from tests.kit.walked import Walked


@pytest.fixture
def walked(store, clock):
    return Walked(store, clock)


def form_on(page):
    return re.search(r'<form class="foglio modulo"[^>]* action="([^"]+)"', page)[1]


def sent(page):
    """What the answer's form carries of its own."""
    return {"csrf_token": token_in(page), "risposta": re.search(r'name="risposta" value="(\w+)"', page)[1]}


def withdrawal_on(page):
    return re.search(r'<a href="(/segui/richiesta/messaggi/[^"]+)">Ritira la richiesta</a>', page)[1]


@pytest.mark.parametrize("write", [str, str.lower, lambda text: text.replace("-", " "), lambda text: f" {text} "])
def test_number_and_secret_open_the_page_however_they_are_copied(client, walked, write):
    answer = enter(client, walked, write(walked.secret))

    assert answer.location == PAGE
    assert walked.case.number in client.get(PAGE).text


def test_a_wrong_pair_opens_nothing_and_says_the_same_for_any(client, walked):
    wrong_secret, wrong_number = enter(client, walked, "AAAA-AAAA-AAAA"), enter(client, walked, numero="SI-1999-X-1")

    assert wrong_secret.status_code == wrong_number.status_code == 422
    assert all("Numero e codice non corrispondono" in each.text for each in (wrong_secret, wrong_number))
    assert client.get(PAGE).location.startswith("/segui")


def test_guessing_a_secret_is_stopped(client, walked):
    for _ in range(10):
        enter(client, walked, "AAAA-AAAA-AAAA")

    assert enter(client, walked).status_code == 429


def test_the_number_scanned_is_already_written(client, walked):
    page = client.get(f"/segui?numero={walked.case.number}").text

    assert f'value="{walked.case.number}"' in page


def test_the_page_speaks_the_requesters_words_only(client, walked):
    walked.forwarded()
    enter(client, walked)

    page = client.get(PAGE).text

    assert "La tua richiesta è a Novain: un analista la prende in carico e la studia." in page
    assert "Non devi fare niente" in page
    assert "Contiamo di farlo tra giovedì 26 e lunedì 30 novembre." in page
    assert re.findall(r'aria-current="step".*?<strong>(.*?)</strong>', page) == ["Da prendere in carico"]
    assert "Marta Prova" in page
    for internal in ("analizza", "in_analisi", "triage", "Prima analisi", "urgenza"):
        assert internal not in page


def test_whose_turn_it_is_comes_first_and_an_answer_moves_the_case(client, walked):
    walked.invited()
    enter(client, walked)
    page = client.get(PAGE).text
    chosen = {**sent(page), "proposta_scelta": "2026-11-30T10:00", "_azione": "completa"}

    answer = client.post(form_on(page), data=chosen)

    assert page.index("Tocca a te") < page.index("A che punto siamo")
    assert "lunedì 30 novembre, dalle 10:00 alle 10:45" in page.casefold()
    assert answer.location == PAGE
    assert walked.seen().state is PublicState.MEETING_SET
    after = client.get(PAGE).text
    assert "abbiamo ricevuto la tua risposta" in after
    assert "Quando: lunedì 30 novembre, ore 10:00." in after
    assert "Ti aspettiamo in Comune per l’incontro: Sala al piano terra." in after


def test_an_open_question_wants_an_answer_before_the_last_time_proposed(client, store, clock):
    enter(client, Walked(store, clock, ["2026-11-26T16:00", "2026-11-26T17:00"]).invited())

    assert "Rispondi <strong>entro mercoledì 25 novembre</strong>" in client.get(PAGE).text


def test_an_answer_that_is_not_enough_comes_back_as_typed(client, walked):
    walked.invited()
    enter(client, walked)
    page = client.get(PAGE).text
    fields = {
        "csrf_token": token_in(page),
        "risposta": "altra_data",
        "altra_data_preferenze": "",
        "_azione": "completa",
    }

    answer = client.post(form_on(page), data=fields)

    assert answer.status_code == 422
    assert "<title>Errore: " in answer.text
    assert sent(answer.text)["risposta"] == "altra_data"
    assert walked.seen().state is PublicState.MEETING_PROPOSED


def test_another_answer_is_one_button_away_without_javascript(client, walked):
    walked.invited()
    enter(client, walked)
    page = client.get(PAGE).text
    button = re.search(r'name="_azione" value="(scegli:[^"]+)" formnovalidate>Nessun orario va bene<', page)[1]

    asked = client.post(form_on(page), data={**sent(page), "_azione": button}).text

    assert "Quando potresti venire?" in asked
    assert re.search(r"Rispondi <strong>entro \w+", asked)
    fields = {**sent(asked), "altra_data_preferenze": "Di martedì", "_azione": "completa"}
    assert client.post(form_on(asked), data=fields).location == PAGE
    assert walked.seen().state is not PublicState.MEETING_PROPOSED


def test_a_second_invitation_does_not_begin_from_the_first_answer(client, walked):
    walked.invited().asked_another_date()
    walked.slots = ["2026-12-07T09:00"]
    walked.invited_again()
    enter(client, walked)

    page = client.get(PAGE).text

    assert sent(page)["risposta"] == "accetta"
    assert "lunedì 7 dicembre, dalle 9:00 alle 9:45" in page.casefold()
    assert "Di martedì" not in page


def test_the_same_answer_twice_changes_the_case_once(client, walked):
    walked.invited()
    enter(client, walked)
    page = client.get(PAGE).text
    fields = {"csrf_token": token_in(page), "risposta": "rinuncia", "_azione": "completa"}
    first = client.post(form_on(page), data=fields)

    second = client.post(form_on(page), data=fields)

    assert first.status_code == 302
    assert second.status_code == 409
    assert "non serve più" in second.text


def test_a_request_is_withdrawn_only_after_confirming(client, walked):
    walked.registered()
    enter(client, walked)
    page = client.get(PAGE).text
    asked = client.get(withdrawal_on(page)).text
    unsure = {"csrf_token": token_in(asked), "ritiro_motivo": "risolto", "_azione": "completa"}

    refused = client.post(form_on(asked), data=unsure)
    sure = client.post(form_on(asked), data={**unsure, "ritiro_conferma": "true"})

    assert refused.status_code == 422
    assert sure.location == PAGE
    assert walked.seen().state is PublicState.WITHDRAWN
    after = client.get(PAGE).text
    assert "Hai ritirato la richiesta" in after
    assert "Quando tocca a te" not in after


def test_nobody_answers_for_another_request(client, walked, store, clock):
    other = Walked(store, clock).invited()
    enter(client, other)
    address = form_on(client.get(PAGE).text)
    enter(client, walked)

    answer = client.get(address)

    assert answer.status_code == 409


def test_a_new_secret_closes_the_page_that_the_old_one_opened(client, walked, clock):
    enter(client, walked)
    clock.now += timedelta(minutes=1)

    walked.new_secret()

    assert client.get(PAGE).location.startswith("/segui")
    assert enter(client, walked).status_code == 422


def test_in_the_end_the_page_says_what_to_do_and_nothing_kept_inside(client, walked):
    walked.concluded()
    enter(client, walked)

    page = client.get(PAGE).text

    path = page[page.index("Il tuo percorso</h2>") : page.index("A che punto siamo")]
    assert "Prossimo passo" in path
    assert "Da non dire" not in page
    assert "Verbale" not in page
    assert "Ritira la richiesta" not in page


def test_leaving_closes_the_page(client, walked):
    enter(client, walked)

    post(client, "/segui/esci", page=PAGE)

    assert client.get(PAGE).location.startswith("/segui")


def test_an_answer_sent_after_the_page_closed_is_kept(client, walked):
    walked.invited()
    enter(client, walked)
    page = client.get(PAGE).text
    with client.session_transaction() as session:
        del session["richiesta"]
    fields = {"csrf_token": token_in(page), "risposta": "accetta", "proposta_scelta": "2026-12-01T10:00"}

    over = client.post(form_on(page), data=fields, headers={"Origin": "http://localhost"})
    kept = re.search(r'name="conservate" value="([^"]+)"', over.text)[1].replace("&#34;", '"')
    again = enter(client, walked, conservate=kept, ritorno=form_on(page))

    assert over.status_code == 401
    assert "La sessione è scaduta" in over.text
    assert 'name="proposta_scelta" value="2026-12-01T10:00"' in again.text


def test_a_work_session_goes_on_beside_the_requesters_page(as_person, walked):
    client = as_person("marta")

    enter_page = client.get(f"/segui?numero={walked.case.number}").text
    fields = {"csrf_token": token_in(enter_page), "numero": walked.case.number, "codice": walked.secret}
    client.post("/segui", data=fields)

    assert client.get("/profilo").status_code == 200
    assert client.get(PAGE).status_code == 200


def test_what_belongs_to_the_step_stands_where_the_case_stands(client, walked):
    walked.invited()._replied(answers.reply("accetta", walked.slots[0]))
    enter(client, walked)

    page = client.get(PAGE).text

    now = page[page.index('id="ora"') : page.index("A che punto siamo")]
    assert "Incontro fissato" in page
    assert "Tocca a te" not in page
    assert "Sposta l’incontro" in now
    assert "Ritira la richiesta" not in now
    assert "Ritira la richiesta" in page


def test_a_meeting_that_is_fixed_goes_into_the_requesters_calendar(client, walked):
    walked.invited()
    enter(client, walked)
    before = client.get(f"{PAGE}/incontro.ics").status_code
    walked._replied(answers.reply("accetta", walked.slots[0]))

    calendar = client.get(f"{PAGE}/incontro.ics")

    (event,) = icalendar.Calendar.from_ical(calendar.data).walk("VEVENT")
    assert before == 404
    assert event["dtstart"].dt.isoformat() == "2026-11-30T09:00:00+01:00"
    assert walked.seen().title not in calendar.text
    assert calendar.headers["Content-Disposition"] == f'attachment; filename="{walked.case.number}-incontro.ics"'


def test_a_stopped_clock_is_said_and_the_answer_is_one_button_away(client, walked):
    walked.forwarded()._complete(SARA, answers.analysis(walked.request, "integrazioni"))
    enter(client, walked)

    page = client.get(PAGE).text

    assert "Il tempo è fermo" in page
    assert "Contiamo di farlo" not in page
    assert re.search(r'class="btn btn-primary" href="[^"]+">Rispondi all’analista<', page)


def test_a_desk_that_is_late_says_so(client, walked, clock):
    walked.forwarded()
    clock.now += timedelta(days=14)
    enter(client, walked)

    assert "Contavamo di farlo entro lunedì 30 novembre: siamo in ritardo." in client.get(PAGE).text
