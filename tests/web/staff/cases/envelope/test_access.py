"""Who reaches what of an envelope: {list, open, download, export, notify} × everybody."""

from __future__ import annotations

import json

import pytest

from desk import EXTENSION, correspondence
from tests.kit.envelope_readers import TABLE, browser_of, case  # noqa: F401  # fixtures are asked for by name
from tests.kit.pages import post
from tests.kit.sealed_envelope import WORDS

SEEN = {"analyst named", "two roles, as analyst"}


@pytest.mark.parametrize("who", TABLE)
def test_each_reaches_of_the_envelope_what_the_table_says(app, case, who):
    client, page = browser_of(app, case, who), f"/pratiche/{case.case.number}/busta"
    purpose = {"motivo": "prima_analisi"}

    token = {"page": "/segui/richiesta" if who == "requester" else "/segui"}
    listed = client.get(page)
    opened = post(client, f"{page}/apri", purpose, **token)
    downloaded = post(client, f"{page}/{case.place['elemento']}/scarica", purpose, **token)

    answers = (listed, opened, downloaded)
    assert tuple(answer.status_code for answer in answers) == TABLE[who]
    assert [WORDS in answer.text for answer in answers] == [False, who in SEEN, who in SEEN]


@pytest.mark.parametrize("who", TABLE)
def test_nobody_gets_the_envelope_with_anything_else_they_take_along(app, case, who):
    """Export: every part of the case that is handed out, the summary, the data, the letters, to each who may have it."""
    client, number = browser_of(app, case, who), case.case.number
    pages = ("", "/cronologia", "/diagramma.json", "/ricevuta", "/ricevuta.pdf", "/lettere/accordo.pdf")
    addresses = [*(f"/pratiche/{number}{page}" for page in pages), "/segui/richiesta", "/segui/richiesta/dati.json"]

    for address in [*addresses, f"/pratiche/?q={WORDS[:8]}", "/attivita/"]:
        answer = client.get(address)
        assert WORDS.encode() not in answer.data
        assert answer.status_code < 500


def test_nobody_is_notified_of_what_is_in_it(store, case):
    with store.snapshot() as uow:
        told = json.dumps(correspondence.context(uow, case.case.id, "https://sportello.example"), default=str)

    assert case.case.number in told
    assert WORDS not in told
    assert EXTENSION.operations.keys() <= {"send-message"}


def test_the_answer_to_a_refusal_is_written_although_it_was_refused(app, case):
    client = browser_of(app, case, "analyst not named")
    post(client, f"/pratiche/{case.case.number}/busta/apri", {"motivo": "prima_analisi"})

    told = browser_of(app, case, "referente").get(f"/pratiche/{case.case.number}/busta").text

    assert "<strong>Nina</strong>, analista Novain" in told
    assert "ha provato ad aprire la busta, che è rimasta chiusa: l’accordo nomina altre persone" in told
