import re
from base64 import b64decode
from urllib.parse import unquote

import pytest

from desk import cases
from desk.requester import secrets
from tests.kit.pages import BUROLO, MARTA, make_app, post, sign_in
from web.request.public_address import kept_address


@pytest.fixture
def case(store):
    with store.unit_of_work() as uow:
        return cases.open_request(uow, MARTA, BUROLO)


def receipt_of(case):
    return f"/pratiche/{case.number}/ricevuta"


def secret_in(page):
    return re.search(r'<span class="segreto">(.*?)</span>', page)[1]


def test_the_secret_is_printed_once_and_opens_the_requesters_page(as_person, case, store):
    client = as_person("marta")

    printed = post(client, receipt_of(case), page=receipt_of(case))
    later = client.get(receipt_of(case)).text

    secret = secret_in(printed.text)
    assert re.fullmatch(r"(?:[2-9A-Y]{4} ){2}[2-9A-Y]{4}", secret)
    assert printed.headers["Cache-Control"] == "no-store"
    assert secret not in later
    with store.unit_of_work() as uow:
        assert secrets.open_with(uow, case.number, secret, "127.0.0.1").id == case.id


def test_a_new_secret_is_made_only_after_a_warning(as_person, case):
    client = as_person("marta")
    post(client, receipt_of(case), page=receipt_of(case))

    warned = post(client, receipt_of(case), page=receipt_of(case), follow_redirects=True)
    confirmed = post(client, receipt_of(case), {"conferma": "si"}, page=receipt_of(case))

    assert "smette subito di funzionare" in warned.text
    assert 'segreto">' not in warned.text
    assert secret_in(confirmed.text)


def test_the_receipt_tells_what_happens_next_in_the_comunes_name(as_person, case):
    page = as_person("marta").get(receipt_of(case)).text

    assert "<title>Ricevuta " + case.number + " - Comune di Burolo</title>" in page
    assert "lunedì 23 novembre 2026 alle 12:00" in page
    assert "Marta Prova, referente di Burolo" in page
    assert "non mostrare l’idea" in page


def test_the_code_to_scan_holds_address_and_number_and_nothing_else(store, case):
    app = make_app(store, public_url="https://sportello.example")

    with app.test_request_context():
        address = kept_address("follow.form", numero=case.number)
    page = post(sign_in(app.test_client(), "marta"), receipt_of(case), page=receipt_of(case)).text

    assert address == f"https://sportello.example/segui?numero={case.number}"
    assert _drawn(page) == _drawing_of(address)
    assert "vai su <strong>sportello.example/segui</strong>" in page


@pytest.mark.parametrize("username", ["lia", "sara", "olga", "dario", "ivo"])
def test_who_may_not_see_the_case_finds_no_receipt(as_person, case, username):
    assert as_person(username).get(receipt_of(case)).status_code == 404


@pytest.mark.parametrize("username", ["lia", "sara"])
def test_who_may_not_hand_it_out_makes_no_secret(as_person, case, username):
    answer = post(as_person(username), receipt_of(case), page="/profilo")

    assert answer.status_code == 404


def _drawn(page):
    """Decode the image's address into its drawing."""
    address = re.search(r'<img src="(data:image/svg[^"]+)"', page)[1]
    kind, _, body = address.partition(",")
    return b64decode(body).decode() if kind.endswith("base64") else unquote(body.replace("&#39;", "'"))


def _drawing_of(address):
    import segno

    uri = segno.make(address, error="m", micro=False).svg_data_uri(border=0)
    return unquote(uri.partition(",")[2])
