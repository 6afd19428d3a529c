"""Who reaches what of an envelope: {list, open, download, export, notify} × everybody.

One case of Burolo. Sara is named; Nina, an analyst like her, is not; Elio's agreement has expired; Cora is named and
has a conflict of interest. Duo is named,
and is an analyst and an administrator.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from desk import EXTENSION, correspondence, people
from desk.access import Role
from desk.envelope import conflicts
from desk.people import NewUser
from tests.kit.pages import ADMINISTRATOR, PASSWORD, SARA, post, sign_in
from tests.kit.sealed_envelope import WORDS, agree, sealed
from tests.kit.walked import Walked

MORE = {
    "nina": {Role.ANALISTA: ["*"]},
    "elio": {Role.ANALISTA: ["*"]},
    "cora": {Role.ANALISTA: ["*"]},
    "duo": {Role.ANALISTA: ["*"], Role.ADMINISTRATOR: ["*"]},
}
WHO = {
    "anonymous": None,
    "referente": ("marta", None),
    "referente elsewhere": ("lia", None),
    "analyst named": ("sara", None),
    "analyst not named": ("nina", None),
    "analyst expired": ("elio", None),
    "analyst conflicted": ("cora", None),
    "coordinator not named": ("paolo", Role.COORDINATORE),
    "programme office": ("olga", None),
    "administrator": ("ivo", None),
    "designer": ("dario", None),
    "two roles, as analyst": ("duo", Role.ANALISTA),
    "two roles, as administrator": ("duo", Role.ADMINISTRATOR),
}
#: list, open, download
TABLE = {
    "anonymous": (302, 401, 401),
    "requester": (302, 401, 401),
    "referente": (200, 403, 403),
    "referente elsewhere": (404, 404, 404),
    "analyst named": (200, 200, 200),
    "analyst not named": (200, 403, 403),
    "analyst expired": (200, 403, 403),
    "analyst conflicted": (200, 403, 403),
    "coordinator not named": (200, 403, 403),
    "programme office": (404, 404, 404),
    "administrator": (404, 404, 404),
    "designer": (404, 404, 404),
    "two roles, as analyst": (200, 200, 200),
    "two roles, as administrator": (404, 404, 404),
}
SEEN = {"analyst named", "two roles, as analyst"}


@pytest.fixture
def case(store, clock):
    """The case, agreed upon yesterday with Elio for one day and with the others for long."""
    with store.unit_of_work() as uow:
        for username, roles in MORE.items():
            new = NewUser(username, f"{username}@sportello.example", username.title(), PASSWORD, roles)
            people.create(uow, new, ADMINISTRATOR)
    walked = Walked(store, clock).forwarded()
    agree(store, walked.case.id, "elio", days=0)
    clock.now += timedelta(days=1)
    walked.place = sealed(store, walked.case.id)
    agree(store, walked.case.id, "cora", "duo")
    with store.unit_of_work() as uow:
        conflicts.declare(uow, walked.case.id, "cora", type(SARA)("cora", {Role.ANALISTA}, {"*"}))
    return walked


def browser_of(app, case, who):
    client = app.test_client()
    if who == "requester":
        post(client, "/segui", {"numero": case.case.number, "codice": case.secret})
    elif WHO[who]:
        sign_in(client, *WHO[who])
    return client


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
