"""«Anteprima dell’invito»: what the requester will read, beside the form that proposes the times."""

from __future__ import annotations

import re

import pytest

from desk.demo import answers
from engine import tasks
from tests.kit.pages import SARA, sign_in
from tests.kit.task_pages import send
from tests.kit.walked import Walked


@pytest.fixture
def walked(store, clock):
    return Walked(store, clock).forwarded()


def own_task(store, walked):
    with store.unit_of_work() as uow:
        task = next(task for task in tasks.of_case(uow, walked.case.id) if task.state == "created")
        tasks.claim(uow, task.id, SARA)
    return f"/attivita/{task.id}"


def proposing(store, walked):
    walked._complete(SARA, answers.analysis(walked.request, "convoca"))
    return own_task(store, walked)


def preview_in(page):
    return re.search(r'<section class="anteprima".*?</section>', page, re.DOTALL)[0]


def test_the_preview_says_recipient_and_subject_and_that_no_time_is_chosen_yet(app, store, walked):
    task, case = proposing(store, walked), walked.seen()

    shown = preview_in(sign_in(app.test_client(), "sara").get(task).text)

    assert f"<dd>{case.email}</dd>" in shown
    assert f"convocazione {case.number}" in shown
    assert "ancora nessuno" in shown
    assert "Nell’invito non c’è l’idea" in shown


def test_the_preview_follows_the_answers_and_holds_nothing_of_the_idea(app, store, walked):
    task, sara = proposing(store, walked), sign_in(app.test_client(), "sara")

    drawn = send(sara, task, "aggiorna", proposte=walked.slots[0], durata="30", sede="Sala <b>al piano</b> terra")
    shown = preview_in(drawn.text)

    assert "lunedì 30 novembre, dalle 9:00 alle 9:30" in shown
    assert "ancora nessuno" not in shown
    assert "&lt;b&gt;" in shown
    assert walked.seen().title not in shown


def test_a_task_that_sends_no_invitation_shows_none(app, store, walked):
    assert "data-anteprima" not in sign_in(app.test_client(), "sara").get(own_task(store, walked)).text


def test_whoever_only_reads_the_task_sees_no_preview(app, store, walked):
    task = proposing(store, walked)

    assert "data-anteprima" not in sign_in(app.test_client(), "paolo", "coordinatore").get(task).text
