"""An invitation that comes back from the mail server: the referente telephones at once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desk.facilities.transport import Rejected
from desk.mail.delivery import deliver_due
from desk.model import Case, Mail
from engine import jobs, messages, tasks
from tests.kit.pages import post
from tests.kit.walked import Walked


class Refusing:
    """A server that knows nobody of these addresses, or refuses for another reason."""

    sender = "sportello@comune.example"

    def __init__(self, *unknown, reason=True):
        self.unknown, self.reason = unknown, reason

    def send(self, _message, recipient):
        if recipient in self.unknown:
            raise Rejected("550 no", unknown_recipient=self.reason)


@pytest.fixture
def walked(store, clock):
    """Give a request that waits for the answer to its invitation; what was written before has arrived."""
    walked = Walked(store, clock)
    walked.forwarded()
    deliver_due(store, Refusing(), limit=50)
    return walked.invited_from_here()


def open_tasks(walked):
    with walked.store.snapshot() as uow:
        return {task.element_id: task for task in tasks.of_case(uow, walked.case.id) if task.state == "created"}


def returned(walked, **how):
    deliver_due(walked.store, Refusing(walked.seen().email, **how), limit=50)
    jobs.run_due(walked.store)
    return open_tasks(walked)


def test_the_referente_has_to_telephone_and_reads_why(walked, as_person):
    assert open_tasks(walked) == {}

    task = returned(walked)["telefona"]
    page = as_person("marta").get(f"/attivita/{task.id}").text

    assert task.assignee == "marta"
    assert "L’invito è tornato indietro: l’indirizzo e-mail che abbiamo non riceve." in page
    with walked.store.snapshot() as uow:
        assert not [each for each in messages.waiting(uow, walked.case.id) if each.expires_at]


@pytest.mark.parametrize(("written", "kept"), [("nuovo@esempio.example", "nuovo@esempio.example"), ("", None)])
def test_the_address_that_the_referente_is_told_takes_the_place_of_the_old_one(walked, as_person, written, kept):
    page, old = f"/attivita/{returned(walked)['telefona'].id}", walked.seen().email
    marta = as_person("marta")

    shown = marta.get(page).text
    given = {"risposta": "accetta", "proposta_scelta": walked.slots[0], "email": written, "_azione": "completa"}
    sent = post(marta, page, given, page=page)
    jobs.run_due(walked.store)

    assert f'value="{old}"' in shown
    assert (sent.status_code, walked.seen().email) == (302, kept)
    with walked.store.snapshot() as uow:
        confirmed = uow.connection.scalars(select(Mail.recipient).where(Mail.name == "conferma")).all()
    assert confirmed == ([kept] if kept else [])


def test_who_only_did_not_answer_is_not_asked_for_another_address(walked, clock, as_person):
    clock.now += timedelta(days=14)
    jobs.run_due(walked.store)
    page, old = f"/attivita/{open_tasks(walked)['telefona'].id}", walked.seen().email
    marta = as_person("marta")

    shown = marta.get(page).text
    given = {"risposta": "altra_data", "altra_data_preferenze": "Di martedì", "_azione": "completa"}
    post(marta, page, given | {"email": "altro@esempio.example"}, page=page)

    assert 'name="email"' not in shown
    assert (set(open_tasks(walked)), walked.seen().email) == ({"proponi"}, old)


def test_the_history_tells_it_without_a_person(walked, as_person):
    returned(walked)

    page = as_person("marta").get(f"/pratiche/{walked.case.number}/cronologia").text
    steps = as_person("marta").get(f"/pratiche/{walked.case.number}/diagramma").text

    assert "È arrivato l’avviso «E-mail respinta»." in page
    assert "motore" not in re.sub(r"<[^>]+>", "", page + steps)


def test_what_the_server_refuses_for_another_reason_changes_nothing(walked):
    assert returned(walked, reason=False) == {}


def test_mail_to_an_address_that_is_no_longer_the_requesters_changes_nothing(walked):
    old = walked.seen().email
    with walked.store.unit_of_work() as uow:
        uow.connection.execute(update(Case).values(email="nuovo@esempio.example"))

    deliver_due(walked.store, Refusing(old), limit=50)

    assert open_tasks(walked) == {}


def test_a_case_that_waits_for_no_answer_goes_on_as_before(walked, clock):
    walked.asked_another_date()

    assert set(returned(walked)) == {"proponi"}
