"""The demonstration's viewer of messages, and the server that the settings choose."""

import re

import pytest
from sqlalchemy import select

from desk import cases
from desk.facilities.transport import ShownHere, Smtp
from desk.mail import Attachment, NewMail, enqueue
from desk.mail.delivery import deliver_due
from desk.model import Mail as Row
from tests.kit.environment import GOOD
from tests.kit.pages import BUROLO, MARTA, make_app
from web.facilities import facilities_of
from web.settings import Misconfigured, Mode, Settings

SERVED = "SPORTELLO_SMTP_URL"
DEMO = "/posta-dimostrativa"


@pytest.fixture
def case(store):
    with store.unit_of_work() as uow:
        return cases.open_request(uow, MARTA, BUROLO)


@pytest.fixture
def demo(store):
    return make_app(store, mode=Mode.DEMO).test_client()


@pytest.fixture
def shown(store, case):
    """Deliver one message of a demonstration."""
    files = (Attachment("convocazione-1.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR"),)
    html = '<!doctype html>\n<html lang="it"><head><title>S</title></head>\n<body>\n<p>Gentile <a href="/segui?numero=1">Ada</a></p></body></html>'
    told = NewMail("ada@esempio.example", "Sportello – <b>richiesta</b>", "Gentile Ada", html, "ricezione", None, files)
    with store.unit_of_work() as uow:
        enqueue(uow, "a", told, case.id)
    deliver_due(store, ShownHere())
    with store.snapshot() as uow:
        return f"{DEMO}/{uow.session.scalars(select(Row.id)).one()}"


def test_a_demonstration_shows_its_messages_to_everyone(demo, shown):
    listed, page = demo.get(DEMO).text, demo.get(shown).text

    assert shown in listed
    assert "Sportello – &lt;b&gt;richiesta&lt;/b&gt;" in listed
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page
    assert "Gentile Ada" in page
    assert DEMO in demo.get("/").text


def test_a_message_is_shown_in_a_frame_that_can_do_nothing(demo, shown):
    answer = demo.get(f"{shown}/corpo")
    policy = answer.headers["Content-Security-Policy"]

    assert '<base target="_top">' in answer.text
    assert "default-src 'none'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "allow-scripts" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_an_attachment_is_kept_and_never_opened_here(demo, shown):
    answer = demo.get(f"{shown}/allegati/0")

    assert answer.data == b"BEGIN:VCALENDAR"
    assert answer.headers["Content-Disposition"] == "attachment; filename=convocazione-1.ics"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert demo.get(f"{shown}/allegati/1").status_code == 404


def test_a_demonstration_without_messages_says_when_some_will_come(demo):
    assert "Nessun messaggio" in demo.get(DEMO).text
    assert demo.get(f"{DEMO}/nessuno").status_code == 404


def test_a_long_list_has_pages(demo, store):
    with store.unit_of_work() as uow:
        for number in range(30):
            enqueue(
                uow, str(number), NewMail("ada@esempio.example", f"Messaggio {number}", "T", "<p>T</p>", "ricezione")
            )
    while deliver_due(store, ShownHere()):
        pass
    first = demo.get(DEMO).text
    older = re.search(r'href="([^"]+)">Avanti', first)[1].replace("&amp;", "&")

    found = re.findall(r"Messaggio \d+", first) + re.findall(r"Messaggio \d+", demo.get(older).text)
    assert sorted(set(found)) == sorted(found)
    assert len(found) == 30


@pytest.mark.parametrize("mode", [Mode.TEST, Mode.PRODUCTION])
@pytest.mark.parametrize("below", ["", "/corpo", "/allegati/0"])
def test_outside_a_demonstration_nobody_reads_messages(store, shown, mode, below):
    client = make_app(store, mode=mode).test_client()

    assert client.get(shown + below).status_code == 404
    assert client.get(DEMO).status_code == 404
    assert DEMO not in client.get("/").text


def test_the_settings_choose_the_server(tmp_path):
    named = {
        "SPORTELLO_MODE": "demo",
        SERVED: "smtp://u:p%40@posta.example",
        "SPORTELLO_MAIL_FROM": "sportello@novain.example",
        "SPORTELLO_PUBLIC_URL": "https://sportello.example",
    }
    chosen = facilities_of(Settings.from_environment(named, tmp_path)).mail

    assert isinstance(chosen, Smtp)
    assert (chosen.host, chosen.port, chosen.password, chosen.sender) == (
        "posta.example",
        587,
        "p@",
        "sportello@novain.example",
    )
    assert isinstance(facilities_of(Settings.from_environment({"SPORTELLO_MODE": "demo"}, tmp_path)).mail, ShownHere)
    assert facilities_of(Settings(Mode.TEST, "x" * 40, "")).mail is None


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({SERVED: "posta.example:587", "SPORTELLO_MAIL_FROM": "a@b.it"}, SERVED),
        ({SERVED: "smtp://u:segretissima@"}, SERVED),
        ({SERVED: "smtp://posta.example"}, "SPORTELLO_MAIL_FROM"),
        ({SERVED: "smtp://posta.example", "SPORTELLO_MAIL_FROM": "sportello"}, "SPORTELLO_MAIL_FROM"),
        ({SERVED: "smtp://posta.example", "SPORTELLO_MAIL_FROM": "a@b.it"}, "SPORTELLO_PUBLIC_URL"),
    ],
)
def test_a_server_that_could_not_be_spoken_to_is_refused_at_the_start(more, named, tmp_path):
    with pytest.raises(Misconfigured, match=named) as refusal:
        Settings.from_environment({**GOOD, **more}, tmp_path)
    assert "segretissima" not in str(refusal.value)
