"""Upload documents of a case into the storage that the pages use."""

from __future__ import annotations

from io import BytesIO

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from desk import files
from tests.kit.hostile_files import pdf
from tests.kit.pages import token_in


def attached(app, store, case_id, actor, name="preventivo.pdf"):
    facilities = app.extensions["sportello"].facilities
    with files.receive(facilities, name, BytesIO(pdf())) as upload, store.unit_of_work() as uow:
        return files.attach(uow, facilities, case_id, upload, actor)


def send(client, page, content, name, **fields):
    """Send a file as the page's form does."""
    data = {"csrf_token": token_in(client.get(page).text), "documento": FileStorage(BytesIO(content), name), **fields}
    boundary, body = encode_multipart(data)
    return client.post(page, data=body, content_type=f"multipart/form-data; boundary={boundary}")
