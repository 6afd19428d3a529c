"""Documents of a case in the storage that the pages use."""

from __future__ import annotations

from io import BytesIO

from desk import files
from tests.kit.hostile_files import pdf


def attached(app, store, case_id, actor, name="preventivo.pdf"):
    facilities = app.extensions["sportello"].facilities
    with files.receive(facilities, name, BytesIO(pdf())) as upload, store.unit_of_work() as uow:
        return files.attach(uow, facilities, case_id, upload, actor)
