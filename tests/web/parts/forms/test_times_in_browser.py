"""The week above a list of times: both in step, by mouse and by keyboard, and the list alone on a phone."""

import json

import pytest
from playwright.sync_api import expect

from engine import forms
from tests.kit.form_host import Host, address, page  # noqa: F401  # fixtures are asked for by name
from tests.kit.offered_times import slot

pytestmark = pytest.mark.browser

SLOTS = [
    slot("2026-12-01", "9:00", "9:45"), slot("2026-12-01", "10:00", "10:45"), slot("2026-12-03", "10:00", "10:45"),
    slot("2026-12-03", "15:00", "15:45"), slot("2026-12-09", "9:00", "9:45"),
]  # fmt: skip
FORM = {
    "type": "default",
    "id": "prova",
    "components": [
        {
            "type": "checklist", "id": "proposte", "key": "proposte", "label": "Orari da proporre", "values": SLOTS,
            "properties": {"aspetto": "agenda", "massimo": "2"},
        },
    ],
}  # fmt: skip


@pytest.fixture
def host():
    return Host(forms.load(json.dumps(FORM).encode(), "prova.json"))


@pytest.fixture
def week(page):
    return page.locator("[data-settimana]")


def hour(week, name):
    return week.get_by_role("button", name=name)


def listed(page, day, hours):
    return page.get_by_role("group", name=day, exact=True).get_by_label(hours)


def test_week_and_list_show_the_same_choice(page, week):
    listed(page, "Martedì 1 dicembre", "9:00–9:45").check()
    hour(week, "15:00–15:45").click()

    expect(hour(week, "9:00–9:45")).to_have_attribute("aria-pressed", "true")
    expect(hour(week, "15:00–15:45")).to_have_accessible_name("15:00–15:45 2ª proposta giovedì 3 dicembre")
    expect(page.get_by_label("15:00–15:45")).to_be_checked()
    expect(page.get_by_role("status").filter(has_text="Hai scelto")).to_have_text(
        "Hai scelto: martedì 1 dicembre, 9:00–9:45; giovedì 3 dicembre, 15:00–15:45."
    )


def test_what_is_chosen_in_the_week_is_sent_and_kept_as_draft(page, week, host):
    hour(week, "15:00–15:45").click()
    expect(page.get_by_text("Bozza salvata alle 10:14")).to_be_visible()

    page.get_by_role("button", name="Completa").last.click()

    expect(page.get_by_text("Fatto")).to_be_visible()
    assert host.drafts[-1] == host.completed[-1] == {"proposte": ["2026-12-03T15:00"]}


def test_one_more_than_allowed_is_refused_with_its_reason(page, week):
    hour(week, "9:00–9:45").click()
    hour(week, "10:00–10:45").first.click()
    hour(week, "15:00–15:45").click()

    expect(hour(week, "15:00–15:45")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("Puoi scegliere fino a 2 orari")).to_be_visible()


def test_arrows_move_between_free_hours_and_space_chooses(page, week):
    first = hour(week, "9:00–9:45")
    first.focus()
    first.press("ArrowDown")
    expect(hour(week, "10:00–10:45 martedì")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(hour(week, "10:00–10:45 giovedì")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(hour(week, "10:00–10:45 martedì")).to_be_focused()

    page.keyboard.press("Space")

    expect(listed(page, "Martedì 1 dicembre", "10:00–10:45")).to_be_checked()
    assert week.locator("button[tabindex='0']").count() == 1


def test_pages_turn_the_weeks_and_what_was_chosen_stays(page, week):
    first = hour(week, "9:00–9:45")
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("PageDown")

    expect(page.get_by_text("7 – 11 dicembre")).to_be_visible()
    expect(hour(week, "9:00–9:45 mercoledì 9 dicembre")).to_be_focused()
    expect(page.get_by_text("Martedì 1 dicembre", exact=True)).to_be_hidden()
    expect(page.get_by_text("Hai scelto: martedì 1 dicembre, 9:00–9:45.")).to_be_visible()

    page.get_by_role("button", name="Settimana successiva").click()

    expect(page.get_by_text("Dopo questa settimana non ci sono altri orari.")).to_be_visible()


def test_a_phone_has_the_list_only_and_nothing_scrolls_sideways(page, week):
    page.set_viewport_size({"width": 390, "height": 800})

    expect(week).to_be_hidden()
    expect(listed(page, "Martedì 1 dicembre", "9:00–9:45")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_script_the_list_of_all_weeks_is_enough(chromium, address, host):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)

    expect(page.locator("[data-settimana]")).to_be_hidden()
    listed(page, "Mercoledì 9 dicembre", "9:00–9:45").check()
    page.get_by_role("button", name="Completa").last.click()

    assert host.completed == [{"proposte": ["2026-12-09T09:00"]}]
    page.context.close()
