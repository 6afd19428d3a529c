"""A view saved, found again, renamed and taken away with the keys alone; its pages are sound at both widths."""

import pytest

from tests.kit.browser import WIDTHS
from tests.kit.sound_pages import assert_sound

pytestmark = pytest.mark.browser

NAME = "Da sollecitare, prima quelle di Burolo e di Quagliuzzo insieme"[:60]


def reach(visitor, words):
    """Press Tab until something with these words has the focus, as who has no mouse does, and press Enter on it."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.innerText || ''").startswith(words):
            with visitor.page.expect_navigation():
                visitor.page.keyboard.press("Enter")
            return
    raise AssertionError(f"no key leads to «{words}» on {visitor.page.url}")


def name_it(visitor, name):
    visitor.page.locator("#nome").focus()
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.type(name)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


@pytest.mark.parametrize("address", ["/attivita/da-prendere-in-carico?comune=001042", "/pratiche/?q=burolo"])
def test_a_view_lives_by_the_keyboard(person, address):
    visitor = person().sign_in("dario").go(address)
    place = address.split("/")[1]

    reach(visitor, "Salva questa vista")
    assert_sound(visitor, f"{place}-viste-nuova", WIDTHS)
    name_it(visitor, NAME)
    assert visitor.page.url.endswith(address)
    assert visitor.page.locator(".viste [aria-current=true]").inner_text() == NAME
    assert_sound(visitor, f"{place}-viste-elenco", WIDTHS)

    visitor.go(f"/{place}/{'da-prendere-in-carico' if place == 'attivita' else ''}?ordine=inverso")
    assert_sound(visitor, f"{place}-ordine", WIDTHS)
    reach(visitor, "Salva questa vista")
    name_it(visitor, NAME)
    assert "Errore: " in visitor.page.title()
    assert_sound(visitor, f"{place}-viste-errore", WIDTHS)
    name_it(visitor, "Al contrario")
    reach(visitor, NAME)
    assert visitor.page.url.endswith(address)

    reach(visitor, "Cambia le viste")
    assert_sound(visitor, f"{place}-viste-tutte", WIDTHS)
    reach(visitor, "Rinomina")
    assert_sound(visitor, f"{place}-viste-nome", WIDTHS)
    name_it(visitor, "Burolo")
    for _ in range(2):
        reach(visitor, "Togli")
        assert_sound(visitor, f"{place}-viste-togli", WIDTHS)
        reach(visitor, "Togli la vista")
    assert "Non hai viste salvate" in visitor.text()
    assert_sound(visitor, f"{place}-viste-nessuna", WIDTHS)
