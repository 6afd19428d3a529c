import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, jsonify, request
from markupsafe import Markup
from playwright.sync_api import expect
from werkzeug.serving import make_server

from engine import forms
from web.parts import forms as pages
from web.parts.forms import drawing
from web.request.static_files import script, serve_static_files, style_sheet
from web.words.dates import add_filters

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
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


class Host:
    """A program that shows one form and remembers what it was sent."""

    def __init__(self, form):
        self.form = form
        self.drafts = []
        self.completed = []
        self.down = False

    def view(self, answers):
        return self.form.view(answers, variables={}, roles=(), now=NOW)

    def page(self, answers):
        drawn = pages.render(self.view(answers), pages.Page("/", draft="/bozza"))
        head = Markup("<!doctype html><html lang=it><title>Prova</title>{}{}").format(
            style_sheet("site"), script("parts/forms")
        )
        return head + Markup("<main><h1>Prova</h1>{}</main>").format(drawn)

    def answer(self):
        if request.method == "GET":
            return self.page({})
        turn = pages.turn(self.form, request.form)
        if turn.verb == "complete":
            self.completed.append(turn.answers)
            return "Fatto"
        return self.page(turn.answers)

    def keep(self):
        if self.down:
            return jsonify(messaggio="Il server riposa."), 503
        self.drafts.append(pages.turn(self.form, request.form).draft)
        return jsonify(salvata="10:14")


@pytest.fixture
def host():
    return Host(forms.load(json.dumps(FORM).encode(), "prova.json"))


@pytest.fixture
def address(host):
    app = Flask("web", template_folder=str(Path(pages.__file__).parents[2] / "templates"), static_folder=None)
    app.jinja_env.trim_blocks = True
    app.jinja_env.globals["csrf_token"] = lambda: "gettone"
    add_filters(app)
    drawing.add_filters(app)
    serve_static_files(app)
    app.add_url_rule("/", "page", host.answer, methods=["GET", "POST"])
    app.add_url_rule("/bozza", "draft", host.keep, methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium, address):
    page = chromium.new_page()
    page.set_default_timeout(5000)
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(address)
    yield page
    page.close(run_before_unload=False)
    assert faults == []


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
