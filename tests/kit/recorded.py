"""Record every answer of a desk: pages, files, addresses, headers, cookies, mails, logs, tables."""

from __future__ import annotations

import logging
import re
from collections import Counter
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from html import unescape
from io import StringIO
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from sqlalchemy import inspect, text
from werkzeug.exceptions import HTTPException

from desk.envelope import KeyRing
from desk.extension import extension
from desk.facilities import Facilities
from desk.facilities.transport import Smtp
from engine import jobs
from engine.store import Store
from tests.kit.databases import sharing_statements
from tests.kit.listening import Heard, of_address, of_cookie, of_mail, of_pdf
from tests.kit.pages import KEYS, PASSWORD, make_app, token_in
from tests.started import free_port
from web.request.access import for_everyone
from web.request.logs import JsonLines

SENDER = "sportello@novain.example"
NOBODY = "nessuno"
"""Who has not signed in."""
FEW = 2
"""Links of one kind that a visitor follows."""
THE_SAME_FOR_ALL = ("home", "towns", "legal", "sign_in")
"""Blueprints whose pages know of no case: one visitor explores them for everybody."""
ORIGIN = {"Origin": "http://localhost"}
"""What says that a form was on a page of ours: only then may what was typed be kept."""


class Inbox:
    """A mail server that notes what it accepts, byte by byte."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # as aiosmtpd calls it
        self.letters.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


class RecordedDesk:
    """The program over a database of its own; ``heard`` holds what came out of it."""

    def __init__(self, url, folder, clock, transport):
        self.folder, self.clock, self.heard = folder, clock, Heard()
        facilities = Facilities(public_url="http://localhost", envelope_keys=KeyRing.read(KEYS), mail=transport)
        self.store = sharing_statements(Store(url, extensions=(extension(facilities),), clock=clock))
        self.app = self.make_app()

    def make_app(self, **changes):
        chosen = {"folder": self.folder, "public_url": "http://localhost", **changes}
        return make_app(self.store, **chosen)

    def visitor(self, name, app=None):
        return Visitor(self, name, app or self.app)

    def worked(self):
        """Let the worker do all that is due."""
        while jobs.run_due(self.store) + sum(each.work(self.store) for each in self.store.extensions if each.work):
            pass

    def note_tables(self):
        with self.store.snapshot() as uow:
            names = inspect(uow.connection).get_table_names()
            for name in names:
                for row in uow.connection.execute(text(f'SELECT * FROM "{name}"')):  # the database's own
                    self.heard.note("table", name, *cells(row))

    def note_files(self):
        for path in self.folder.rglob("*"):
            if path.is_file():
                where = str(path.relative_to(self.folder))
                self.heard.note("file", where, where.encode(), path.read_bytes())


def cells(row):
    """Give the words of a row together, and each thing that may be packed by itself."""
    yield "\n".join(str(cell) for cell in row if not isinstance(cell, bytes)).encode()
    yield from (bytes(cell) for cell in row if isinstance(cell, bytes | memoryview))


class Visitor:
    """A browser and who sits before it; what it is answered is noted under who asked and what."""

    def __init__(self, desk, name, app):
        self.desk, self.name, self.app, self.client = desk, name, app, app.test_client()

    def signed_in(self, role=None, back=""):
        token = token_in(self.client.get("/accedi").text)
        fields = {"csrf_token": token, "utente": self.name, "password": PASSWORD, "ritorno": back}
        assert self.sent(self.client.post("/accedi", data=fields)).status_code == 302
        if role:
            assert self.post("/profilo/ruolo", {"ruolo": role}, page="/profilo").status_code == 302
        return self

    def get(self, address, **more):
        return self.sent(self.client.get(address, **more))

    def post(self, address, fields=None, *, page="/segui", **more):
        """Send a form with the token of a page that shows one to whoever this is."""
        token = token_in(self.client.get(page, follow_redirects=True).text)
        return self.sent(self.client.post(address, data={"csrf_token": token, **(fields or {})}, **more))

    def sent(self, answer):
        """Note an answer, and give it back."""
        heard, where = self.desk.heard, f"{self.name} {self._what(answer.request)}"
        heard.note("address", where, *of_address(answer.request.full_path), *of_address(answer.location or ""))
        heard.note("header", where, str(answer.headers).encode())
        for cookie in answer.headers.getlist("Set-Cookie"):
            if cookie.startswith("sportello="):
                heard.note("cookie", where, *of_cookie(cookie.partition("=")[2].partition(";")[0]))
        heard.note(_kind(answer), where, *_parts(answer))
        for earlier in answer.history:
            self.sent(earlier)
        answer.close()
        return answer

    def explored(self, *starts):
        """Follow the links that this visitor finds, a few of each kind."""
        waiting, known, times = list(starts), set(starts), Counter()
        while waiting:
            answer = self.get(waiting.pop(0), follow_redirects=True)
            for link in re.findall(r'href="(/[^"#]*)', answer.text if answer.mimetype == "text/html" else ""):
                kind = self._route(urlsplit(link).path, "GET")
                if link not in known and times[kind] < FEW and self._is_of_interest(kind):
                    known.add(link)
                    times[kind] += 1
                    waiting.append(unescape(link))

    def _is_of_interest(self, kind):
        of = kind.partition(".")[0]
        return of != "static" and (of not in THE_SAME_FOR_ALL or self.name == NOBODY)

    def _what(self, request):
        """Name what was asked by its route, which is the same in each case."""
        return self._route(request.path, request.method)

    def _route(self, path, method):
        try:
            return self.app.url_map.bind("localhost").match(path, method)[0]
        except HTTPException:
            return path


def _kind(answer):
    if answer.mimetype == "text/calendar":
        return "calendar"
    if answer.mimetype == "application/pdf":
        return "pdf"
    if answer.mimetype in ("text/html", "application/json", "text/plain"):
        return "page" if answer.status_code < 400 else "error page"
    return "download"


def _parts(answer):
    return of_pdf(answer.data) if answer.mimetype == "application/pdf" else (answer.data,)


@contextmanager
def recorded(url, folder, clock):
    """Open a desk beside a real mail server; at the end note its mails, its logs and whatever it printed."""
    inbox, printed, everything = Inbox(), StringIO(), logging.StreamHandler(StringIO())
    everything.setFormatter(JsonLines())
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    server.start()
    logging.getLogger().addHandler(everything)
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            desk = RecordedDesk(url, folder, clock, Smtp("127.0.0.1", server.port, SENDER))
            yield desk
    finally:
        logging.getLogger().removeHandler(everything)
        server.stop()
    for to, content in inbox.letters:
        desk.heard.note("mail", to, *of_mail(content))
    desk.heard.note("log", "printed", printed.getvalue().encode())
    desk.heard.note("log", "logged", everything.stream.getvalue().encode())
    desk.store.close()


def loudly_failing(app, word):
    """Give the program a page that fails, whose address holds a word: the log tells addresses as the routes say."""
    app.add_url_rule(f"/{word}", word, for_everyone(lambda: int(word)))


def fields_of(page, *names):
    """Give what a page's last form carries of its own."""
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1] for name in names}
