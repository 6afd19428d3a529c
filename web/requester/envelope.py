"""The requester's own envelope: put in and take out, who may open it, who did.

The names of what is in it are shown to them alone; its content is shown to nobody here.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from desk import envelope
from desk.calendar import local_date
from desk.envelope import agreements
from desk.errors import DocumentRefused, EnvelopeKeyMissing, ScannerUnavailable, UnfitDeposit
from desk.requester import holdings
from engine.paging import cut
from web.parts.page_links import page_links
from web.refusals import status_of
from web.refusals.failures import notice_for
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import facilities, settings, store
from web.request.page_key import new_key, page_key
from web.request.requester_session import own_case, requester
from web.request.unsent_answers import SEALED_FILE, SEALED_ITEM, SEALED_TEXT
from web.requester.documents import flaw_words
from web.requester.envelope_words import UNFIT, access_words
from web.requester.frame import frame
from web.requester.openings import OPENINGS, openings_address
from web.words.documents import ACCEPTED_WORDS, size_words
from web.words.envelope import role_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from desk.envelope import NewDeposit, Recorded
    from engine.store import UnitOfWork

pages = Blueprint("requester_envelope", __name__, url_prefix="/segui/richiesta/busta")
SEEN = 25
"""How many openings a page tells."""
"""All begin as the envelope's fields do: what they hold is kept nowhere when the page has closed meanwhile."""


@pages.get("")
@for_everyone
def page() -> Response:
    with store().snapshot() as uow:
        return _page(uow, own_case(uow))


@pages.post("/testo")
@for_everyone
def deposit_text() -> ResponseReturnValue:
    _refuse_others()
    text = request.form.get(SEALED_TEXT, "")
    try:
        _deposit(envelope.text_deposit(text, _form_id()))
    except UnfitDeposit as refusal:
        return _again({SEALED_TEXT: UNFIT[refusal.flaw]}, text)
    except EnvelopeKeyMissing as refusal:
        return _again({SEALED_TEXT: flaw_words(refusal)}, text, status_of(refusal))
    return _deposited()


@pages.post("/file")
@for_everyone
def deposit_file() -> ResponseReturnValue:
    _refuse_others()
    chosen = request.files.get(SEALED_FILE)
    if chosen is None or not chosen.filename:
        return _again({SEALED_FILE: UNFIT["vuoto"]})
    try:
        _deposit(envelope.receive_file(facilities(), chosen.filename, chosen.stream, _form_id()))
    except UnfitDeposit as refusal:
        return _again({SEALED_FILE: UNFIT[refusal.flaw]})
    except (DocumentRefused, EnvelopeKeyMissing, ScannerUnavailable) as refusal:
        return _again({SEALED_FILE: flaw_words(refusal)}, status=status_of(refusal))
    return _deposited()


@pages.post("/a-voce")
@for_everyone
def speak_only() -> ResponseReturnValue:
    spoken = request.form.get("a_voce") == "si"
    with store().unit_of_work() as uow:
        case = own_case(uow)
        envelope.speak_only(uow, case.id, requester(case), spoken=spoken)
    if spoken:
        announce("La racconti solo a voce", "Nella busta non entra niente finché non cambi idea.")
    else:
        announce("Puoi usare la busta", "Quello che ci metti resta cifrato.")
    return redirect(url_for("requester_envelope.page"))


def section(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any]:
    """Give the variables of the envelope's two parts of the requester's page."""
    signed = agreements.of_case(uow, case.id)
    return {
        "busta": holdings.envelope_state(uow, case.id),
        "in_busta": len(envelope.items(uow, case.id)),
        "accordi_in_vigore": _running(uow, signed, agreements.AgreementKind.AGREEMENT),
        "accordo_finito": any(each.kind is agreements.AgreementKind.AGREEMENT for each in signed),
        "rinuncia": bool(_running(uow, signed, agreements.AgreementKind.WAIVER)),
        "aperture": envelope.accesses(uow, case.id),
        "apertura_in_parole": access_words,
        "ruolo_in_parole": role_words,
    }


def _running(uow: UnitOfWork, signed: Sequence[Recorded], kind: agreements.AgreementKind) -> list[Recorded]:
    today = local_date(uow.now)
    return [each for each in signed if each.kind is kind and each.in_force(today)]


def _refuse_others() -> None:
    """Look at nothing that somebody sends who has not opened a page."""
    with store().snapshot() as uow:
        own_case(uow)


def _deposit(given: NewDeposit) -> None:
    with store().unit_of_work() as uow:
        case = own_case(uow)
        envelope.deposit(uow, facilities(), case.id, given, requester(case))


def _deposited() -> ResponseReturnValue:
    announce(
        "È nella busta riservata",
        "L’impronta e l’ora del deposito sono sulla",
        address=url_for("requester_documents.paper", nome="busta"),
        link="ricevuta della busta.",
    )
    return redirect(url_for("requester_envelope.page"))


def _form_id() -> str:
    """Give the id that the form carries, so that one sent twice deposits once."""
    return page_key(request.form.get(SEALED_ITEM, ""))


def _again(errors: dict[str, str], typed: str = "", status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
    with store().snapshot() as uow:
        return _page(uow, own_case(uow), status, errori=errors, scritto=typed, errore_in_pagina=True)


def _page(uow: UnitOfWork, case: CaseSummary, status: HTTPStatus = HTTPStatus.OK, **more: object) -> Response:
    """Draw the page; without the key that opens the envelope, all but the names of what is in it."""
    try:
        names, lacking = envelope.own_items(uow, facilities(), case.id, requester(case)), None
    except EnvelopeKeyMissing as refusal:
        names, lacking = [], None if more else notice_for(refusal)
        status = status_of(refusal)
    parts = section(uow, case)
    seen = cut(parts.pop("aperture"), request.args.get(OPENINGS), SEEN)
    shown = render_template(
        "requester/envelope.html",
        **frame(uow, case),
        **parts,
        aperture=seen.items,
        pagine=page_links(seen, SEEN, openings_address("requester_envelope.page")),
        contenuto=names,
        manca=lacking,
        grandezza_in_parole=size_words,
        accettati=ACCEPTED_WORDS,
        nuovo=new_key,
        minuti=int(settings().idle_time.total_seconds() // 60),
        **more,
    )
    return make_response(shown, status)
