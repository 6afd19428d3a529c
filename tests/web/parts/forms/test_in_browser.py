import json

import pytest
from playwright.sync_api import expect

from engine import forms
from tests.kit.form_host import Host, address, page  # noqa: F401  # fixtures are asked for by name

pytestmark = pytest.mark.browser

FORM = {
    "type": "default",
    "id": "prova",
    "components": [
        {"type": "textfield", "id": "titolo", "key": "titolo", "label": "Titolo", "validate": {"maxLength": 80}},
        {
            "type": "radio", "id": "fiera", "key": "fiera", "label": "C’è una fiera?",
            "values": [{"label": "Sì", "value": "si"}, {"label": "No", "value": "no"}],
        },
        {
            "type": "datetime", "id": "data", "key": "data", "dateLabel": "Quando?", "subtype": "date",
            "conditional": {"hide": '=fiera != "si"'}, "validate": {"required": True},
        },
        {
            "type": "dynamiclist", "id": "righe", "path": "righe", "label": "Dove l’hai mostrata?",
            "components": [
                {"type": "textfield", "id": "dove", "key": "dove", "label": "Dove"},
                {"type": "textfield", "id": "nota", "key": "nota", "label": "Nota", "conditional": {"hide": "=this.dove = null"}},
            ],
        },
        {
            "type": "select", "id": "comune", "key": "comune", "label": "Comune", "searchable": True,
            "values": [{"label": f"Comune {number}", "value": str(number)} for number in range(20)],
        },
    ],
}  # fmt: skip


@pytest.fixture
def host():
    return Host(forms.load(json.dumps(FORM).encode(), "prova.json"))


def test_a_question_comes_and_goes_with_the_answer_it_hangs_on(page):
    page.get_by_label("Titolo").fill("Attrezzo")

    page.get_by_label("Sì").check()

    expect(page.get_by_label("Quando?")).to_be_visible()
    expect(page.get_by_label("Titolo")).to_have_value("Attrezzo")
    expect(page.locator("form > [role=status]")).to_have_text("Nuove domande: Quando? *")

    page.get_by_label("No", exact=True).check()

    expect(page.get_by_label("Quando?")).to_have_count(0)


def test_typing_goes_on_while_the_page_changes(page):
    field = page.get_by_label("Dove", exact=True)

    field.press_sequentially("Ivrea, al mercato", delay=60)

    expect(page.get_by_label("Nota")).to_be_visible()
    expect(field).to_have_value("Ivrea, al mercato")
    expect(field).to_be_focused()


def test_rows_come_and_go_without_leaving_the_page(page):
    page.evaluate("window.stessa = true")
    page.get_by_label("Dove", exact=True).fill("Ivrea")

    page.get_by_role("button", name="Aggiungi").click()

    expect(page.get_by_label("Dove", exact=True)).to_have_count(2)
    expect(page.get_by_label("Dove", exact=True).nth(0)).to_have_value("Ivrea")
    expect(page.get_by_label("Dove", exact=True).nth(1)).to_be_focused()

    page.get_by_role("button", name="Togli voce 1").click()

    expect(page.get_by_label("Dove", exact=True)).to_have_count(1)
    expect(page.get_by_label("Dove", exact=True)).to_have_value("")
    assert page.evaluate("window.stessa")


def test_characters_are_counted_while_one_types(page):
    page.get_by_label("Titolo").fill("È già qui")

    expect(page.get_by_text("9 caratteri su 80")).to_be_visible()


def test_a_draft_is_kept_while_one_types(page, host):
    page.get_by_label("Titolo").fill("Attrezzo")

    expect(page.get_by_text("Bozza salvata alle 10:14")).to_be_visible()
    assert host.drafts[-1]["titolo"] == "Attrezzo"


def test_the_keyboard_keeps_a_draft_and_sends_once_confirmed(page, host):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_label("Titolo").press("Control+s")
    expect(page.get_by_text("Bozza salvata alle 10:14")).to_be_visible()

    page.get_by_label("Titolo").press("Control+Enter")

    expect(page.get_by_text("Fatto")).to_be_visible()
    assert asked == ["«Completa»: vado avanti?"]
    assert len(host.completed) == 1


def test_a_draft_that_cannot_be_kept_is_told_and_the_page_is_not_left_in_silence(page, host):
    host.down = True
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Titolo").press_sequentially("Attrezzo")

    expect(page.get_by_text("Il server riposa.")).to_be_visible()
    page.reload()

    assert asked == ["beforeunload"]


def test_the_return_key_sends_the_form(page, host):
    page.get_by_label("Titolo").fill("Attrezzo")
    page.get_by_label("Titolo").press("Enter")

    expect(page.get_by_text("Fatto")).to_be_visible()
    assert host.completed[0]["titolo"] == "Attrezzo"


def test_the_return_key_in_a_field_with_suggestions_does_not_send_the_form(page, host):
    field = page.get_by_label("Comune")
    field.press_sequentially("Comune 1")
    field.press("Enter")

    expect(page.get_by_text("Bozza salvata alle 10:14")).to_be_visible()
    expect(field).to_be_visible()
    assert host.completed == []


def test_everything_works_without_javascript(chromium, address, host):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)

    page.get_by_label("Sì").check()
    page.get_by_role("button", name="Aggiorna le domande").click()
    page.get_by_label("Quando?").fill("17/12/2026")
    page.get_by_label("Dove", exact=True).fill("Ivrea")
    page.get_by_role("button", name="Aggiungi").click()
    page.get_by_label("Dove", exact=True).nth(1).fill("Burolo")
    page.get_by_role("button", name="Completa").click()

    assert host.completed[0]["data"] == "17/12/2026"
    assert [row["dove"] for row in host.completed[0]["righe"]] == ["Ivrea", "Burolo"]
    page.context.close()
