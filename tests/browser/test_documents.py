"""Documents on a narrow screen: refused, added, downloaded and deleted; axe finds nothing on their pages at two widths."""

import pytest

from tests.kit import sound_pages
from tests.kit.browser import NARROW, WIDTHS
from tests.kit.hostile_files import pdf
from tests.kit.sound_pages import linked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Un preventivo con un nome lungo_che_nessun_browser_saprebbe_dividere_da_solo_in_due_righe_o_tre.pdf"


def assert_sound(visitor, name):
    sound_pages.assert_sound(visitor, name, WIDTHS)


def test_a_document_comes_and_goes(person):
    marta = person(NARROW).sign_in("marta")
    case = linked(marta, "/pratiche/?comune=001042&stato=aperte", r"/pratiche/SI-2\d+-B279-\d+")[0]
    choose = lambda name, content: marta.page.get_by_label("File", exact=True).set_input_files(  # noqa: E731
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )

    marta.go(f"{case}/documenti")
    assert_sound(marta, "documenti-vuoto")
    choose("a.pdf", b"MZ\x90\0")
    marta.press("Aggiungi il documento")
    assert "Il file è un programma" in marta.text()
    assert_sound(marta, "documenti-errore")
    choose(NAME, pdf())
    marta.press("Aggiungi il documento")
    assert NAME in marta.text()
    assert_sound(marta, "documenti-pieno")
    with marta.page.expect_download() as downloaded:
        marta.page.get_by_role("link", name=f"Scarica {NAME}").click()
    assert downloaded.value.suggested_filename == f"{case.rpartition('/')[2]}-documento-1.pdf"
    marta.page.get_by_role("link", name=f"Togli {NAME}").click()
    assert_sound(marta, "documenti-togli")
    marta.press("Togli il documento per sempre")
    assert "Documento tolto" in marta.text()
    assert NAME not in marta.text()
