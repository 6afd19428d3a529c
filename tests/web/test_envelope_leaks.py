"""A canary sings in the envelope, and is heard nowhere else: no table, log, cookie, header, address, page or file."""

import base64
import re
import zlib
from io import BytesIO

import pytest
import zstandard
from flask import request
from pypdf import PdfReader
from sqlalchemy import inspect, text

from desk import cases, correspondence
from desk.proof import deposits
from engine import instances
from tests.kit.pages import MARTA, make_app, post, sign_in
from tests.kit.sealed_envelope import agree
from tests.kit.walked import Walked
from web.request.unsent_answers import kept_answers

CANARY = "CanarinoGialloOttantotto"
NAME = f"{CANARY}.pdf"
FILE = f"%PDF-1.7\n1 0 obj << /Title ({CANARY}) >> endobj\ntrailer << >>\n%%EOF\n".encode()
SPELLINGS = (
    CANARY.encode(),
    CANARY.encode("utf-16-le"),
    CANARY.encode().hex().encode(),
    base64.b64encode(b"" + CANARY.encode())[:-4],
    base64.b64encode(b"x" + CANARY.encode())[4:-4],
    base64.b64encode(b"xx" + CANARY.encode())[4:-4],
)
CASE_PAGES = ("", "/attivita", "/cronologia", "/diagramma", "/diagramma.json", "/busta", "/ricevuta", "/ricevuta.pdf")


def sings(data):
    """Listen to bytes as they are, and to what they are when unpacked."""
    return any(spelling in layer for layer in (data, *unpacked(data)) for spelling in SPELLINGS)


def unpacked(data):
    for unpack in (zstandard.ZstdDecompressor().decompress, zlib.decompress):
        try:
            yield unpack(data)
        except (zstandard.ZstdError, zlib.error):
            continue


@pytest.fixture
def journey(store, clock, tmp_path, capsys):
    """A journey during which people put the canary in and take a look at it, and everything that was answered."""
    return lambda: Journey(store, clock, tmp_path, capsys)  # begun by the test itself: its prints are its own


class Journey:
    def __init__(self, store, clock, tmp_path, capsys):
        self.store, self.folder, self.capsys = store, tmp_path, capsys
        self.app = make_app(store, folder=tmp_path / "kept")
        self.case = Walked(store, clock).forwarded()
        self.number = self.case.case.number
        self.page = f"/pratiche/{self.number}/busta"
        agree(store, self.case.case.id, "sara")
        self.heard = []
        self.marta, self.sara = (sign_in(self.app.test_client(), name) for name in ("marta", "sara"))

    def sent(self, client, address, fields, **more):
        answer = post(client, address, fields, **more)
        self.noted(client, answer)
        return answer

    def seen(self, client, address):
        answer = client.get(address)
        self.noted(client, answer, answer.data)
        return answer

    def noted(self, client, answer, body=b""):
        cookie = client.get_cookie("sportello")
        parts = (str(answer.headers), str(answer.request.path), cookie.value if cookie else "")
        self.heard += [(answer.request.path, each.encode()) for each in parts]
        self.heard += [(f"{answer.request.path} unsigned", opened_cookie(cookie))] if cookie else []
        self.heard += [(f"{answer.request.path} body", body)]

    def deposited(self):
        assert self.sent(self.marta, f"{self.page}/deposito", {"busta_testo": CANARY}).status_code == 302
        file = {"busta_file": (BytesIO(FILE), NAME)}
        assert self.sent(self.marta, f"{self.page}/deposito", file).status_code == 302
        return self

    def opened(self):
        assert CANARY in self.sent(self.sara, f"{self.page}/apri", {"motivo": "incontro"}).text
        item = re.search(
            r"busta/([0-9a-f-]{36})/scarica", post(self.sara, f"{self.page}/apri", {"motivo": "incontro"}).text
        )
        assert self.sent(self.sara, f"{self.page}/{item[1]}/scarica", {"motivo": "incontro"}).data == FILE
        return self

    def printed(self):
        return self.capsys.readouterr()


def opened_cookie(cookie):
    """Read a session cookie as whoever holds it can: it is signed, not encrypted."""
    payload = cookie.value.lstrip(".").partition(".")[0]
    data = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return b"".join((data, *unpacked(data)))


@pytest.mark.parametrize("pack", [bytes, zstandard.compress, zlib.compress, base64.b64encode, bytes.hex])
@pytest.mark.parametrize("before", [b"", b"a", b"ab"])
def test_a_canary_is_heard_through_what_may_hide_it(pack, before):
    packed = pack(before + CANARY.encode() + b" e altro")

    assert sings(packed if isinstance(packed, bytes) else packed.encode())
    assert not sings(pack(b"silenzio" * 9) if pack is not bytes.hex else b"silenzio")


def test_the_canary_is_in_no_table_but_the_encrypted_one_and_there_it_is_silent(journey):
    desk = journey().deposited().opened()

    with desk.store.snapshot() as uow:
        tables = inspect(uow.connection).get_table_names()
        rows = {name: uow.connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables}
    cells = [
        (name, cell if isinstance(cell, bytes) else str(cell).encode())
        for name in rows
        for row in rows[name]
        for cell in row
    ]

    assert len(rows["envelope_item"]) == 2
    assert len(cells) > 10_000
    assert [name for name, cell in cells if sings(cell)] == []


def test_the_canary_is_in_no_file_of_the_program(journey):
    desk = journey().deposited().opened()
    desk.store.close()

    files = [path for path in desk.folder.rglob("*") if path.is_file()]

    assert any(path.name == "desk.db" for path in files)
    assert [path.name for path in files if sings(path.read_bytes())] == []


def test_the_canary_is_in_no_log_header_address_or_cookie(journey):
    desk = journey().deposited().opened()

    printed = desk.printed()

    assert '"route": "/pratiche/<numero>/busta/deposito"' in printed.out
    assert not sings((printed.out + printed.err).encode())
    assert [where for where, part in desk.heard if sings(part)] == []


def test_the_canary_is_on_no_other_page_and_in_no_letter(journey):
    desk = journey().deposited().opened()
    requester = desk.app.test_client()
    desk.sent(requester, "/segui", {"numero": desk.number, "codice": desk.case.secret})

    for client in (desk.marta, desk.sara):
        for page in CASE_PAGES:
            desk.seen(client, f"/pratiche/{desk.number}{page}")
        desk.seen(client, f"/pratiche/?q={CANARY[:7]}")
        desk.seen(client, "/attivita/")
    desk.seen(requester, "/segui/richiesta")

    pdf = PdfReader(BytesIO(desk.marta.get(f"/pratiche/{desk.number}/ricevuta.pdf").data))
    words = "".join(page.extract_text() for page in pdf.pages)
    found = [(where, part) for where, part in desk.heard if "?q=" not in where]
    assert desk.number in words
    assert not sings(words.encode())
    assert [where for where, part in found if sings(part)] == []


def test_the_canary_is_in_no_variable_mail_or_proof(journey):
    desk = journey().deposited().opened()

    with desk.store.snapshot() as uow:
        case = cases.get(uow, desk.number, MARTA)
        told = (
            instances.get(uow, case.id).variables,
            instances.history(uow, case.id),
            correspondence.context(uow, case.id, "https://sportello.example"),
            deposits.proofs(uow, case.id),
            case,
        )

    assert [each for each in told if sings(repr(each).encode())] == []


def test_what_could_not_be_sealed_is_kept_nowhere_either(journey):
    """No session, an old token: the words are lost rather than written in the clear. Without a key only the form has them."""
    desk = journey()
    origin = {"Origin": "http://localhost"}
    fields = {"busta_testo": CANARY, "nota": "resta"}
    no_token = desk.marta.post(f"{desk.page}/deposito", data=fields, headers=origin)
    stranger = desk.app.test_client()
    no_session = post(stranger, f"{desk.page}/deposito", fields, headers=origin)
    keyless = make_app(desk.store, envelope_keys="", folder=desk.folder / "other")
    failed = post(sign_in(keyless.test_client(), "marta"), f"{desk.page}/deposito", fields)

    assert (no_token.status_code, no_session.status_code, failed.status_code) == (400, 401, 503)
    assert not sings(no_token.data)
    assert not sings(no_session.data)
    assert failed.text.count(CANARY) == 1
    assert re.search(rf'<textarea[^>]*name="busta_testo"[^>]*>\s*{CANARY}', failed.text)
    assert failed.headers["Cache-Control"] == "no-store"
    assert "resta" in no_token.text
    assert not sings("".join(desk.printed()).encode())
    assert [path for path in desk.folder.rglob("*") if path.is_file() and sings(path.read_bytes())] == []


@pytest.mark.parametrize(
    ("address", "in_memory"),
    [("/pratiche/SI-2026-B279-0001/busta/deposito", True), ("/segui/richiesta/busta/file", True), ("/accedi", False)],
)
def test_a_large_file_for_the_envelope_waits_on_no_disk(app, address, in_memory):
    large = CANARY.encode() * 100_000
    head = f'--x\r\nContent-Disposition: form-data; name="busta_file"; filename="{NAME}"\r\n\r\n'
    body = {"data": head.encode() + large + b"\r\n--x--\r\n", "content_type": "multipart/form-data; boundary=x"}

    with app.test_request_context(address, method="POST", **body), request.files["busta_file"].stream as stream:
        assert isinstance(stream, BytesIO) == in_memory
        assert stream.read() == large


def test_what_is_typed_for_the_envelope_is_not_kept_and_the_choice_to_use_it_is(app):
    typed = {"busta_testo": CANARY, "busta_elemento": CANARY, "busta_preferenza": "voce", "nome": "Ada"}

    with app.test_request_context("/segui", method="POST", data=typed, headers={"Origin": "http://localhost"}):
        assert kept_answers() == [("busta_preferenza", "voce"), ("nome", "Ada")]
