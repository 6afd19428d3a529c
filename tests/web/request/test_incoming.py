import pytest
from flask import Flask, request
from werkzeug.datastructures import MultiDict

from tests.kit.pages import PASSWORD
from web.request.incoming import Incoming


@pytest.fixture
def read():
    app = Flask("x", static_folder=None)
    app.request_class = Incoming

    def _read(**fields):
        with app.test_request_context("/", method="POST", data=MultiDict(fields)):
            return request.form

    return _read


def test_every_page_reads_its_fields_without_what_nobody_sees(read):
    form = read(
        codice="\u200bABCD-\u2060EFGH\ufeff", nome="Nicolo\u0300\u00a0", voce="\uf0b7 uno\r\ndue", vuoto="\u200b"
    )

    assert form.to_dict() == {"codice": "ABCD-EFGH", "nome": "Nicolò ", "voce": " uno\ndue", "vuoto": ""}


def test_fields_of_one_name_stay_together_and_in_order(read):
    assert read(persone=["uno", "due\u200b"]).getlist("persone") == ["uno", "due"]


@pytest.mark.parametrize("name", ["password", "attuale", "nuova", "ripeti"])
def test_every_character_of_a_password_counts(read, name):
    assert read(**{name: f" {PASSWORD}\u200b\u00a0"})[name] == f" {PASSWORD}\u200b\u00a0"
