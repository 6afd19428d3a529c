"""Every page that somebody can reach, at two widths: axe finds nothing, nothing scrolls sideways."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
FOUND = """rules => axe.run(rules).then(results =>
    results.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`))"""
"""What axe finds, in words: all that it notes of a page costs more to hand over than to find."""
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


def assert_sound(visitor, name, widths=None):
    """Hold the page in front of the visitor to WCAG 2.1 AA, as far as a machine can tell, and to its width.

    The window is as wide as it was, or takes each of these widths and then its own again.
    """
    visitor.page.evaluate(AXE)
    for width in widths or [visitor.width]:
        visitor.resize(width).picture(name)
        assert visitor.page.evaluate(FOUND, RULES) == [], f"{visitor.page.url} at {width}"
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{visitor.page.url} is {wide} px too wide at {width}"
    visitor.resize(visitor.width)


def sweep(visitor, addresses, who, widths=WIDTHS):
    for address in addresses:
        visitor.go(address)
        assert_sound(visitor, f"{who}{re.sub(r'[^a-z0-9]+', '-', address)}", widths)


def linked(visitor, address, pattern, most=40):
    """Give the addresses of this kind that a page links to."""
    visitor.go(address)
    links = visitor.page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    return list(dict.fromkeys(link for link in links if re.fullmatch(pattern, link)))[:most]


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


class Forgiving(list):
    """A missing page answers 404 and the browser says so: that is what was asked for."""

    def append(self, fault):
        if "status of 404" not in fault:
            super().append(fault)
