"""What people type, as it comes from other programs, keyboards and habits."""

import json

import pytest

from tests.kit.places import fault

NAME = {"type": "textfield", "key": "nome", "label": "Nome", "validate": {"required": True}}
LONG = {"type": "textarea", "key": "testo", "label": "Testo", "validate": {"required": True}}
CODE = {"type": "textfield", "key": "cf", "label": "CF", "properties": {"validatore": "codice-fiscale"}}
DAY = {"type": "datetime", "key": "g", "label": "G", "subtype": "date"}


@pytest.mark.parametrize("typed", ["\u200b", "\ufeff \u3164", "\u2800", "\ufe0f", "\u00a0\u00ad"])
@pytest.mark.parametrize("field", [NAME, LONG])
def test_what_nobody_sees_answers_no_required_field(form_of, messages, field, typed):
    assert messages(form_of(field), {field["key"]: typed}) == {field["key"]: "Compila questo campo."}


def test_a_pasted_answer_is_read_without_its_invisible_marks(form_of, clean):
    form = form_of(NAME, LONG, CODE, {"type": "number", "key": "n", "label": "N"}, DAY)
    pasted = {
        "nome": "Ros\u200bsi\u00a0 Nicolo\u0300",
        "testo": "\uf0b7 uno\u2028due",
        "cf": "\u202aRSSMRA85T10A562S\u202c",
        "n": "\u200e12,5\u00a0",
        "g": "\u200e17\u200e/12/2026",
    }

    answers = clean(form, pasted)

    assert answers == {
        "nome": "Rossi Nicolò",
        "testo": "uno\ndue",
        "cf": "RSSMRA85T10A562S",
        "n": 12.5,
        "g": "2026-12-17",
    }


def test_invisible_answers_that_passed_are_refused_or_read(form_of, clean, messages):
    for typed in json.loads(fault("testi.json").read_text())["invisibili accettati come risposta"]:
        if typed == "\u200b":
            assert messages(form_of(NAME), {"nome": typed})
        else:
            assert clean(form_of(NAME), {"nome": typed}) == {"nome": typed.replace("\u200b", "")}
