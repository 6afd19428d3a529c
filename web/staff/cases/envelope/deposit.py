"""Deposit something in the envelope for a requester who hands it over at the counter."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import make_response, redirect, render_template, request, url_for

from desk import cases, envelope
from desk.access import Permission, require
from desk.errors import DeskRefusal
from web.refusals import status_of
from web.refusals.failures import notice_for
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, facilities, now, store
from web.request.page_key import new_key, page_key
from web.request.unsent_answers import SEALED_FILE, SEALED_TEXT
from web.staff.cases.readers import READERS

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from desk.envelope import NewDeposit
    from engine.store import UnitOfWork


@for_roles(*READERS)
def form(numero: str) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        return _draw(_fillable(uow, numero))


@for_roles(*READERS)
def deposit(numero: str) -> ResponseReturnValue:
    """Seal a text or a file; a refusal keeps on the page what was typed, and nowhere else."""
    with store().snapshot(now()) as uow:
        case = _fillable(uow, numero)
    try:
        given = received()
        with store().unit_of_work(now()) as uow:
            envelope.deposit(uow, facilities(), case.id, given, current_actor())
    except DeskRefusal as refusal:
        if status_of(refusal) is HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return _draw(case, refusal)
    receipt = url_for("letters.letter", numero=numero, nome="busta")
    announce("Messo nella busta", "Consegna al richiedente la", address=receipt, link="ricevuta della busta (PDF).")
    return redirect(url_for("busta.page", numero=numero))


@for_roles(*READERS)
def speak_only(numero: str) -> ResponseReturnValue:
    spoken = request.form.get("a_voce") == "si"
    with store().unit_of_work(now()) as uow:
        envelope.speak_only(uow, _fillable(uow, numero).id, current_actor(), spoken=spoken)
    announce("L’idea si racconta solo a voce" if spoken else "La busta si può riempire")
    return redirect(url_for("busta.page", numero=numero))


def received() -> NewDeposit:
    """Read a deposit from the form that was sent: its file when there is one, or else its text.

    Raises:
        DocumentRefused, ScannerUnavailable: the file may not come in.

    """
    key, file = page_key(request.form.get("chiave", "")), request.files.get(SEALED_FILE)
    if file is not None and file.filename:
        return envelope.receive_file(facilities(), file.filename, file.stream, key)
    return envelope.text_deposit(request.form.get(SEALED_TEXT, ""), key)


def _fillable(uow: UnitOfWork, number: str) -> CaseSummary:
    case = cases.get(uow, number, current_actor())
    require(current_actor(), Permission.FILL_ENVELOPE, case.istat)
    return case


def _draw(case: CaseSummary, refusal: DeskRefusal | None = None) -> Response:
    page = render_template(
        "staff/cases/envelope/deposit.html",
        sezione="pratiche",
        pratica=case,
        chiave=page_key(request.form["chiave"]) if "chiave" in request.form else new_key(),
        testo=request.form.get(SEALED_TEXT, ""),
        avviso=notice_for(refusal) if refusal else None,
        errore_in_pagina=refusal is not None,
    )
    return make_response(page, status_of(refusal) if refusal else 200, {"Cache-Control": "no-store"})
