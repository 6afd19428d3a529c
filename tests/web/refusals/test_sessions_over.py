"""Nothing typed is lost when a session ends or a token grows old."""

from tests.kit.pages import PASSWORD, post, token_in

FROM_US = {"Origin": "http://localhost"}
TYPED = {"righe": "compatte", "tasti": "no"}


def test_answers_sent_after_the_session_ended_come_back_after_signing_in(app):
    client = app.test_client()
    token = token_in(client.get("/accedi").text)

    over = client.post("/profilo/preferenze", data={"csrf_token": token, **TYPED}, headers=FROM_US)
    kept = over.text.split('name="conservate" value="')[1].split('"')[0]
    fields = {"utente": "marta", "password": PASSWORD, "ritorno": "/profilo/preferenze", "conservate": unescape(kept)}
    again = post(client, "/accedi", fields, page="/accedi")

    assert over.status_code == 401
    assert "Entra di nuovo per continuare" in over.text
    assert "Quello che hai scritto è qui" in again.text
    assert 'name="righe" value="compatte"' in again.text
    assert 'action="/profilo/preferenze"' in again.text


def test_an_old_token_keeps_the_answers_and_asks_to_send_them_again(as_person):
    client = as_person("marta")

    old = client.post("/profilo/preferenze", data={"csrf_token": "vecchio", **TYPED}, headers=FROM_US)

    assert old.status_code == 400
    assert "Quello che hai scritto non è perso. Mandalo di nuovo." in old.text
    assert 'name="tasti" value="no"' in old.text
    fresh = {"csrf_token": token_in(old.text), **TYPED}
    assert client.post("/profilo/preferenze", data=fresh).status_code == 302


def test_answers_from_another_site_are_not_offered_again(as_person):
    client = as_person("marta")

    forged = client.post("/profilo/preferenze", data=TYPED, headers={"Origin": "https://altrove.example"})

    assert forged.status_code == 400
    assert "compatte" not in forged.text


def test_secrets_are_never_kept(as_person):
    client = as_person("marta")

    old = client.post("/profilo/password", data={"attuale": PASSWORD, "nuova": "una nuova parola"}, headers=FROM_US)

    assert PASSWORD not in old.text
    assert "una nuova parola" not in old.text


def test_a_background_save_reads_the_refusal_as_data(client):
    token = token_in(client.get("/accedi").text)

    answer = client.post(
        "/profilo/preferenze", data={"csrf_token": token}, headers={"Accept": "application/json", **FROM_US}
    )

    assert answer.status_code == 401
    assert answer.json["titolo"] == "Entra di nuovo per continuare"


def unescape(text):
    from html import unescape as plain

    return plain(text)
