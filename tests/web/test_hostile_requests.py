"""What no page of ours sends: every bit of it gets an answer, never a failure."""

import pytest

from tests.kit.pages import post

NUL = "%00"


@pytest.mark.parametrize("address", [f"/comuni/{NUL}", f"/comuni/?q={NUL}", f"/segui?numero=a{NUL}b", f"/?{NUL}=x"])
def test_an_address_with_a_nul_is_not_understood(client, address):
    assert client.get(address).status_code == 400


def test_a_field_with_a_nul_is_read_without_it_and_a_name_with_one_is_not_understood(client):
    assert post(client, "/segui", {"numero": "SI\0", "codice": "x"}).status_code == 422
    assert post(client, "/segui", {"numero\0": "SI", "codice": "x"}).status_code == 400


def test_a_very_long_search_is_answered(client, as_person):
    assert client.get("/comuni/", query_string={"q": "x" * 60_000}).status_code == 200
    assert as_person("marta").get("/pratiche/", query_string={"q": "x" * 60_000}).status_code == 200


@pytest.mark.parametrize(
    "key",
    ["2026-01-01~x", "2026-01-01T10:00:00~x", "0001-01-01T00:00:00+23:59~x", "9999-12-31T23:59:59-23:59~x", "~", "²"],
)
@pytest.mark.parametrize("page", ["/pratiche/", "/attivita/", "/attivita/da-prendere-in-carico", "/attivita/fatte"])
def test_a_mangled_page_key_is_answered(as_person, page, key):
    assert as_person("marta").get(page, query_string={"dopo": key}).status_code == 200


def test_an_endless_row_number_is_answered(as_person):
    query = {"dopo": "2026-01-01T10:00:00+00:00~x", "da": "9" * 5_000}

    assert as_person("marta").get("/attivita/", query_string=query).status_code == 200


@pytest.mark.parametrize("kept", ["[" * 100_000, '[["nome","\\ud800"]]', '[["nome",1]]', '[["a","b","c"]]', "{}", "1"])
@pytest.mark.parametrize("page", ["/accedi", "/segui"])
def test_kept_answers_that_we_never_wrote_are_let_go(client, page, kept):
    fields = {"utente": "x", "password": "x", "numero": "x", "codice": "x", "conservate": kept, "ritorno": "/attivita"}

    response = post(client, page, fields, page=page)

    assert response.status_code == 422
    assert "\\ud800" not in response.text


@pytest.mark.parametrize(
    "name", ["a" * 300, "a" * 300 + "/b", "a" * 5_000, "dist", "%00", "../../app.py", "%2e%2e/app.py"]
)
def test_a_static_file_that_cannot_be_is_not_there(client, name):
    assert client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}).status_code in {400, 404}
