"""Every page that somebody can reach, at two widths: axe finds nothing, nothing scrolls sideways."""

import pytest

from tests.kit.sound_pages import Forgiving, linked, sweep

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PUBLIC = (
    "/",
    "/comuni/001042",
    "/segui",
    "/domande-frequenti",
    "/aiuto",
    "/privacy",
    "/note-legali",
    "/accessibilita",
    "/aderire",
    "/accedi",
    "/segui/link",
    "/posta-dimostrativa",
    "/una-pagina-che-non-c-e",
)
LISTS = (
    "/attivita/?righe=comode",
    "/attivita/da-prendere-in-carico",
    "/pratiche/",
    "/agenda/",
)
MORE = (
    "/attivita/?righe=compatte",
    "/attivita/in-attesa",
    "/attivita/fatte",
    "/attivita/?comune=001208",
    "/profilo",
    "/profilo/scorciatoie",
    "/agenda/disponibilita",
    "/agenda/giornate",
)
TASK = r"/attivita/[0-9a-f-]{8,}"
PARTS = ("", "/attivita", "/cronologia", "/diagramma", "/documenti", "/busta", "/lettere")
OFFICE = ("/agenda/sala", *(f"/il-mio-comune/001042/{part}" for part in ("orari", "giorni", "sede", "referenti")))
FEW = {
    "paolo": ("/attivita/", "/pratiche/", "/agenda/", "/profilo"),
    "olga": ("/il-mio-comune/", "/il-mio-comune/001042/orari", "/conservazione", "/profilo"),
    "amina": ("/amministrazione/incidenti", "/conservazione", "/profilo"),
}


@pytest.fixture
def visitor(person):
    return person()


def test_what_anybody_may_read(visitor):
    visitor.faults = Forgiving(visitor.faults)
    sweep(visitor, PUBLIC, "pubblico")


@pytest.mark.parametrize("username", ["marta", "sara"])
def test_the_lists_tasks_and_cases_of_who_works_on_them(visitor, username):
    visitor.faults = Forgiving(visitor.faults)
    visitor.sign_in(username)

    sweep(visitor, LISTS, username)
    sweep(visitor, MORE if username == "sara" else OFFICE, username)
    sweep(visitor, linked(visitor, "/attivita/", TASK)[:2], username)
    sweep(visitor, linked(visitor, "/attivita/da-prendere-in-carico", TASK)[:1], username)
    for address in linked(visitor, "/pratiche/", r"/pratiche/SI-[\w-]+")[:1]:
        parts = (*PARTS, "/ricevuta") if username == "marta" else PARTS
        sweep(visitor, [address + part for part in parts], username)


@pytest.mark.parametrize("username", sorted(FEW))
def test_the_pages_of_a_coordinator_and_of_who_sees_no_case(visitor, username):
    sweep(visitor.sign_in(username), FEW[username], username)


def test_a_message_as_its_reader_finds_it(visitor):
    sweep(visitor, linked(visitor, "/posta-dimostrativa", r"/posta-dimostrativa/[\w-]+")[:1], "messaggio")
