"""List a case's documents and download each, never shown by the browser from our address."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import make_response, render_template

from desk import cases, files, people
from desk.states import Turn
from web.request.access import for_roles
from web.request.context import current_actor, facilities, now, store
from web.request.downloads import attached_stream
from web.staff.cases import sheet
from web.staff.cases.readers import READERS
from web.words.documents import ACCEPTED_WORDS, kind_words, size_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from flask import Response

    from desk.files import Document
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class DocumentRow:
    """A document as the list shows it."""

    id: str
    nome: str
    #: Which kind of file it is, and how large: «PDF, 120 kB».
    tipo: str
    chi: str
    quando: datetime
    #: Whether the requester brought it, and so sees it.
    del_richiedente: bool


@for_roles(*READERS)
def page(numero: str) -> Response:
    return drawn(numero, {})


@for_roles(*READERS)
def download(numero: str, documento: str) -> Response:
    """Give a document out under a neutral name."""
    actor = current_actor()
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, actor)
        document, content = files.read(uow, facilities(), case.id, documento, actor)
    return attached_stream(content, files.neutral_name(case.number, document))


def drawn(number: str, errors: Mapping[str, str], *, brought: bool = False, status: int = HTTPStatus.OK) -> Response:
    """Draw the page, with what is wrong with the file that was sent and what was said about it."""
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, number)
        documents = files.of_case(uow, found.pratica.id, current_actor())
        rows = rows_of(uow, documents, found.pratica.requester)
    page = render_template(
        "staff/cases/documents/listing.html",
        **found.context("documenti"),
        documenti=rows,
        accettati=ACCEPTED_WORDS,
        errori=errors,
        dal_richiedente=brought,
    )
    return make_response(page, status)


def rows_of(uow: UnitOfWork, documents: Sequence[Document], requester: str | None) -> list[DocumentRow]:
    names = people.names(uow, {document.added_by for document in documents})
    names[Turn.REQUESTER.value] = requester or "Il richiedente"
    return [_row(document, names) for document in documents]


def _row(document: Document, names: Mapping[str, str]) -> DocumentRow:
    return DocumentRow(
        document.id,
        document.name,
        f"{kind_words(document.media_type)}, {size_words(document.size)}",
        names.get(document.added_by, document.added_by),
        document.added_at,
        document.from_requester,
    )
