"""The addresses of a list's pages carry what the visitor's address says, as words and never as orders."""

import pytest

from web.parts.page_links import same_page

HOSTILE = "_scheme=javascript&_external=1&_anchor=x&_method=BREW&endpoint=x&q=a%26b"


@pytest.mark.parametrize(
    ("said", "key", "address"),
    [
        (HOSTILE, "k~1", f"/pratiche/?{HOSTILE}&dopo=k~1"),
        (f"{HOSTILE}&dopo=k~1", None, f"/pratiche/?{HOSTILE}"),
        ("dopo=k~1&stato=aperte", "k~2", "/pratiche/?dopo=k~2&stato=aperte"),
        ("dopo=k~1", None, "/pratiche/"),
    ],
)
def test_another_page_has_the_same_address_but_for_its_key(app, said, key, address):
    with app.test_request_context(f"/pratiche/?{said}"):
        assert same_page("dopo")(key) == address


def test_a_page_of_one_case_keeps_its_number(app):
    with app.test_request_context("/pratiche/SI-2026-B279-0001/cronologia?mostra=tempi"):
        assert same_page("dopo")("100") == "/pratiche/SI-2026-B279-0001/cronologia?mostra=tempi&dopo=100"
