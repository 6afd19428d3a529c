from tests.kit.pages import PASSWORD, post, sign_in
from tests.kit.walked import Walked

NEW = "un’altra parola lunga"


def change(client, present=PASSWORD, new=NEW, again=None):
    fields = {"attuale": present, "nuova": new, "ripeti": new if again is None else again}
    return post(client, "/profilo/password", fields, page="/profilo")


def test_a_new_password_keeps_this_session_and_ends_the_others(app, as_person):
    here, elsewhere = as_person("marta"), as_person("marta")

    answer = change(here)

    assert answer.location == "/profilo"
    assert here.get("/profilo").status_code == 200
    assert elsewhere.get("/profilo").status_code == 302
    old = post(app.test_client(), "/accedi", {"utente": "marta", "password": PASSWORD}, page="/accedi")
    assert old.status_code == 422


def test_a_password_is_changed_only_by_who_knows_the_present_one(as_person):
    answer = change(as_person("marta"), present="sbagliata")

    assert answer.status_code == 422
    assert "Non è la password con cui sei entrato" in answer.text


def test_a_weak_or_mistyped_password_is_refused_in_words(as_person):
    client = as_person("marta")

    weak, mistyped = change(client, new="corta"), change(client, again="diversa da quella")

    assert "Usa almeno 12 caratteri" in weak.text
    assert "Le due password nuove non sono uguali" in mistyped.text
    assert client.get("/profilo").status_code == 200


def test_a_person_with_two_roles_acts_in_one_and_changes_it(as_person):
    client = as_person("paolo")
    before = client.get("/profilo").text

    post(client, "/profilo/ruolo", {"ruolo": "Coordinatore"}, page="/profilo")

    assert "Lavora come coordinatore" in before
    assert "<strong>analista Novain</strong>" in before
    assert "<strong>coordinatore Novain</strong>" in client.get("/profilo").text


def test_nobody_acts_in_a_role_they_do_not_hold(as_person):
    client = as_person("marta")

    answer = post(client, "/profilo/ruolo", {"ruolo": "Amministratore"}, page="/profilo")

    assert answer.status_code == 404
    assert "referente di Burolo" in client.get("/profilo").text


def test_preferences_are_remembered_by_the_browser_even_after_leaving(as_person):
    client = as_person("marta")

    post(client, "/profilo/preferenze", {"righe": "compatte", "tasti": "no"}, page="/profilo")
    post(client, "/esci", page="/profilo")
    page = sign_in(client, "marta").get("/profilo").text

    assert 'value="compatte" checked' in page
    assert 'data-scorciatoie="no"' in page


def test_the_menu_says_how_much_one_has_to_do(as_person, store, clock):
    Walked(store, clock)

    assert (
        '<span class="conta">1<span class="visually-hidden"> da fare</span></span>'
        in as_person("marta").get("/profilo").text
    )
    assert 'class="conta"' not in as_person("sara").get("/profilo").text


def test_a_role_without_cases_is_offered_none(as_person):
    page = as_person("dario").get("/profilo").text

    assert "Pratiche" not in page
    assert 'role="search"' not in page
