"""Draw forms outside the desk, for the tests of their templates."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from lxml import html
from werkzeug.datastructures import MultiDict

from engine import forms
from web.parts import forms as pages
from web.parts.forms import drawing
from web.request.static_files import serve_static_files
from web.words.dates import add_filters

TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
FEW = [{"label": "Sì, certo", "value": "si"}, {"label": "No", "value": "no"}]
MANY = [{"label": f"Voce {number}", "value": f"v{number}"} for number in range(5)]
COMUNI = [{"label": f"Comune {number}", "value": f"{number:06}"} for number in range(25)]


def text(key, **more):
    return {"type": "textfield", "key": key, "label": key.capitalize(), **more}


EVERYTHING = [
    text("titolo", description="Di’ che cos’è.", validate={"required": True, "maxLength": 80}),
    {"type": "textarea", "key": "testo", "label": "Testo"},
    {"type": "number", "key": "numero", "label": "Numero", "appearance": {"suffixAdorner": "euro"}},
    {"type": "checkbox", "key": "consenso", "label": "Acconsento"},
    {"type": "checklist", "key": "voci", "label": "Voci", "values": MANY},
    {"type": "taglist", "key": "segni", "label": "Segni", "values": FEW},
    {"type": "radio", "key": "risposta", "label": "Risposta", "values": FEW, "validate": {"required": True}},
    {"type": "select", "key": "scelta", "label": "Scelta", "values": MANY},
    {"type": "select", "key": "cerca", "label": "Cerca", "values": COMUNI, "searchable": True},
    {"type": "datetime", "key": "giorno", "dateLabel": "Giorno", "subtype": "date"},
    {"type": "datetime", "key": "ora", "timeLabel": "A che ora", "subtype": "time"},
    {"type": "datetime", "key": "quando", "dateLabel": "Quando", "subtype": "datetime"},
    {"type": "group", "path": "sede", "label": "Sede", "components": [text("via.nome", id="via")]},
    {
        "type": "dynamiclist", "path": "righe", "label": "Righe", "properties": {"voce": "Riga"},
        "components": [text("dove", id="dove", layout={"row": "R", "columns": 6}), text("come", id="come", layout={"row": "R"})],
    },
    text("letto", readonly=True),
    {"type": "text", "text": "# Titolo\n\nTesto **forte**."},
    {"type": "image", "source": "/static/figura.png", "alt": "Una figura"},
    {"type": "separator"},
    {"type": "spacer", "height": 60},
]  # fmt: skip


def form_of(*components):
    numbered = [{"id": f"Field_{place}", **component} for place, component in enumerate(components)]
    return forms.load(json.dumps({"type": "default", "id": "prova", "components": numbered}).encode(), "prova.json")


@pytest.fixture(scope="module")
def app():
    app = Flask("web", template_folder=str(TEMPLATES), static_folder=None)
    app.jinja_env.trim_blocks = True
    app.jinja_env.globals["csrf_token"] = lambda: "gettone"
    add_filters(app)
    drawing.add_filters(app)
    serve_static_files(app)
    return app


@pytest.fixture(scope="module")
def drawn(app):
    """Draw a form and return its tree."""

    def draw(form, answers=None, *, errors=(), variables=None, **page):
        view = form.view(answers, variables=variables or {}, roles=("Referente",), now=NOW, errors=errors)
        with app.test_request_context("/"):
            return html.fromstring(str(pages.render(view, pages.FormPage("/attivita/1", **page))))

    return draw


def sent(form, button=None):
    """Return what a browser would send, as the HTML standard's form submission says."""
    fields = [("_azione", button)] if button else []
    for control in form.xpath(".//input | .//select | .//textarea"):
        kind = control.get("type")
        if kind in ("checkbox", "radio") and control.get("checked") is None:
            continue
        value = control.value if control.tag != "textarea" else (control.text or "").removeprefix("\n")
        fields.append((control.get("name"), value or ""))
    return MultiDict(fields)


def by_id(tree, name):
    (found,) = tree.xpath("//*[@id=$name]", name=name)
    return found


def words(element):
    return " ".join(element.text_content().split())
