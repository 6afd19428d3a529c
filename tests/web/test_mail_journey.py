"""What a request of the real process sends, to whom and when: by mail, with calendar and letter."""

from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import select, update

from desk.demo import answers
from desk.facilities.transport import ShownHere
from desk.mail import outbox
from desk.mail.delivery import deliver_due
from desk.model import Mail
from engine import instances, messages
from engine.model import process_instance
from tests.kit.small_desk import REQUESTER
from tests.kit.walked import HOUR, Walked

LEAVING = {"ritiro_motivo": "non_serve", "ritiro_conferma": True}


class Posted(Walked):
    """A request whose requester has an address, or none, and what was written to them."""

    def with_address(self, email="ada@esempio.example"):
        self.registered()
        with self.store.unit_of_work() as uow:
            kept = instances.get(uow, self.case.id).variables | {"email": email}
            uow.connection.execute(update(process_instance).values(variables=kept))
        return self

    def registered(self):
        return self if self._is_registered() else super().registered()

    def _is_registered(self):
        with self.store.snapshot() as uow:
            return instances.get(uow, self.case.id).variables.get("nome") is not None

    def accepted(self):
        self.clock.now += HOUR
        return self._replied(answers.reply("accetta", self.slots[0]))

    def withdrawn(self):
        self.clock.now += HOUR
        with self.store.unit_of_work() as uow:
            waiting = messages.waiting(uow, self.case.id)
            leave = next(each for each in waiting if "ritiro" in each.message)
            messages.correlate(uow, leave.id, REQUESTER, LEAVING)
        return self._worked()

    def mails(self):
        """Give the names of the messages, oldest first, and the rows and files by name."""
        with self.store.snapshot() as uow:
            rows = list(uow.session.scalars(select(Mail).order_by(Mail.created_at, Mail.name)))
            self.rows = {row.name: row for row in rows}
            self.files = {row.name: outbox.attachments(uow, row.id) for row in rows}
        return [row.name for row in rows]


@pytest.fixture
def posted(store, clock):
    return Posted(store, clock)


def calendar(file):
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    return event


def test_an_invitation_goes_with_its_letter_and_names_no_idea(posted):
    posted.with_address().invited()

    assert posted.mails()[-1] == "convocazione"
    invitation = posted.rows["convocazione"]
    assert "lunedì 30 novembre, dalle 9:00 alle 9:45" in invitation.text
    assert invitation.text.count("\n- ") >= 3
    (letter,) = posted.files["convocazione"]
    assert (letter.name, letter.media_type) == (f"convocazione-{posted.case.number}.pdf", "application/pdf")
    written = "".join(page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages)
    assert posted.case.number in written
    assert posted.request.title not in written


def test_a_confirmation_enters_the_meeting_in_the_calendar(posted):
    posted.with_address().invited().accepted()

    assert posted.mails()[-1] == "conferma"
    (file,) = posted.files["conferma"]
    event = calendar(file)
    assert file.media_type == "text/calendar; method=REQUEST"
    assert event["dtstart"].dt.isoformat() == "2026-11-30T09:00:00+01:00"
    assert event["dtstart"].params["tzid"] == "Europe/Rome"
    assert event["summary"] == "Sportello per l’innovazione – convocazione"
    assert posted.request.title not in file.content.decode()


def test_a_withdrawal_takes_the_meeting_out_of_the_calendar(posted):
    posted.with_address().invited().accepted()
    posted.mails()
    entered = calendar(posted.files["conferma"][0])

    posted.withdrawn()

    assert posted.mails()[-1] == "ritirata"
    (file,) = posted.files["ritirata"]
    assert file.media_type == "text/calendar; method=CANCEL"
    assert calendar(file)["uid"] == entered["uid"]


def test_nothing_that_was_sent_names_the_idea(posted, store):
    posted.with_address().concluded()

    sent = posted.mails()
    assert sent[-1] == "esito"
    assert deliver_due(store, ShownHere(), limit=50) == len(sent)
    for row in posted.rows.values():
        assert posted.request.title not in row.subject + row.text + row.html
        assert row.recipient == "ada@esempio.example"


def test_a_person_without_an_address_is_sent_nothing(posted):
    posted.with_address(email=None).invited()

    assert posted.mails() == []
    with posted.store.snapshot() as uow:
        assert instances.get(uow, posted.case.id).variables["avviso"] == "nessuno"
    assert posted.seen().email is None
