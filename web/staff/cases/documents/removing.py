"""Delete a document for good, after asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for

from desk import cases, files
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, facilities, now, store
from web.staff.cases.documents.listing import rows_of
from web.staff.cases.readers import READERS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@for_roles(*READERS)
def confirm(numero: str, documento: str) -> str:
    """Say what will be gone before it is."""
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        found = files.get(uow, case.id, documento, current_actor())
        (row,) = rows_of(uow, [found], case.requester)
    return render_template("staff/cases/documents/remove.html", sezione="pratiche", pratica=case, documento=row)


@for_roles(*READERS)
def remove(numero: str, documento: str) -> ResponseReturnValue:
    with store().unit_of_work(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        files.remove(uow, facilities(), case.id, documento, current_actor())
    announce("Documento tolto", "Non si può più recuperare. Nella cronologia resta scritto chi l’ha tolto.")
    return redirect(url_for("documenti.elenco", numero=numero))
