"""A meeting called off leaves the analyst's lists by itself: a message says so before they set out for it."""

import pytest
from sqlalchemy import select

from desk.model import Mail
from engine import jobs, messages
from tests.kit.small_desk import REQUESTER
from tests.kit.walked import Walked

ANALYST = "sara@sportello.example"
WITHDRAWAL = {"ritiro_motivo": "tempo", "ritiro_conferma": True}


def send(walked, message, given):
    with walked.store.unit_of_work() as uow:
        (waiting,) = (each for each in messages.waiting(uow, walked.case.id) if each.message == message)
        messages.correlate(uow, waiting.id, REQUESTER, given)
    jobs.run_due(walked.store)


def written_to_the_analyst(store):
    with store.snapshot() as uow:
        return uow.connection.execute(select(Mail.name, Mail.text).where(Mail.recipient == ANALYST)).all()


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"disdetta_poi": "rinuncia"}, "ritirata"),
        ({"disdetta_poi": "altra_data", "altra_data_preferenze": "Di martedì"}, "in_analisi"),
    ],
)
def test_the_analyst_is_told_which_meeting_is_not_held(store, clock, given, state):
    walked = Walked(store, clock).meeting_set()

    send(walked, "disdetta", given)

    ((name, text),) = written_to_the_analyst(store)
    assert (name, walked.seen().state) == ("avviso-annullamento", state)
    assert "Non si tiene più: lunedì 30 novembre, dalle 9:00 alle 9:45." in text
    assert f"/pratiche/{walked.case.number}" in text


@pytest.mark.parametrize(("walk", "told"), [("meeting_set", True), ("invited", False)])
def test_of_a_withdrawn_request_the_analyst_reads_of_a_meeting_only_where_one_was_set(store, clock, walk, told):
    walked = getattr(Walked(store, clock), walk)()

    send(walked, "ritiro", WITHDRAWAL)

    ((name, text),) = written_to_the_analyst(store)
    assert (name, walked.seen().state) == ("avviso-ritiro", "ritirata")
    assert ("L’incontro non si tiene più: lunedì 30 novembre" in text) is told


def test_a_request_withdrawn_before_anybody_analysed_it_ends_all_the_same(store, clock):
    walked = Walked(store, clock).forwarded()

    send(walked, "ritiro", WITHDRAWAL)

    assert (written_to_the_analyst(store), walked.seen().state) == ([], "ritirata")
