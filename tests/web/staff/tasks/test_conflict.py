"""Whoever has a conflict of interest in a case works on it no more, and every turn of a task decides anew."""

import re

import pytest

from desk.envelope import conflicts
from desk.errors import ConflictOfInterest
from engine import tasks
from engine.identity import Actor
from tests.kit.pages import MARTA, PAOLO, SARA, post
from tests.kit.played_requests import ANALYSED, Request
from tests.kit.task_pages import page_of

COORDINATOR = Actor("paolo", {"Coordinatore"}, {"*"})


def declared(store, request, username="sara", by=SARA):
    with store.unit_of_work() as uow:
        conflicts.declare(uow, request.case.id, username, by)


def held(store, request):
    with store.snapshot() as uow:
        return tasks.get(uow, request.task_id, PAOLO).assignee


def test_what_the_person_had_of_the_case_goes_back_to_its_queue(store, now):
    request, other = Request(store, now).claimed(), Request(store, now).claimed()

    declared(store, request)

    assert (held(store, request), held(store, other)) == (None, "sara")


def test_the_person_cannot_claim_it_and_reads_why(store, now, as_person):
    request = Request(store, now).forwarded()
    sara = as_person("sara")
    page = page_of(request)
    assert sara.get(page).status_code == 200
    declared(store, request)

    answer = post(sara, f"{page}/prendi", page=page)

    assert answer.status_code == 409
    assert "C’è un conflitto di interessi" in answer.text
    assert held(store, request) is None


def test_nobody_gives_it_to_them(store, now, as_person):
    request = Request(store, now).claimed(PAOLO)
    declared(store, request)

    with store.unit_of_work() as uow, pytest.raises(ConflictOfInterest):
        tasks.assign(uow, request.task_id, PAOLO, "sara")
    answer = post(as_person("paolo"), f"{page_of(request)}/assegna", {"a": "sara"}, page=page_of(request))

    assert "C’è un conflitto di interessi" in answer.text
    assert held(store, request) == "paolo"


def test_a_conflict_that_comes_while_the_form_is_open_refuses_it_and_the_task_is_for_others(store, now):
    request = Request(store, now).claimed()
    declared(store, request, by=COORDINATOR)

    with store.unit_of_work() as uow, pytest.raises(ConflictOfInterest):
        tasks.complete(uow, request.task_id, SARA, ANALYSED)


def test_a_second_turn_begins_without_the_first_one_s_declaration_and_decision(store, now, as_person):
    asking = {"decisione": "integrazioni", "integrazioni_richieste": "Chi l’ha già vista?"}
    request = Request(store, now).claimed().done("analizza", SARA, ANALYSED | asking)
    request.done("integra", MARTA, {"integrazioni_esito": "tutto", "integrazioni_risposta": "Ecco."})

    page = as_person("sara").get(page_of(request)).text

    assert "Chi l’ha già vista?" in page
    for name in ("decisione", "dichiarazione_conflitto_interessi"):
        asked = re.findall(rf'<(?:input|select)[^>]* name="{name}"[^>]*>(?:.*?</select>)?', page, re.DOTALL)
        assert asked
        assert not [each for each in asked if re.search(r"\b(checked|selected)\b", each)]
