import re

import pytest
from sqlalchemy import select

from desk.model import Mail
from tests.kit.pages import make_app, post
from tests.kit.walked import Walked
from web.settings import Mode

PAGE = "/segui/richiesta"


@pytest.fixture
def walked(store, clock):
    return Walked(store, clock).registered()


def mails(store):
    with store.snapshot() as uow:
        return list(uow.session.scalars(select(Mail).where(Mail.name == "link")))


def asked(client, number):
    answer = post(client, "/segui/link", {"numero": number}, page="/segui/link")
    return answer, client.get(answer.location).text


def link_in(mail):
    return re.search(r"http://localhost(/segui/link/[\w-]+)", mail.text)[1]


def test_a_link_comes_by_mail_and_opens_the_page_with_a_button(client, store, walked):
    asked(client, walked.case.number)
    (mail,) = mails(store)
    link = link_in(mail)

    looked = client.get(link)
    opened = post(client, link, page=link)

    assert "Apri la richiesta" in looked.text
    assert opened.location == PAGE
    assert walked.case.number in client.get(PAGE).text


def test_looking_at_a_link_uses_nothing_up(client, store, walked):
    asked(client, walked.case.number)
    link = link_in(mails(store)[0])
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.get(PAGE).location.startswith("/segui")

    assert post(client, link, page=link).location == PAGE


def test_a_used_link_offers_another(app, store, walked):
    first, second = app.test_client(), app.test_client()
    asked(first, walked.case.number)
    link = link_in(mails(store)[0])
    post(first, link, page=link)

    answer = post(second, link, page=link)

    assert answer.status_code == 422
    assert "Questo link non apre più niente" in answer.text
    assert 'action="/segui/link"' in answer.text
    assert second.get(PAGE).location.startswith("/segui")


def test_the_answer_is_the_same_whoever_the_number_is(app, store, walked, clock):
    draft = Walked(store, clock)  # a request that has no e-mail address yet
    answers = [asked(app.test_client(), number) for number in (walked.case.number, draft.case.number, "SI-1999-X-1")]

    assert {answer.status_code for answer, _ in answers} == {302}
    assert len({re.sub(r'value="[^"]+"', "", page) for _, page in answers}) == 1
    assert len(mails(store)) == 1


def test_the_mail_is_neutral_and_goes_to_the_address_on_file(client, store, walked):
    asked(client, walked.case.number)
    (mail,) = mails(store)

    assert mail.recipient == walked.seen().email
    assert mail.subject == f"Il link per la tua richiesta {walked.case.number}"
    for word in (walked.seen().title, walked.seen().requester):
        assert word not in mail.text + mail.html + mail.subject
    assert mail.html.count(link_in(mail)) == 2


def test_asking_too_often_is_refused_alike(client, walked):
    for number in (walked.case.number, "SI-1999-X-1"):
        for _ in range(3):
            asked(client, number)
        refused = post(client, "/segui/link", {"numero": number}, page="/segui/link")
        assert refused.status_code == 429


def test_nobody_sends_a_link_to_a_host_of_their_own_making(store, walked):
    """In production, where nothing says the program's own address, there are no links at all."""
    client = make_app(store, mode=Mode.PRODUCTION).test_client()

    assert client.get("/segui/link", base_url="https://evil.example").status_code == 404
    assert "Ricevi un link" not in client.get("/segui", base_url="https://evil.example").text


def test_the_door_leads_to_the_link(client, walked):
    page = client.get(f"/segui?numero={walked.case.number}").text

    assert f'href="/segui/link?numero={walked.case.number}"' in page
