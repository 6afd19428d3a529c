"""The sealed envelope in a browser: agreed upon, filled and opened on a narrow screen; axe finds nothing on its pages at two widths."""

import re

import pytest

from tests.kit import sound_pages
from tests.kit.browser import NARROW, WIDTHS
from tests.kit.sound_pages import Forgiving, linked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WORDS = "La molla si ricarica con il vento"


def assert_sound(visitor, name):
    sound_pages.assert_sound(visitor, name, WIDTHS)


def test_an_idea_is_sealed_at_the_counter_and_read_by_whom_the_agreement_names(person):
    marta, sara = person(NARROW).sign_in("marta"), person(NARROW).sign_in("sara")
    for each in (marta, sara):
        each.faults = Forgiving(each.faults)
    case = linked(sara, "/pratiche/?comune=001042", r"/pratiche/SI-2\d+-B279-\d+")[0]

    marta.go(f"{case}/busta")
    assert_sound(marta, "busta-vuota")
    marta.page.get_by_role("link", name="Registra un accordo firmato").click()
    marta.press("Registra l’accordo")
    assert_sound(marta, "busta-accordo")
    marta.page.get_by_label("Sara Esempio").check()
    marta.page.get_by_label("Versione del testo").fill("1.0")
    marta.press("Registra l’accordo")
    marta.page.get_by_role("link", name="Metti qualcosa nella busta").click()
    assert_sound(marta, "busta-deposito")
    marta.page.get_by_label("Un testo").fill(WORDS)
    marta.press("Chiudi il testo nella busta")
    assert WORDS not in marta.text()
    assert_sound(marta, "busta-piena")

    sara.go(f"{case}/busta")
    sara.page.get_by_label("Perché la apri?").select_option("prima_analisi")
    assert_sound(sara, "busta-da-aprire")
    sara.press("Apri la busta")
    assert WORDS in sara.text()
    assert_sound(sara, "busta-aperta")
    sara.page.get_by_role("link", name="Chiudi la busta").click()
    assert "ha letto 1 documento per la prima analisi" in sara.text()
    sara.page.get_by_role("link", name="Dichiara un conflitto di interessi").click()
    assert_sound(sara, "busta-conflitto")
    marta.go(f"{case}/busta").page.get_by_role("link", name="Registra la revoca").click()
    assert_sound(marta, "busta-revoca")
    sara.go(case)
    assert_sound(sara, "busta-riassunto")
    assert re.search(r"Aperta 1 volta", sara.text())
