"""Open the envelope: the answer to saying why is the page that shows what is in it, kept nowhere."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from flask import make_response, render_template, request

from desk import cases, envelope
from desk.envelope import Denied, EnvelopeReader, Purpose
from engine import tasks
from engine.errors import InstanceNotFound, TaskNotFound
from web.request.access import for_signed_in
from web.request.context import current_actor, facilities, now, store
from web.request.downloads import BYTES, attached
from web.staff.cases.envelope.page import closed
from web.words import envelope as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from desk.cases import CaseSummary
    from desk.envelope import Opened
    from engine.store import UnitOfWork
    from engine.tasks import UserTask

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


@for_signed_in
def open_envelope(numero: str) -> Response:
    reader = _reader()
    with _watched(numero, reader), store().unit_of_work(now()) as uow:
        case = cases.get(uow, numero, reader.actor)
        opened = envelope.open_envelope(uow, case.id, reader)
        task = _task_it_was_opened_for(uow, case, reader)
    if isinstance(opened, Denied):
        return closed(numero, opened.reason)
    shown = render_template(
        "staff/cases/envelope/opened.html",
        sezione="pratiche",
        pratica=case,
        aperti=opened,
        motivo=reader.purpose,
        parole=words,
        attivita=task,
    )
    return make_response(shown, HEADERS)


@for_signed_in
def download(numero: str, elemento: str) -> Response:
    reader = _reader()
    with _watched(numero, reader), store().unit_of_work(now()) as uow:
        case = cases.get(uow, numero, reader.actor)
        opened = envelope.download(uow, case.id, elemento, reader)
    if isinstance(opened, Denied):
        return closed(numero, opened.reason)
    answer = attached(opened.data or b"", _neutral_name(case.number, opened), BYTES)
    answer.headers.update(HEADERS)
    return answer


@contextmanager
def _watched(number: str, reader: EnvelopeReader) -> Iterator[None]:
    """Let the requester read of whoever tries the envelope of a case that they do not see, the administrator included.

    These two pages are open to every role for that alone: the answer is that there is no such page.
    """
    try:
        yield
    except InstanceNotFound:
        with store().unit_of_work(now()) as uow:
            envelope.turn_away(uow, number, reader)
        raise


def _reader() -> EnvelopeReader:
    purpose = None
    with suppress(ValueError):
        purpose = Purpose(request.form.get("motivo", ""))
    return EnvelopeReader(current_actor(), purpose, facilities().envelope_keys)


def _task_it_was_opened_for(uow: UnitOfWork, case: CaseSummary, reader: EnvelopeReader) -> UserTask | None:
    """Find the task of this case from whose page the envelope was opened, to go back there."""
    with suppress(TaskNotFound):
        task = tasks.get(uow, request.form.get("attivita", ""), reader.actor)
        return task if task.case_id == case.id else None
    return None


def _neutral_name(number: str, opened: Opened) -> str:
    """Name a downloaded file by its case: its own name may say what the idea is, and stays in no list of downloads."""
    ending = opened.name.rpartition(".")[2].lower() if "." in opened.name else "txt"
    safe = ending if ending.isascii() and ending.isalnum() else "bin"
    return f"{number}-busta-{opened.id[:8]}.{safe}"
