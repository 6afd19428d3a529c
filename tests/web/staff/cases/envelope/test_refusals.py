"""Whoever is refused an envelope is written down where its requester reads it; who sees no case learns of none."""

import re

import pytest
from sqlalchemy import select

from desk.demo import answers
from desk.model import Mail
from engine import instances
from tests.kit.envelope_readers import TABLE, WHO, browser_of, case  # noqa: F401  # fixtures are asked for by name
from tests.kit.pages import PEOPLE, SARA, post
from tests.kit.sealed_envelope import WORDS
from tests.kit.walked import SLOTS

PURPOSE = {"motivo": "prima_analisi"}
REFUSED = {
    "referente": ("Referente", "non_nominato"),
    "analyst not named": ("Analista", "non_nominato"),
    "analyst expired": ("Analista", "scaduto"),
    "analyst conflicted": ("Analista", "conflitto"),
    "coordinator not named": ("Coordinatore", "non_nominato"),
}
TURNED_AWAY = [who for who, row in TABLE.items() if row[1] == 404]
#: Who gets the requester's own data on paper: the referente, to hand it over.
EXPORT = {
    "anonymous": 302, "referente": 200, "referente elsewhere": 404, "analyst named": 404, "analyst not named": 404,
    "analyst expired": 404, "analyst conflicted": 404, "coordinator not named": 404, "programme office": 404,
    "administrator": 404, "designer": 404, "two roles, as analyst": 404, "two roles, as administrator": 404,
}  # fmt: skip


def attempts(app, case, who):
    """Try to open, and to download."""
    page = f"/pratiche/{case.case.number}/busta"
    client = browser_of(app, case, who)
    return [post(client, f"{page}/{verb}", PURPOSE) for verb in ("apri", f"{case.place['elemento']}/scarica")]


def lines(store, case):
    """Give what the history says of openings: what, who, in which role, why not, which items."""
    with store.snapshot() as uow:
        events = [each for each in instances.history(uow, case.case.id) if "elementi" in each.facts]
    return [
        (each.facts["note"], each.actor, each.facts["ruolo"], each.facts.get("perche"), each.facts["elementi"])
        for each in events
    ]


def test_every_refusal_of_the_table_is_one_of_these():
    assert set(REFUSED) == {who for who, row in TABLE.items() if row[1] == 403}


@pytest.mark.parametrize("who", REFUSED)
def test_each_refusal_is_written_down_and_its_requester_reads_it(app, store, case, who):
    username, (role, reason) = WHO[who][0], REFUSED[who]

    attempts(app, case, who)

    line = ("busta_rifiutata", username, role, reason, [case.place["elemento"]])
    assert lines(store, case) == [line, line]
    ada = browser_of(app, case, "requester")
    name = PEOPLE.get(username, (username.title(),))[0]
    page, data = ada.get("/segui/richiesta/busta").text, ada.get("/segui/richiesta/dati/dati.json").json
    assert len(re.findall(rf"<strong>{name}</strong>[^<]*<br>ha provato ad", page)) == 2
    seen = data["busta_riservata"]["chi_l_ha_vista"]
    assert [(each["chi"], each["ruolo"], each["rifiutata_perche"]) for each in seen] == [(name, role, reason)] * 2


@pytest.mark.parametrize("who", ["analyst named", "two roles, as analyst"])
def test_each_opening_is_written_under_the_role_acted_in(app, store, case, who):
    attempts(app, case, who)

    found = [(note, username, role) for note, username, role, _, _ in lines(store, case)]
    username = WHO[who][0]
    assert found == [("busta_aperta", username, "Analista"), ("busta_scaricata", username, "Analista")]


@pytest.mark.parametrize("who", TURNED_AWAY)
def test_who_sees_no_case_cannot_tell_it_from_one_that_never_was(app, store, case, who):
    here = [told(answer, case) for answer in attempts(app, case, who)]
    case.case = NeverWas

    assert here == [told(answer, case) for answer in attempts(app, case, who)]
    assert here[0][0] == 404


@pytest.mark.parametrize("who", [who for who in TURNED_AWAY if WHO[who] and WHO[who][0]])
def test_the_requester_reads_of_those_too_who_do_not_see_the_case(app, store, case, who):
    username = WHO[who][0]

    attempts(app, case, who)

    told = [(note, user, why) for note, user, _, why, _ in lines(store, case)]
    assert told == [("busta_rifiutata", username, "estraneo")]  # once, however often in an hour
    page = browser_of(app, case, "requester").get("/segui/richiesta/busta").text
    assert "non segue la richiesta" in page


def told(answer, case):
    """Give what an answer says, less its own token and the number that was asked for."""
    return answer.status_code, re.sub(r' value="[^"]+"', "", answer.text).replace(case.case.number, "")


@pytest.mark.parametrize("who", EXPORT)
def test_the_data_on_paper_go_to_who_hands_them_over(app, case, who):
    answer = browser_of(app, case, who).get(f"/pratiche/{case.case.number}/lettere/dati.pdf")

    assert answer.status_code == EXPORT[who]


def test_messages_go_to_the_requester_and_to_who_works_on_the_case_and_to_nobody_else(store, case):
    case._complete(SARA, answers.analysis(case.request, "convoca")).invited_again()
    case._replied(answers.reply("accetta", SLOTS[0]))

    with store.snapshot() as uow:
        mails = list(uow.session.scalars(select(Mail).where(Mail.case_id == case.case.id)))
    written = " ".join(mail.subject + mail.text + mail.html for mail in mails)
    assert case.seen().email in {mail.recipient for mail in mails}
    assert {mail.recipient for mail in mails} <= {
        case.seen().email,
        "marta@sportello.example",
        "sara@sportello.example",
    }
    assert case.case.number in written
    assert WORDS not in written
    assert case.seen().title not in written


class NeverWas:
    """A case whose number nobody was ever given."""

    number = "SI-2026-B279-9999"
