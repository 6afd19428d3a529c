import re

import pytest

from tests.kit.pages import BUROLO, make_app
from web.refusals.failures import CODE_LETTERS
from web.request.access import for_everyone

PUBLIC = ["/", f"/comuni/{BUROLO}", "/accedi", "/segui", "/privacy", "/accessibilita", "/nessuna-pagina"]


@pytest.mark.parametrize("address", PUBLIC)
def test_pages_carry_the_guards_of_a_strict_site(client, address):
    headers = client.get(address).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"


def test_pages_about_people_are_kept_by_no_browser(as_person):
    assert as_person("marta").get("/profilo").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PUBLIC)
def test_pages_hold_no_script_and_no_style_of_their_own(client, address):
    page = client.get(address).text

    assert re.search(r"<script(?![^>]* src=)", page) is None
    assert re.search(r"<style|\sstyle=|\son[a-z]+=", page) is None
    assert re.findall(r'(?:src|href)="https?://', page) == []


def test_forwarded_headers_count_only_for_the_proxies_we_trust(store):
    forwarded = {"X-Forwarded-Host": "sportello.example", "X-Forwarded-Proto": "https"}
    told = {"X-Forwarded-For": "203.0.113.7", **forwarded}

    seen = [_address_seen(make_app(store, trusted_proxies=hops), told) for hops in (0, 1)]

    assert seen == ["http://localhost/ 127.0.0.1", "https://sportello.example/ 203.0.113.7"]


def test_a_request_that_is_too_large_is_refused_in_words(store):
    client = make_app(store, largest_request=1000).test_client()

    answer = client.post("/accedi", data={"utente": "x" * 2000})

    assert answer.status_code == 413
    assert "troppo grande" in answer.text


def test_a_host_that_is_not_ours_is_refused(store):
    client = make_app(store, trusted_hosts=("sportello.example",)).test_client()

    assert client.get("/", base_url="http://altrove.example").status_code == 400
    assert client.get("/", base_url="http://sportello.example").status_code == 200


def test_our_own_error_gives_a_code_to_read_on_the_phone(store):
    app = make_app(store)
    app.add_url_rule("/rotta", "rotta", for_everyone(lambda: 1 / 0))

    answer = app.test_client().get("/rotta")

    assert answer.status_code == 500
    assert "Il problema è nostro" in answer.text
    assert re.search(rf"E-[{CODE_LETTERS}]{{4}}", answer.text)


def test_a_missing_page_and_a_forbidden_one_read_the_same(client, as_person):
    missing = client.get("/nessuna-pagina")

    assert missing.status_code == 404
    assert "Questa pagina non c’è" in missing.text


def _address_seen(app, headers):
    from flask import request

    app.add_url_rule("/chi", "chi", for_everyone(lambda: f"{request.host_url} {request.remote_addr}"))
    return app.test_client().get("/chi", headers=headers).text
