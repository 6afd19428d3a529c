"""The work list without a mouse, and the diagram that a script draws."""

import pytest

pytestmark = pytest.mark.browser

CHOSEN = "document.querySelectorAll('.spunta[name=attivita]:checked').length"
FOCUSED = "document.activeElement"
ON_TOP = """mark => {
    mark.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = mark.getBoundingClientRect();
    return mark.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.fixture
def analyst(person):
    return person().sign_in("sara").go("/attivita/da-prendere-in-carico")


def typed(visitor, *keys):
    for key in keys:
        visitor.page.keyboard.press(key)
    return visitor.page


def test_letters_walk_the_list_and_choose_rows(analyst):
    page = typed(analyst, "j", "j")
    second = page.locator("tr[data-attivita]").nth(1)

    assert page.evaluate(f"{FOCUSED}.className") == "apri"
    assert second.evaluate(f"row => row.contains({FOCUSED})")

    typed(analyst, "x", "j", "Shift+X")
    assert page.evaluate(CHOSEN) == 2
    assert "2 scelte" in page.locator(".massa").inner_text()

    typed(analyst, "k", "x")
    assert page.evaluate(CHOSEN) == 1


def test_letters_typed_in_a_field_are_only_letters(analyst):
    page = typed(analyst, "/", "j", "x")

    assert page.input_value("#q") == "jx"
    assert page.evaluate(CHOSEN) == 0


def test_the_list_of_keys_opens_closes_and_gives_the_focus_back(analyst):
    page = typed(analyst, "j", "?")
    overlay = page.locator("dialog[data-scorciatoie]")
    assert overlay.is_visible()

    typed(analyst, "Escape")

    assert not overlay.is_visible()
    assert page.evaluate(f"{FOCUSED}.className") == "apri"


def test_filters_open_with_a_letter_and_close_with_escape(analyst):
    page = typed(analyst, "f", "Tab", "Enter")

    page.wait_for_url("**/da-prendere-in-carico?*")
    assert page.locator(".pillola .x").count() == 1

    typed(analyst, "f", "Escape")
    assert page.locator("details[data-filtri][open]").count() == 0


def test_two_letters_lead_to_another_page(analyst):
    typed(analyst, "g", "p").wait_for_url("**/pratiche/")


def test_the_diagram_shows_where_the_case_stands_and_keeps_its_makers_mark(analyst):
    page = analyst.go("/pratiche/?stato=aperte").page
    address = page.locator(".lista a.apri").first.get_attribute("href")

    analyst.go(f"{address}/diagramma")
    page.wait_for_selector("[data-diagramma][data-pronto]")

    assert page.locator(".tela .siamo-qui").first.inner_text() == "Siamo qui"
    assert page.locator(".tela .djs-element.fatto").count() > 3
    assert page.locator(".tela .bjs-powered-by").evaluate(ON_TOP)
