"""A meeting is for the referente of its Comune and for the analyst who convened it; nobody else may touch it."""

import pytest

from desk import people
from desk.access import Role
from desk.demo import answers
from desk.people import NewUser
from engine import messages, tasks
from engine.errors import NotACandidate
from tests.kit.pages import ADMINISTRATOR, PAOLO, PASSWORD, post
from tests.kit.walked import Walked

FREE, ALL = "/attivita/da-prendere-in-carico", "/attivita/"


@pytest.fixture
def walked(store, clock):
    return Walked(store, clock).meeting_set()


@pytest.fixture
def page(walked):
    return f"/attivita/{walked.task('incontra').id}"


@pytest.mark.parametrize("who", ["marta", "sara"])
def test_those_who_meet_find_it_and_record_it(walked, page, as_person, who):
    client = as_person(who)

    listed = client.get(FREE).text
    post(client, f"{page}/prendi", page=page)
    answer = post(client, page, {**answers.meeting("svolto"), "_azione": "completa"}, page=page)

    assert walked.case.number in listed
    assert answer.status_code == 302
    assert walked.task("decidi")


@pytest.mark.parametrize("role", ["Analista", "Coordinatore"])
def test_another_analyst_and_who_coordinates_do_not_find_it_among_what_they_may_take(walked, as_person, role):
    assert walked.case.number not in as_person("paolo", role).get(FREE).text


@pytest.mark.parametrize("how", ["svolto", "assente"])
def test_the_referente_who_records_it_does_not_become_the_analyst_of_the_case(walked, page, as_person, how):
    marta, sara = as_person("marta"), as_person("sara")

    post(marta, page, {**answers.meeting(how), "_azione": "completa"}, page=page)
    sara_s_task = walked.task("decidi" if how == "svolto" else "proponi")
    post(sara, f"/attivita/{sara_s_task.id}/rilascia", page=f"/attivita/{sara_s_task.id}")

    assert walked.task(sara_s_task.element_id).assignee is None
    assert walked.seen().owner == "sara"
    assert walked.case.number in sara.get("/pratiche/?stato=mie").text


def test_another_analyst_neither_opens_nor_takes_nor_completes_it(walked, page, as_person):
    paolo = as_person("paolo", "Analista")

    given = {**answers.meeting("svolto"), "_azione": "completa"}
    sent = [post(paolo, f"{page}{verb}", given | {"a": "paolo"}, page=ALL) for verb in ("", "/prendi", "/assegna")]

    assert paolo.get(page).status_code == 404
    assert [each.status_code for each in sent] == [404, 404, 404]
    assert walked.task("incontra").assignee is None


def test_the_verb_itself_refuses_another_analyst(walked, store):
    meeting = walked.task("incontra")

    with store.unit_of_work() as uow, pytest.raises(NotACandidate):
        tasks.complete(uow, meeting.id, PAOLO, answers.meeting("svolto"))


def test_the_case_says_for_whom_it_is(walked, as_person):
    told = as_person("paolo", "Analista").get(f"/pratiche/{walked.case.number}/attivita").text

    assert "da prendere in carico (referente e Sara Esempio)" in told


def test_only_those_who_meet_may_move_it(walked, store, as_person):
    with store.snapshot() as uow:
        move = next(each for each in messages.waiting(uow, walked.case.id) if each.element_id == "sposta")
    case = f"/pratiche/{walked.case.number}"
    seen = {who: as_person(*who).get(f"{case}/azioni/{move.id}").status_code for who in WHO}

    assert seen == WHO
    assert "Sposta l’incontro" in as_person("sara").get(case).text
    assert "Sposta l’incontro" not in as_person("paolo", "Analista").get(case).text


WHO = {("marta",): 200, ("sara",): 200, ("paolo", "Analista"): 404}


def test_who_coordinates_finds_another_analyst_when_the_first_is_away(walked, page, store, as_person):
    with store.unit_of_work() as uow:
        new = NewUser("nino", "nino@sportello.example", "Nino Modelli", PASSWORD, {Role.ANALISTA: ["*"]})
        people.create(uow, new, ADMINISTRATOR)
    paolo = as_person("paolo", "Coordinatore")

    post(paolo, f"{page}/assegna", {"a": "nino"}, page=page)

    assert walked.task("incontra").assignee == "nino"
    assert as_person("nino").get(page).status_code == 200
