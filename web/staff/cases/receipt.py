"""Show and print the receipt: what was received, what happens next, and once only the second secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from flask import Blueprint, make_response, redirect, render_template, request, url_for

from desk import cases, comuni
from desk.access import Permission, may, require
from desk.calendar import local_date
from desk.envelope import agreements
from desk.proof import deposits
from desk.proof.deposits import DepositKind
from desk.requester import secrets
from web.request.access import for_signed_in
from web.request.context import current_actor, store
from web.request.people import person_name
from web.request.public_address import kept_address

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

pages = Blueprint("receipt", __name__, url_prefix="/pratiche/<numero>/ricevuta")


@pages.get("")
@for_signed_in
def page(numero: str) -> str:
    """Show the receipt, without the secret: a secret is never shown twice."""
    with store().snapshot() as uow:
        return _sheet(cases.get(uow, numero, current_actor()), None)


@pages.post("")
@for_signed_in
def issue(numero: str) -> ResponseReturnValue:
    """Make a new secret and print it with the receipt; one that exists already is replaced only when confirmed."""
    with store().unit_of_work() as uow:
        case = _whose_secret_may_be_given(uow, numero)
        if case.has_secret and request.form.get("conferma") != "si":
            return redirect(url_for("receipt.confirm", numero=numero))
        secret = secrets.issue(uow, case.id, current_actor())
        deposits.seal(uow, case.id, current_actor())
    return make_response(_sheet(case, secret))


@pages.get("/nuovo-codice")
@for_signed_in
def confirm(numero: str) -> str:
    """Ask before a new secret makes the former one useless."""
    with store().snapshot() as uow:
        return render_template("staff/cases/receipt_confirm.html", pratica=_whose_secret_may_be_given(uow, numero))


def _whose_secret_may_be_given(uow: UnitOfWork, number: str) -> CaseSummary:
    case = cases.get(uow, number, current_actor())
    require(current_actor(), Permission.ISSUE_SECRET, case.istat)
    return case


def _sheet(case: CaseSummary, secret: str | None) -> str:
    address = kept_address("follow.form", numero=case.number)  # the number, never the secret
    with store().snapshot() as uow:
        comune = comuni.get(uow, case.istat)
        sealed = deposits.latest(uow, case.id)
        co_signer = agreements.co_signer(uow, case.id, local_date(uow.now))
        in_envelope = deposits.latest(uow, case.id, DepositKind.ENVELOPE) is not None
    return render_template(
        "staff/cases/receipt.html",
        pratica=case,
        comune=comune,
        deposito=sealed,
        busta_piena=in_envelope,
        firmatario=co_signer,
        registrata_da=person_name(case.opened_by),
        segreto=secret.replace("-", " ") if secret else None,
        puo_consegnare=may(current_actor(), Permission.ISSUE_SECRET, case.istat),
        indirizzo=address.partition("?")[0].partition("://")[2],
        qr=segno.make(address, error="m", micro=False).svg_data_uri(border=0),
    )
