import pytest

from desk.access import Role
from tests.kit.pages import make_app, sign_in
from web.request.access import access_of, for_roles

OPEN_TO_ALL = {
    "static",
    "home.page",
    "towns.page",
    "towns.every",
    "legal.faq",
    "legal.help_page",
    "legal.privacy",
    "legal.notes",
    "legal.accessibility",
    "legal.joining",
    "sign_in.form",
    "sign_in.enter",
    "sign_in.leave",
    "follow.form",
    "follow.enter",
    "follow.page",
    "follow.leave",
    "requester_answers.page",
    "requester_answers.send",
    "health.check",
    # Of the demonstration alone: elsewhere there is no such page.
    "posta.allegato",
    "posta.corpo",
    "posta.elenco",
    "posta.pagina",
    # Of whoever came in with number and secret, or by a link.
    "requester_data.as_json",
    "requester_data.as_pdf",
    "requester_data.page",
    "requester_documents.add",
    "requester_documents.ask_to_remove",
    "requester_documents.download",
    "requester_documents.form",
    "requester_documents.paper",
    "requester_documents.remove",
    "requester_envelope.deposit_file",
    "requester_envelope.deposit_text",
    "requester_envelope.page",
    "requester_envelope.speak_only",
    "requester_envelope_choices.ask",
    "requester_envelope_choices.do",
    "requester_link.ask",
    "requester_link.enter",
    "requester_link.form",
    "requester_link.page",
    "requester_meeting.calendar",
    "requester_rating.page",
    "requester_rating.send",
    "requester_report.form",
    "requester_report.send",
}


def test_every_page_says_who_reaches_it(app):
    with app.app_context():
        silent = [endpoint for endpoint in app.view_functions if access_of(endpoint) is None]

    assert silent == []


def test_only_these_pages_are_open_to_whoever_has_not_signed_in(app):
    with app.app_context():
        public = {endpoint for endpoint in app.view_functions if (access := access_of(endpoint)) and access.public}

    assert public == OPEN_TO_ALL


def test_a_page_that_says_nothing_is_reached_by_nobody(store):
    app = make_app(store)
    app.add_url_rule("/dimenticata", "dimenticata", lambda: "segreto")

    answer = sign_in(app.test_client(), "ivo").get("/dimenticata")

    assert answer.status_code == 404


@pytest.mark.parametrize(("username", "status"), [("ivo", 200), ("marta", 404)])
def test_a_page_for_a_role_is_not_there_for_others(store, username, status):
    app = make_app(store)
    app.add_url_rule("/riservata", "riservata", for_roles(Role.ADMINISTRATOR)(lambda: "ecco"))

    answer = sign_in(app.test_client(), username).get("/riservata")

    assert answer.status_code == status


def test_whoever_has_not_signed_in_is_sent_to_sign_in_and_back(client):
    answer = client.get("/profilo?da=qui")

    assert answer.location == "/accedi?ritorno=/profilo?da%3Dqui"


@pytest.mark.parametrize(("username", "words"), [("olga", "Torna a «Comuni»"), ("sara", "Vai alle tue attività")])
def test_a_missing_page_leads_back_to_where_one_works(as_person, username, words):
    assert words in as_person(username).get("/pratiche/niente").text
