from dataclasses import replace

import pytest
from sqlalchemy import select

from desk import Facilities, cases, comuni, extension
from desk.addresses import is_deliverable
from desk.errors import MailNotFound, NotAllowed, Undeliverable
from desk.mail import Attachment, enqueue, outbox
from desk.model import Mail as Row
from engine import deployments, history, instances, jobs
from engine.history import EventType
from tests.engine.diagrams import end, path, process, service, start
from tests.kit.mails import mail
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, LIA, MARTA, PAOLO, SARA

BODY = "---\noggetto: Sportello – richiesta {{ numero }}\n---\nGentile {{ destinatario }},\n\n[Apri]({{ link }})\n"


def properties(**values):
    told = "".join(f'<camunda:property name="{name}" value="{value}" />' for name, value in values.items())
    return f"<bpmn:extensionElements><camunda:properties>{told}</camunda:properties></bpmn:extensionElements>"


SHOWN = properties(
    **{
        "pratica.richiedente": "=nome",
        "pratica.email": "=email",
        "pratica.titolo": "=titolo",
        "agenda.analista": "=completed_by.esamina",
    }
)


class Written:
    """A case whose only step writes to somebody."""

    def __init__(self, store, tmp_path, task, message=BODY, variables=None):
        folder = tmp_path / "lettera"
        (folder / "messages").mkdir(parents=True)
        (folder / "messages" / "ricezione.md").write_text(message)
        steps = (start(), service("scrivi", "send-message", properties(**task)), end(), path("start", "scrivi", "end"))
        (folder / "lettera.bpmn").write_bytes(process("lettera", SHOWN, *steps))
        told = {"nome": "Ada Esempio", "email": "ada@esempio.example", "titolo": "Canarino", **(variables or {})}
        self.store = store
        with store.unit_of_work() as uow:
            deployments.deploy(uow, folder)
            self.case = cases.open_request(uow, MARTA, BUROLO, key="lettera", variables=told)

    def ran(self):
        jobs.run_due(self.store)
        return self

    def mails(self):
        with self.store.snapshot() as uow:
            return list(uow.session.scalars(_every()))

    def variables(self):
        with self.store.snapshot() as uow:
            return instances.get(uow, self.case.id).variables


def _every():
    return select(Row).order_by(Row.recipient)


@pytest.fixture
def writing(store, tmp_path):
    store.extensions = (extension(Facilities(public_url="https://sportello.example")),)
    return lambda message=BODY, variables=None, **task: Written(store, tmp_path, task, message, variables)


def test_the_requester_is_written_to_at_the_desks_address_with_answers_to_the_comune(writing):
    written = writing(messaggio="ricezione").ran()

    (sent,) = written.mails()
    assert sent.recipient == "ada@esempio.example"
    assert sent.subject == f"Sportello – richiesta {written.case.number}"
    assert f"https://sportello.example/segui?numero={written.case.number}" in sent.text
    assert sent.text.startswith("Gentile Ada Esempio,")
    assert sent.case_id == written.case.id
    assert "Canarino" not in sent.subject + sent.text + sent.html
    assert written.variables()["avviso"] == "email"
    assert written.variables()["avviso_il"] == "2026-11-23"


@pytest.mark.parametrize("email", [None, "", "ada", "ada@esempio.example\nBcc: altri@male.example"])
def test_a_person_without_an_address_is_told_apart(writing, email):
    written = writing(messaggio="ricezione", variables={"email": email}).ran()

    assert written.mails() == []
    assert written.variables()["avviso"] == "nessuno"


def test_the_referenti_of_the_comune_are_written_to_by_their_own_name(writing):
    written = writing(messaggio="ricezione", a="referente").ran()

    (sent,) = written.mails()
    assert sent.recipient == "marta@sportello.example"
    assert sent.text.startswith("Gentile Marta Prova,")


def test_the_analyst_is_the_one_who_analysed(writing):
    written = writing(messaggio="ricezione", a="analista", variables={"completed_by": {"esamina": "sara"}}).ran()

    assert [sent.recipient for sent in written.mails()] == ["sara@sportello.example"]


def test_nobody_is_written_to_before_there_is_an_analyst(writing):
    written = writing(messaggio="ricezione", a="analista").ran()

    assert written.mails() == []
    assert written.variables()["avviso"] == "nessuno"


@pytest.mark.parametrize(
    ("task", "message", "words"),
    [
        ({"messaggio": "altro"}, BODY, "non è tra i file"),
        ({"messaggio": "ricezione", "a": "sindaco"}, BODY, "sindaco"),
        ({"messaggio": "ricezione"}, BODY + "{{ titolo }}", "titolo"),
        ({"messaggio": "ricezione"}, "senza oggetto", "oggetto"),
    ],
)
def test_what_was_wrong_before_deployments_were_checked_is_an_incident_and_sends_nothing(
    writing, store, task, message, words
):
    store.extensions = tuple(replace(each, check=None) for each in store.extensions)

    written = writing(message, **task).ran()

    with written.store.snapshot() as uow:
        (stopped,) = jobs.incidents(uow)
    assert "UnusableMessage" in stopped.problem
    assert words in stopped.problem
    assert written.mails() == []


@pytest.mark.parametrize("file", [{"lettera": "ricevuta"}, {"calendario": "mai"}])
def test_a_file_that_cannot_be_made_never_holds_its_message_and_is_missed_in_the_history(writing, store, file):
    store.extensions = tuple(replace(each, check=None) for each in store.extensions)

    written = writing(messaggio="ricezione", **file).ran()

    (sent,) = written.mails()
    assert sent.recipient == "ada@esempio.example"
    assert written.variables()["avviso"] == "email"
    with store.snapshot() as uow:
        assert jobs.incidents(uow) == []
        noted = [event.facts for event in history.read(uow, written.case.id) if event.type == EventType.NOTED]
    assert [(fact["note"], fact["messaggio"]) for fact in noted] == [("allegato_mancante", "ricezione")]


def test_an_operation_that_runs_twice_writes_once(writing):
    written = writing(messaggio="ricezione")
    operation = written.store.operations["send-message"]

    def twice(store, call):
        operation(store, call)
        return operation(store, call)

    written.store.operations = {"send-message": twice}
    written.ran()

    assert len(written.mails()) == 1


def test_a_key_is_written_once_and_a_rollback_writes_nothing(each_store):
    with each_store.unit_of_work() as uow:
        assert enqueue(uow, "a", mail(attachments=(Attachment("a.pdf", "application/pdf", b"1"),)))
        assert not enqueue(uow, "a", mail("altro@esempio.example"))
    with pytest.raises(RuntimeError), each_store.unit_of_work() as uow:
        enqueue(uow, "b", mail())
        raise RuntimeError

    with each_store.snapshot() as uow:
        (row,) = uow.session.scalars(_every())
        assert row.recipient == "ada@esempio.example"
        assert outbox.attachments(uow, row.id) == (Attachment("a.pdf", "application/pdf", b"1"),)


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "@a.it", "a b@a.it", "ada@a", "ada@è.it", "a@a.it\n", "x" * 250 + "@a.it", "a@-a.it"],
)
def test_an_address_that_cannot_be_is_refused(uow, address):
    assert not is_deliverable(address)
    with pytest.raises(Undeliverable):
        enqueue(uow, "a", mail(address))


@pytest.mark.parametrize("address", [".a@a.it", "a.@a.it", "a..b@a.it", "x" * 65 + "@a.it"])
def test_an_address_that_no_message_could_be_written_to_is_refused(address):
    assert not is_deliverable(address)


@pytest.mark.parametrize("address", ["ada@esempio.example", "a.b+c@x-y.co.it", "O'Neil@a.it"])
def test_ordinary_addresses_are_taken(address):
    assert is_deliverable(address)


@pytest.mark.parametrize("actor", [MARTA, LIA, SARA, PAOLO])
def test_only_who_mends_sees_and_moves_the_outbox(uow, actor):
    for verb in (
        lambda: outbox.troubles(uow, actor),
        lambda: outbox.retry(uow, "x", actor),
        lambda: outbox.withdraw(uow, "x", actor),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_a_message_that_is_not_there_cannot_be_sent_again(uow):
    with pytest.raises(MailNotFound):
        outbox.retry(uow, "x", ADMINISTRATOR)


def test_answers_go_to_the_desk_of_the_comune(writing, store):
    with store.unit_of_work() as uow:
        comuni.join(uow, BUROLO, comuni.Office(email="sportello@burolo.example"), ADMINISTRATOR)

    assert writing(messaggio="ricezione").ran().mails()[0].reply_to == "sportello@burolo.example"
