"""Visit the requester's pages: come in, add a document, write into the envelope."""

import io
import re

from tests.kit.pages import post

PAGE = "/segui/richiesta"
DOCUMENTS = "/segui/richiesta/documenti"
ENVELOPE = "/segui/richiesta/busta"
CHOICES = "/segui/richiesta/busta/scelte"
CANARY = "canarino-quattro-otto-due"


def enter(client, walked, secret=None, **more):
    fields = {"numero": walked.case.number, "codice": secret or walked.secret, **more}
    return post(client, "/segui", fields, page=f"/segui?numero={walked.case.number}")


def add(client, content=b"Tre preventivi\n", name="preventivi.txt"):
    return post(client, DOCUMENTS, {"documento": (io.BytesIO(content), name)}, page=DOCUMENTS)


def choose(client, name, **fields):
    return post(client, f"{CHOICES}/{name}", fields, page=f"{CHOICES}/{name}" if name != "togli" else ENVELOPE)


def write(client, words=CANARY, page=None):
    page = page or client.get(ENVELOPE).text
    fields = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("csrf_token", "busta_elemento")}
    return client.post(f"{ENVELOPE}/testo", data={**fields, "busta_testo": words})
