"""«I tuoi documenti»: list the papers the desk prints for the requester, and take those they bring along."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for

from desk import agenda, files, letters
from desk.calendar import local_date
from desk.envelope import agreements
from desk.errors import DocumentNotFound, DocumentRefused, ScannerUnavailable, StorageUnavailable, TooManyDocuments
from desk.proof import deposits
from desk.proof.deposits import DepositKind
from web.refusals import status_of
from web.refusals.failures import notice_for
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import facilities, now, store
from web.request.downloads import attached, attached_stream
from web.request.public_address import kept_address
from web.request.requester_session import own_case, requester
from web.requester.frame import frame
from web.words.dates import date_words
from web.words.documents import ACCEPTED_WORDS, kind_words, size_words

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from desk.errors import DeskRefusal
    from engine.store import UnitOfWork

pages = Blueprint("requester_documents", __name__, url_prefix="/segui/richiesta/documenti")
NOTHING_CHOSEN = "Scegli un file"


@dataclass(frozen=True)
class Paper:
    """A letter that the desk prints for the requester: its name in the address, its title and its date in words."""

    nome: str
    titolo: str
    sotto: str


@pages.get("")
@for_everyone
def form() -> str:
    with store().snapshot() as uow:
        return _page(uow, own_case(uow))


@pages.post("")
@for_everyone
def add() -> ResponseReturnValue:
    chosen = request.files.get("documento")
    with store().snapshot() as uow:
        own_case(uow)  # nobody else's file is even looked at
    if chosen is None or not chosen.filename:
        return _again(NOTHING_CHOSEN)
    try:
        there = _attach(chosen.filename, cast("BinaryIO", chosen.stream))
    except (DocumentRefused, ScannerUnavailable, StorageUnavailable, TooManyDocuments) as refusal:
        return _again(flaw_words(refusal), status_of(refusal))
    if there:
        announce("Questo documento c’è già", f"È nell’elenco con il nome «{there}».")
    else:
        announce("Abbiamo ricevuto il documento", "Lo vede chi lavora alla tua richiesta.")
    return redirect(url_for("requester_documents.form"))


@pages.get("/<document_id>")
@for_everyone
def download(document_id: str) -> Response:
    with store().snapshot() as uow:
        case = own_case(uow)
        document, content = files.read(uow, facilities(), case.id, document_id, requester(case))
        return attached_stream(content, files.neutral_name(case.number, document))


@pages.get("/<document_id>/togli")
@for_everyone
def ask_to_remove(document_id: str) -> str:
    with store().snapshot() as uow:
        case = own_case(uow)
        document = files.get(uow, case.id, document_id, requester(case))
        if document.added_by != requester(case).user:
            raise DocumentNotFound(document_id)
        return render_template("requester/remove_document.html", **frame(uow, case), documento=document)


@pages.post("/<document_id>/togli")
@for_everyone
def remove(document_id: str) -> ResponseReturnValue:
    with store().unit_of_work() as uow:
        case = own_case(uow)
        files.remove(uow, facilities(), case.id, document_id, requester(case))
    announce("Il documento non c’è più", "Lo abbiamo cancellato per sempre.")
    return redirect(url_for("requester_documents.form"))


@pages.get("/lettere/<nome>.pdf")
@for_everyone
def paper(nome: str) -> Response:
    """Set one of the papers on the list; no other letter of the process is the requester's to have."""
    with store().snapshot() as uow:
        case = own_case(uow)
        if nome not in {each.nome for each in papers(uow, case)}:
            abort(HTTPStatus.NOT_FOUND)
        link = kept_address("follow.form", numero=case.number)
        letter = letters.prepare(uow, facilities().programme, case.id, nome, {"link": link})
    return attached(letter.pdf(), f"{case.number}-{nome}.pdf", "application/pdf")


def papers(uow: UnitOfWork, case: CaseSummary) -> list[Paper]:
    """List the letters that there are for this case now."""
    found = [_receipt(case), _envelope_receipt(uow, case), _agreement(uow, case), _invitation(uow, case)]
    brought = set(letters.names(uow, case.id))
    return [each for each in found if each is not None and each.nome in brought]


def section(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any]:
    """Give the variables of «I tuoi documenti»."""
    return {
        "carte": papers(uow, case),
        "documenti": files.of_case(uow, case.id, requester(case)),
        "genere_in_parole": kind_words,
        "grandezza_in_parole": size_words,
        "chi_richiedente": requester(case).user,
    }


def flaw_words(refusal: DeskRefusal) -> str:
    """Say in one text why a file did not come in, and what to do."""
    notice = notice_for(refusal)
    return f"{notice.title}. {notice.text}"


def _attach(filename: str, stream: BinaryIO) -> str:
    """Add a file; give the name under which the same content stands in the list already, if any."""
    with files.receive(facilities(), filename, stream) as upload, store().unit_of_work() as uow:
        case = own_case(uow)
        added = files.attach(uow, facilities(), case.id, upload, requester(case))
        return added.name if added.name != upload.name else ""


def _receipt(case: CaseSummary) -> Paper:
    return Paper("ricevuta", "Ricevuta della richiesta", f"PDF, {date_words(case.opened_at)}")


def _envelope_receipt(uow: UnitOfWork, case: CaseSummary) -> Paper | None:
    latest = deposits.latest(uow, case.id, DepositKind.ENVELOPE)
    return Paper("busta", "Ricevuta della busta riservata", f"PDF, {date_words(latest.at)}") if latest else None


def _agreement(uow: UnitOfWork, case: CaseSummary) -> Paper | None:
    today = local_date(now())
    signed = [each for each in agreements.of_case(uow, case.id) if each.kind is agreements.AgreementKind.AGREEMENT]
    running = next((each for each in signed if each.in_force(today)), None)
    if running is None and case.closed_at is not None:
        return None
    since = f"in vigore dal {date_words(running.signed_on)}" if running else "da leggere prima di firmarlo"
    return Paper("accordo", "Accordo di riservatezza", f"PDF, {since}")


def _invitation(uow: UnitOfWork, case: CaseSummary) -> Paper | None:
    found = agenda.convocation_of(uow, case.id)
    if case.closed_at is not None or found is None or not (found.state.fixed or found.proposals):
        return None
    return Paper("convocazione", "Invito all’incontro", f"PDF, {date_words(found.changed_at)}")


def _again(problem: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
    with store().snapshot() as uow:
        page = _page(uow, own_case(uow), errore=problem, errore_in_pagina=True)
    return make_response(page, status)


def _page(uow: UnitOfWork, case: CaseSummary, **more: object) -> str:
    return render_template(
        "requester/documents.html", **frame(uow, case), **section(uow, case), accettati=ACCEPTED_WORDS, **more
    )
