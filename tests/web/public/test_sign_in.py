from datetime import timedelta

import pytest

from desk import people
from tests.kit.pages import ADMINISTRATOR, PASSWORD, make_app, post, sign_in, token_in
from web.settings import Mode


def enter(client, username="marta", password=PASSWORD, **more):
    return post(client, "/accedi", {"utente": username, "password": password, **more}, page="/accedi")


def test_a_person_enters_with_user_name_or_address_and_goes_back_where_they_were(client):
    answer = enter(client, "marta@sportello.example", ritorno="/profilo")

    assert answer.location == "/profilo"
    assert "Marta Prova" in client.get("/profilo").text
    assert "referente di Burolo" in client.get("/profilo").text


@pytest.mark.parametrize(
    "elsewhere", ["https://altrove.example/", "//altrove.example", "/\\altrove.example", "javascript:1"]
)
def test_nobody_is_sent_to_another_site(client, elsewhere):
    answer = enter(client, ritorno=elsewhere)

    assert answer.location.startswith("/")
    assert "altrove" not in answer.location


def test_a_wrong_password_tells_nothing_of_who_exists(client):
    known, unknown = enter(client, "marta", "sbagliata"), enter(client, "nessuno", "sbagliata")

    assert known.status_code == unknown.status_code == 422
    assert known.text.replace("marta", "").split("<main", 1)[1].count("errore") == unknown.text.count("errore")
    assert "<title>Errore: " in known.text
    assert client.get("/profilo").status_code == 302


def test_guessing_is_stopped_with_the_hour_of_the_next_attempt(client):
    for _ in range(10):
        enter(client, "marta", "sbagliata")

    answer = enter(client)

    assert answer.status_code == 429
    assert "Riprova dopo le 12:15" in answer.text
    assert answer.headers["Retry-After"] == "900"


def test_the_session_is_renewed_when_somebody_enters(client):
    before = token_in(client.get("/accedi").text)

    sign_in(client, "marta")

    with client.session_transaction() as session:
        assert session["username"] == "marta"
    assert token_in(client.get("/profilo").text) != before


def test_leaving_ends_the_session(as_person):
    client = as_person("marta")

    answer = post(client, "/esci", page="/profilo")

    assert answer.location == "/"
    assert client.get("/profilo").status_code == 302


def test_a_session_ends_when_the_account_is_closed(as_person, store):
    client = as_person("marta")

    with store.unit_of_work() as uow:
        people.set_active(uow, "marta", ADMINISTRATOR, active=False)

    assert client.get("/profilo").status_code == 302


def test_a_session_ends_after_half_a_day_however_busy(as_person, clock):
    client = as_person("marta")

    clock.now += timedelta(hours=12, seconds=1)

    assert client.get("/profilo").status_code == 302


def test_the_demonstration_says_who_can_enter(store):
    client = make_app(store, mode=Mode.DEMO).test_client()

    page = client.get("/accedi?chi=sara").text

    assert "Chi può entrare nella dimostrazione" in page
    assert "referente di Quagliuzzo" in page
    assert 'value="sara"' in page


@pytest.mark.parametrize("mode", [Mode.PRODUCTION, Mode.TEST])
def test_elsewhere_nobody_is_named(store, mode):
    page = make_app(store, mode=mode).test_client().get("/accedi?chi=sara").text

    assert "dimostrazione" not in page.lower()
    assert "Sara Esempio" not in page
    assert PASSWORD not in page


def test_production_sends_its_cookie_over_encrypted_connections_only(store):
    client = make_app(store, mode=Mode.PRODUCTION).test_client()

    cookie = client.get("/accedi", base_url="https://localhost").headers["Set-Cookie"]

    assert cookie.startswith("__Host-sportello=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
