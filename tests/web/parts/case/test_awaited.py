"""The day by which an invitation asks for an answer is the day on which the diagram stops waiting for one."""

import re
from datetime import time

import pytest
from sqlalchemy import select

from desk import comuni
from desk.calendar import local_date
from desk.comuni.hours import WeeklyHours
from desk.model import Mail
from engine import messages, tasks
from tests.kit.pages import ADMINISTRATOR, BUROLO, post
from tests.kit.played_requests import Request
from tests.kit.walked import Walked


@pytest.mark.parametrize(
    ("slots", "day", "words"),
    [
        (["2026-11-26T15:00"], "2026-11-25", "mercoledì 25 novembre"),
        (["2026-11-26T15:00", "2026-11-30T09:00"], "2026-11-29", "domenica 29 novembre"),
        (["2026-12-07T09:00"], "2026-11-30", "lunedì 30 novembre"),
    ],
)
def test_the_invitation_and_the_timer_say_the_same_day(store, clock, slots, day, words):
    walked = Walked(store, clock, slots).invited()

    with store.snapshot() as uow:
        waiting = next(each for each in messages.waiting(uow, walked.case.id) if each.expires_at)
        text = uow.connection.execute(select(Mail.text).where(Mail.name == "convocazione")).scalar_one()
    assert local_date(waiting.expires_at).isoformat() == day
    assert words in text


@pytest.mark.parametrize("who", ["marta", "sara"])
def test_those_who_work_on_the_case_read_who_answers_by_when_and_what_comes_then(store, clock, as_person, who):
    walked = Walked(store, clock, ["2026-11-26T15:00"]).invited()
    client, case = as_person(who), f"/pratiche/{walked.case.number}"

    pages = {address: words_of(client.get(address).text) for address in (case, f"{case}/attivita", WAITING)}

    assert "Tocca al richiedente: aspettiamo la sua risposta" in pages[case]
    assert (
        "Entro mercoledì 25 novembre: tra 2 giorni lavorativi. Se non risponde, il referente gli telefona."
        in pages[case]
    )
    assert "Risposta del richiedente tra 2 giorni lavorativi mercoledì 25 novembre" in pages[case]
    assert "0 su 2 giorni lavorativi" in pages[case]
    assert "Nessuna. Il richiedente risponde entro mercoledì 25 novembre" in pages[f"{case}/attivita"]
    assert "tra 2 giorni lavorativi mercoledì 25 novembre" in pages[WAITING]


def test_whoever_sent_the_invitation_reads_until_when_it_is_open(store, clock, as_person):
    walked = Walked(store, clock, ["2026-11-26T15:00"]).invited()

    with store.snapshot() as uow:
        sent = next(task for task in tasks.of_case(uow, walked.case.id) if task.element_id == "proponi")
    page = words_of(as_person("sara").get(f"/attivita/{sent.id}/esito").text)

    assert "Il richiedente risponde entro mercoledì 25 novembre (tra 2 giorni lavorativi). Se non risponde," in page


def test_the_requester_reads_the_same_day_and_what_comes_then(store, clock, client):
    walked = Walked(store, clock, ["2026-11-26T15:00"]).invited()
    post(client, "/segui", {"numero": walked.case.number, "codice": walked.secret})

    page = words_of(client.get("/segui/richiesta").text)

    assert "Rispondi entro mercoledì 25 novembre. Se non rispondi, il referente del tuo Comune ti telefona." in page


def test_once_answered_nothing_says_that_an_answer_is_awaited(store, clock, as_person):
    walked = Walked(store, clock).meeting_set()

    page = words_of(as_person("sara").get(f"/pratiche/{walked.case.number}").text)

    assert "Risposta del richiedente" not in page
    assert "aspettiamo la sua risposta" not in page


WAITING = "/attivita/in-attesa"


def words_of(html):
    """Read a page's words without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" .", ".").replace(" )", ")").replace("( ", "(")


@pytest.mark.parametrize(
    ("email", "offer"),
    [
        ("ada@esempio.example", ("2026-11-26T15:00", "almeno 2 giorni lavorativi per rispondere all’invito.")),
        (None, ("2026-11-24T09:00", "il referente: puoi proporre già il prossimo giorno lavorativo.")),
    ],
)
def test_who_proposes_finds_no_time_too_near_for_an_answer_and_reads_why(store, now, as_person, email, offer):
    with store.unit_of_work() as uow:
        hours = [WeeklyHours(1, time(9), time(13)), WeeklyHours(3, time(15), time(18))]
        comuni.set_hours(uow, BUROLO, hours, ADMINISTRATOR)
    request = Request(store, now, email=email, contatto_preferito="telefono").analysed()

    page = as_person("sara").get(f"/attivita/{request.task_id}").text

    first, why = offer
    assert why in page
    assert re.search(r'value="(2026-[^"]+)"', page)[1] == first
