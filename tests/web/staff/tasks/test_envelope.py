"""The envelope beside the form of a task: there for those who may open it, and only once it holds something."""

from __future__ import annotations

import pytest

from engine import tasks
from tests.kit.pages import post, sign_in
from tests.kit.sealed_envelope import WORDS, agree, sealed
from tests.kit.walked import Walked

OPEN = "Apri la busta"


@pytest.fixture
def walked(store, clock):
    return Walked(store, clock).forwarded()


def page_of(store, walked):
    with store.snapshot() as uow:
        task = next(task for task in tasks.of_case(uow, walked.case.id) if task.state == "created")
    return f"/attivita/{task.id}"


def test_an_empty_envelope_takes_no_room(app, store, walked):
    agree(store, walked.case.id, "sara")

    assert 'class="blocco busta"' not in sign_in(app.test_client(), "sara").get(page_of(store, walked)).text


def test_whoever_is_named_opens_it_and_comes_back_to_the_task(app, store, walked):
    sealed(store, walked.case.id)
    sara, task = sign_in(app.test_client(), "sara"), page_of(store, walked)

    shown = sara.get(task).text
    fields = {"motivo": "prima_analisi", "attivita": task.rpartition("/")[2]}
    opened = post(sara, f"/pratiche/{walked.case.number}/busta/apri", fields, page=task)

    assert OPEN in shown
    assert f'name="attivita" value="{fields["attivita"]}"' in shown
    assert WORDS not in shown
    assert WORDS in opened.text
    assert f'href="{task}"' in opened.text


def test_whoever_is_not_named_reads_why_it_is_closed(app, store, walked):
    sealed(store, walked.case.id)

    shown = sign_in(app.test_client(), "paolo", "coordinatore").get(page_of(store, walked)).text

    assert OPEN not in shown
    assert "Tu non la puoi aprire." in shown


def test_the_task_of_another_case_is_not_where_one_comes_back_to(app, store, walked, clock):
    sealed(store, walked.case.id)
    other = page_of(store, Walked(store, clock).forwarded())
    fields = {"motivo": "prima_analisi", "attivita": other.rpartition("/")[2]}

    opened = post(sign_in(app.test_client(), "sara"), f"/pratiche/{walked.case.number}/busta/apri", fields)

    assert WORDS in opened.text
    assert other not in opened.text
