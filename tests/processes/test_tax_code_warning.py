"""The tax code of a request is compared with the date of birth and the surname: a warning, never a refusal."""

from datetime import UTC, datetime

import pytest

from engine.forms import load
from tests.kit.places import ROOT

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
RIGHT = {"codice_fiscale": "RSSMRA85T10A562S", "data_nascita": "10/12/1985", "cognome": "Rossi"}


def warned(answers):
    form = load((ROOT / "forms/richiesta/registra.json").read_bytes(), "registra.json")
    view = form.view(answers, variables={}, roles=("Referente",), now=NOW)
    return "testo_codice_fiscale" in {item.id for item in view.items}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"codice_fiscale": "rss mra 85t10 a562s"},
        {"codice_fiscale": ""},
        {"codice_fiscale": "12345679000"},
        {"data_nascita": ""},
        {"cognome": ""},
        {"cognome": "Fo"},
        {"codice_fiscale": "RSSMRA85T50A562W"},
        {"codice_fiscale": "RSSMRA85TMLA562O"},
    ],
)
def test_a_code_that_may_be_right_is_not_warned_of(changed):
    assert not warned(RIGHT | changed)


@pytest.mark.parametrize(
    "changed", [{"data_nascita": "11/12/1985"}, {"data_nascita": "10/11/1985"}, {"data_nascita": "10/12/1986"}]
)
def test_a_code_of_another_birth_is_warned_of(changed):
    assert warned(RIGHT | changed)


def test_a_code_of_another_surname_is_warned_of():
    assert warned(RIGHT | {"cognome": "Bianchi"})
