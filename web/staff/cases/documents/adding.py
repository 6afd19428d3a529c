"""Add a document to a case: examined before it is anybody's; what is wrong is said beside the question."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from flask import redirect, request, url_for

from desk import cases, files
from desk.errors import DocumentRefused, ScannerUnavailable, StorageUnavailable, TooManyDocuments
from web.refusals import status_of
from web.refusals.failures import notice_for
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, facilities, now, store
from web.staff.cases.documents.listing import drawn
from web.staff.cases.readers import READERS

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from engine.errors import EngineError

NONE_CHOSEN = "Scegli il file da aggiungere."
AT_THE_FILE = (DocumentRefused, ScannerUnavailable, StorageUnavailable, TooManyDocuments)


@for_roles(*READERS)
def add(numero: str) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        case_id = cases.get(uow, numero, current_actor()).id
    chosen, brought = request.files.get("documento"), request.form.get("dal_richiedente") == "si"
    if chosen is None or not chosen.filename:
        return drawn(numero, {"documento": NONE_CHOSEN}, brought=brought, status=422)
    try:
        there = _attach(case_id, chosen.filename, cast("BinaryIO", chosen.stream), brought=brought)
    except AT_THE_FILE as refusal:
        return _refused(numero, refusal, brought=brought)
    if there:
        announce("Questo documento c’è già", f"È nell’elenco con il nome «{there}».")
    else:
        announce(
            "Documento aggiunto", "Lo vede chi segue la pratica" + (", e anche il richiedente." if brought else ".")
        )
    return redirect(url_for("documenti.elenco", numero=numero))


def _attach(case_id: str, filename: str, stream: BinaryIO, *, brought: bool) -> str:
    """Add a file; give the name under which the same content stands in the list already, if any."""
    with files.receive(facilities(), filename, stream) as upload, store().unit_of_work(now()) as uow:
        added = files.attach(uow, facilities(), case_id, upload, current_actor(), from_requester=brought)
        return added.name if added.name != upload.name else ""


def _refused(number: str, refusal: EngineError, *, brought: bool) -> Response:
    notice = notice_for(refusal)
    errors = {"documento": f"{notice.title}. {notice.text}"}
    return drawn(number, errors, brought=brought, status=status_of(refusal))
