"""The drawn week: of the agenda, and behind the times that an analyst proposes."""

import re
import threading

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from desk.demo import answers
from engine import tasks
from tests.kit.meetings import NINE, TEN, Called, open_desks
from tests.kit.pages import PASSWORD, SARA
from tests.kit.walked import Walked

pytestmark = pytest.mark.browser
WEEK = "/agenda/?lunedi=2026-11-30"


@pytest.fixture
def site(app, store):
    open_desks(store)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium, site):  # the fixture of that name
    page = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900}).new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto("/accedi")
    page.locator("[name=utente]").fill("sara")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile("attivita"))
    yield page
    page.context.close()
    assert faults == []


def test_the_week_is_drawn_from_its_list_and_leads_to_the_case(page, store, now):
    called = Called(store, now, nome="Ada Esempio").decide(proposte=[NINE])
    Called(store, now, nome="Bruno Prova").decide(appuntamento=TEN)
    page.goto(WEEK)
    week = page.locator("[data-settimana]")

    expect(week.locator("a.impegno")).to_have_text(["9:00–9:45Ada Esempio", "10:00–10:45Bruno Prova"])
    expect(week.locator(".intesta")).to_have_count(5)
    week.get_by_role("link", name="Ada Esempio").click()

    expect(page).to_have_url(re.compile(f"/pratiche/{called.case.number}$"))


def test_pages_turn_the_weeks_of_the_agenda(page, store, now):
    Called(store, now, nome="Ada Esempio").decide(proposte=[NINE])
    page.goto(WEEK)

    page.locator("[data-settimana] a").focus()
    page.keyboard.press("PageDown")

    expect(page).to_have_url(re.compile("lunedi=2026-12-07"))


def test_on_a_phone_the_agenda_is_a_list(page, store, now):
    Called(store, now, nome="Ada Esempio").decide(proposte=[NINE])
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(WEEK)

    expect(page.locator("[data-settimana]")).to_be_hidden()
    expect(page.locator(".agenda-giorni").get_by_role("link", name="Ada Esempio")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_who_proposes_times_sees_what_is_closed_and_taken_and_sends_what_they_chose(page, store, clock):
    walked = Walked(store, clock).forwarded()
    walked._complete(SARA, answers.analysis(walked.request, "convoca"))
    Called(store, clock(), nome="Bruno Prova").decide(appuntamento=TEN)
    with store.unit_of_work() as uow:
        task = next(each for each in tasks.of_case(uow, walked.case.id) if each.state == "created")
        tasks.claim(uow, task.id, SARA)
    page.goto(f"/attivita/{task.id}")
    week = page.locator("[data-settimana]")
    while not week.get_by_text("1 dicembre").count():
        page.get_by_role("button", name="Settimana successiva").click()

    expect(week.locator(".impegno")).to_have_text(["10:00–10:45Bruno Prova"])
    expect(week.locator(".chiuso").first).to_have_text("Sportello chiuso")
    expect(week.get_by_role("button", name=re.compile("^10:00–10:45.*martedì"))).to_have_count(0)
    week.get_by_role("button", name=re.compile("^9:00–9:45.*martedì 1 dicembre")).click()

    expect(page.get_by_text("Hai scelto: martedì 1 dicembre, 9:00–9:45.")).to_be_visible()
    expect(page.get_by_text(re.compile("Bozza salvata alle"))).to_be_visible()
