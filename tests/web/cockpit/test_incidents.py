"""The administrator's list of what stopped, and the demonstration's viewer of messages."""

import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from desk import cases
from desk.facilities.transport import Rejected, ShownHere, Unreachable
from desk.mail import NewMail, enqueue
from desk.mail.delivery import deliver_due
from desk.model import Mail as Row
from engine import Extension, deployments, instances, jobs
from tests.engine.diagrams import end, folder, path, service, start
from tests.kit.pages import BUROLO, MARTA, post
from web.commands import Wiring, sportello

PAGE = "/amministrazione/incidenti"


class Broken:
    """A server that answers every message in the same way."""

    sender = "sportello@novain.example"

    def __init__(self, answer):
        self.answer = answer

    def send(self, _message, _recipient):
        raise self.answer


@pytest.fixture
def case(store):
    with store.unit_of_work() as uow:
        return cases.open_request(uow, MARTA, BUROLO)


@pytest.fixture
def stopped(store, case):
    """Leave messages that the server will never have."""

    def stop(*keys, unknown=False):
        with store.unit_of_work() as uow:
            for key in keys:
                told = NewMail(
                    f"{key}@esempio.example", "Sportello – richiesta", "T", "<p>T</p>", "avviso-annullamento"
                )
                enqueue(uow, key, told, case.id)
        deliver_due(store, Broken(Rejected("550 no", unknown_recipient=unknown)))

    return stop


@pytest.fixture
def administrator(as_person):
    return as_person("ivo")


def states(store):
    with store.snapshot() as uow:
        return sorted(uow.session.scalars(select(Row.state)))


def test_an_administrator_with_nothing_to_mend_reads_so(administrator):
    assert "Tutto procede" in administrator.get(PAGE).text


def test_a_message_that_does_not_go_is_told_by_its_number_and_its_reason_alone(administrator, stopped, case):
    stopped("ada")

    html = administrator.get(PAGE).text
    assert case.number in html
    assert "avviso annullamento" in html
    assert "550 no" in html
    assert "ada@" not in html


def test_a_message_is_tried_again_once_however_often_it_is_asked(administrator, stopped, store):
    stopped("ada")
    (mail_id,) = re.findall(r'name="messaggio" value="(\w+)"', administrator.get(PAGE).text)[:1]

    first = post(administrator, f"{PAGE}/posta/riprova", {"messaggio": mail_id}, page=PAGE, follow_redirects=True)
    assert "Li mandiamo di nuovo: 1" in first.text
    deliver_due(store, ShownHere())
    second = post(administrator, f"{PAGE}/posta/riprova", {"messaggio": mail_id}, page=PAGE, follow_redirects=True)

    assert "Non c’è più niente da fare qui" in second.text
    assert states(store) == ["sent"]


def test_all_messages_are_tried_again_together(administrator, stopped, store):
    stopped("ada", "bea", unknown=True)
    html = administrator.get(PAGE).text
    assert "Riprova tutti, 2" in html

    post(administrator, f"{PAGE}/posta/riprova", {"tutti": "si"}, page=PAGE)

    assert states(store) == ["due", "due"]


def test_a_message_can_be_given_up_for_good(administrator, stopped, store):
    stopped("ada")
    (mail_id,) = re.findall(r'name="messaggio" value="(\w+)"', administrator.get(PAGE).text)[:1]

    post(administrator, f"{PAGE}/posta/ritira", {"messaggio": mail_id}, page=PAGE)

    assert states(store) == ["withdrawn"]
    assert "Tutto procede" in administrator.get(PAGE).text


def test_a_server_that_is_away_shows_while_it_is_tried(administrator, store, case, clock):
    with store.unit_of_work() as uow:
        enqueue(uow, "a", NewMail("ada@esempio.example", "S", "T", "<p>T</p>", "ricezione"), case.id)
    for _ in range(3):
        clock.now = _due_at(store)
        deliver_due(store, Broken(Unreachable("ConnectionRefusedError")))

    assert "ci riproviamo" in administrator.get(PAGE).text


def _due_at(store):
    with store.snapshot() as uow:
        return uow.session.scalars(select(Row.due_at)).one()


def test_a_desk_without_a_mail_server_says_how_many_wait(administrator, store, case):
    with store.unit_of_work() as uow:
        enqueue(uow, "a", NewMail("ada@esempio.example", "S", "T", "<p>T</p>", "ricezione"), case.id)

    html = administrator.get(PAGE).text
    assert "La posta non è configurata" in html
    assert "Un messaggio aspetta" in html


def test_a_step_that_stopped_is_tried_again(store, tmp_path, administrator):
    answers = [RuntimeError("il server non risponde")] * jobs.ATTEMPTS + [{}]

    def operation(_store, _call):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    store.extensions = (*store.extensions, Extension(operations={"prova": operation}))
    with store.unit_of_work() as uow:
        steps = (start(), service("scrivi", "prova"), end(), path("start", "scrivi", "end"))
        deployments.deploy(uow, folder(tmp_path, "chiamata", *steps))
        instances.start(uow, "chiamata", MARTA)
    for _ in range(jobs.ATTEMPTS):
        jobs.run_due(store, now=_next_job(store))

    html = administrator.get(PAGE).text
    assert "Servi scrivi" in html
    assert "il server non risponde" in html
    (step,) = re.findall(r'name="passo" value="([^"]+)"', html)
    told = post(administrator, f"{PAGE}/passi/riprova", {"passo": step}, page=PAGE, follow_redirects=True)
    assert "Passi che riproviamo: 1" in told.text
    jobs.run_due(store)
    assert "Tutto procede" in administrator.get(PAGE).text


def _next_job(store):
    with store.snapshot() as uow:
        due = uow.connection.exec_driver_sql("SELECT max(due_at) FROM job WHERE state = 'due'").scalar()
    return datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_the_menu_offers_incidents_to_administrators_alone(as_person):
    assert PAGE in as_person("ivo").get("/profilo").text
    assert PAGE not in as_person("sara").get("/profilo").text


def test_the_history_of_the_case_says_that_a_message_came_back(as_person, stopped, case):
    stopped("ada", unknown=True)

    html = as_person("marta").get(f"/pratiche/{case.number}/cronologia").text
    assert "L’e-mail «avviso annullamento» è tornata indietro: l’indirizzo non funziona." in html


@pytest.fixture
def run(store):
    return lambda *words: CliRunner().invoke(sportello, words, obj=Wiring(dict, lambda _settings: store, ""))


def test_the_console_lists_and_retries_messages(run, stopped, store):
    stopped("ada", "bea")
    lines = run("mail", "list").output.splitlines()
    first, second = (line.split("\t") for line in lines)

    assert first[2:] == ["avviso-annullamento", "incident", "550 no"]
    assert run("mail", "retry", first[0]).exit_code == 0
    assert run("mail", "withdraw", second[0]).exit_code == 0
    assert states(store) == ["due", "withdrawn"]
    assert run("mail", "retry", "nessuno").exit_code == 1


def test_the_page_of_a_case_says_that_the_requester_must_be_telephoned(as_person, stopped, store, case):
    address = f"/pratiche/{case.number}"
    stopped("ada", unknown=True)
    assert "è tornata indietro" not in as_person("marta").get(address, follow_redirects=True).text

    with store.unit_of_work() as uow:
        uow.connection.exec_driver_sql("UPDATE pratica SET email = 'ada@esempio.example'")

    assert (
        "L’ultima e-mail al richiedente è tornata indietro"
        in as_person("marta").get(address, follow_redirects=True).text
    )


def test_a_message_that_names_what_it_may_not_say_is_found_before_it_is_deployed(run, tmp_path):
    made = folder(tmp_path, "lettera", start(), end(), path("start", "end"))
    (made / "messages").mkdir()
    (made / "messages" / "invito.md").write_text("---\noggetto: Sportello {{ richiedente }}\n---\n{{ titolo }}\n")

    checked = run("check", str(made))

    assert checked.exit_code == 1
    assert "invito.md:4: -: Colonna 4: il nome «titolo» non esiste." in checked.output
    assert "invito.md:2: -: Colonna 23: l’oggetto non può dire «richiedente»." in checked.output
