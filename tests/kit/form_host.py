"""A small server that shows one form in a browser and remembers what it was sent."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, jsonify, request
from markupsafe import Markup
from werkzeug.serving import make_server

from web.parts import forms as pages
from web.parts.forms import drawing
from web.request.static_files import script, serve_static_files, style_sheet
from web.words.dates import add_filters

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


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
        drawn = pages.render(self.view(answers), pages.FormPage("/", draft="/bozza"))
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
