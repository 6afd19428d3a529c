"""Revoke an agreement: at once, after a page that says what ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, url_for

from desk import cases
from desk.access import Permission, require
from desk.envelope import agreements
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.cases.readers import READERS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from desk.envelope import Recorded
    from engine.store import UnitOfWork


@for_roles(*READERS)
def confirm(numero: str, accordo: str) -> ResponseReturnValue:
    with store().snapshot(now()) as uow:
        case, found = _find(uow, numero, accordo)
    return render_template("staff/cases/envelope/revocation.html", sezione="pratiche", pratica=case, accordo=found)


@for_roles(*READERS)
def revoke(numero: str, accordo: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        case, found = _find(uow, numero, accordo)
        ended = agreements.revoke(uow, case.id, current_actor(), found.id)
    announce("Revoca registrata" if ended else "Era già revocato", "Vale da subito.")
    return redirect(url_for("busta.page", numero=numero))


def _find(uow: UnitOfWork, number: str, agreement_id: str) -> tuple[CaseSummary, Recorded]:
    case = cases.get(uow, number, current_actor())
    require(current_actor(), Permission.RECORD_AGREEMENT, case.istat)
    found = next((each for each in agreements.of_case(uow, case.id) if each.id == agreement_id), None)
    return (case, found) if found else abort(404)
