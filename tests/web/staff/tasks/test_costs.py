"""What sending a form costs: completing is one transaction of few statements, a redraw in the background writes nothing."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from engine import drafts, tasks
from engine.store.sqlite import WRITING
from tests.kit.databases import statements
from tests.kit.pages import MARTA, token_in
from tests.kit.played_requests import ANALYSED, CHECKED, REGISTERED, Request
from tests.kit.task_pages import FIRST_STEP, page_of

WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def commits(store):
    """Count what is committed of transactions that may write."""
    found = []

    def note(connection):
        if connection.get_execution_options().get(WRITING):
            found.append(connection)

    event.listen(store.engine, "commit", note)
    try:
        yield found
    finally:
        event.remove(store.engine, "commit", note)


def ready(client, page):
    """Open a page as a person does, and give the token of its form."""
    return token_in(client.get(page).text)


def sent(store, client, page, fields, **headers):
    token = ready(client, page)
    with statements(store) as done, commits(store) as committed:
        answer = client.post(page, data={"csrf_token": token, **fields}, headers=headers)
    return answer, done, committed


@pytest.mark.parametrize("has_draft", [False, True])
def test_completing_a_task_is_one_commit_of_at_most_twelve_statements(store, now, as_person, has_draft):
    request = Request(store, now).registered()
    marta, page, fields = as_person("marta"), page_of(request), {"_azione": "completa", **CHECKED}
    if has_draft:
        with store.unit_of_work(now) as uow:
            drafts.save(uow, request.task_id, MARTA, {"verifica_esito": "inoltra"})

    answer, done, committed = sent(store, marta, page, fields)

    assert answer.location.endswith("/esito")
    assert len(done) <= 12, "\n".join(done)
    assert len(committed) == 1
    with store.snapshot() as uow:
        assert drafts.load(uow, page.rsplit("/", 1)[1], MARTA) is None


def test_an_analysis_that_convenes_costs_no_more(store, now, as_person):
    request = Request(store, now).claimed()
    fields = {"_azione": "completa", **{name: value for name, value in ANALYSED.items() if isinstance(value, str)}}
    fields |= {"esigenze": "1", "esigenze-0-argomento": "proteggere", "esigenze-0-esito": "da_definire"}

    answer, done, committed = sent(
        store, as_person("sara"), page_of(request), {**fields, "dichiarazione_conflitto_interessi": "true"}
    )

    assert answer.location.endswith("/esito")
    assert len(done) <= 12, "\n".join(done)
    assert len(committed) == 1


def test_a_refused_form_is_kept_as_a_draft_and_changes_nothing_else(store, now, as_person):
    request = Request(store, now).registered()
    page = page_of(request)

    answer, done, committed = sent(store, as_person("marta"), page, {"_azione": "completa", "ricevuta": "stampata"})

    assert answer.status_code == 422
    written = [each.split(None, 3)[:3] for each in done if each.startswith(WRITES)]
    assert written == [["DELETE", "FROM", "draft"], ["INSERT", "INTO", "draft"]]
    assert len(committed) == 1
    with store.snapshot() as uow:
        assert drafts.load(uow, request.task_id, MARTA).answers["ricevuta"] == "stampata"
        assert tasks.get(uow, request.task_id, MARTA).state == "created"


def test_a_redraw_in_the_background_takes_at_most_eight_statements_and_writes_nothing(store, now, as_person):
    request = Request(store, now)
    page = page_of(request)

    answer, done, committed = sent(
        store, as_person("marta"), page, {"_azione": "aggiorna", **FIRST_STEP}, **{"X-Requested-With": "fetch"}
    )

    assert answer.status_code == 200
    assert "data-campi" in answer.text
    assert "<html" not in answer.text
    assert len(done) <= 8, "\n".join(done)
    assert not [each for each in done if each.startswith(WRITES)]
    assert committed == []
    assert "X-Bozza" not in answer.headers


def test_without_the_script_a_redraw_is_the_whole_page_and_keeps_what_was_typed(store, now, as_person):
    request = Request(store, now)

    answer, _, committed = sent(store, as_person("marta"), page_of(request), {"_azione": "aggiorna", **FIRST_STEP})

    assert "<html" in answer.text
    assert len(committed) == 1
    with store.snapshot() as uow:
        assert drafts.load(uow, request.task_id, MARTA).answers["nome"] == REGISTERED["nome"]
