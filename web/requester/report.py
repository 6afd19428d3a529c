"""«Non riconosci un’apertura? Segnalacelo»: take a report about somebody who opened the requester's envelope."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from desk import comuni, envelope, people
from desk.access import Role
from desk.addresses import is_deliverable
from desk.mail import NewMail, enqueue
from desk.requester import reports
from desk.requester.reports import Doubt, key_of
from engine.paging import cut
from web.parts.page_links import page_links
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import store
from web.request.public_address import mailed_address
from web.request.requester_session import own_case, requester
from web.requester.envelope_words import DOUBTS, access_words
from web.requester.frame import frame
from web.requester.openings import OPENINGS, openings_address
from web.words.envelope import role_words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

pages = Blueprint("requester_report", __name__, url_prefix="/segui/richiesta/busta/segnala")
SEEN = 10
"""How many openings one chooses from at a time."""
PROBLEMS = {"apertura": "Scegli l’apertura che non riconosci", "dubbio": "Scegli che cosa non va"}


@pages.get("")
@for_everyone
def form() -> str:
    with store().snapshot() as uow:
        return _page(uow, own_case(uow), {})


@pages.post("")
@for_everyone
def send() -> ResponseReturnValue:
    key, doubt = request.form.get("apertura", ""), request.form.get("dubbio", "")
    missing = {"apertura": not key, "dubbio": doubt not in set(Doubt)}
    problems = {name: PROBLEMS[name] for name, absent in missing.items() if absent}
    if problems:
        with store().snapshot() as uow:
            page = _page(uow, own_case(uow), problems, key, doubt)
        return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
    with store().unit_of_work() as uow:
        case = own_case(uow)
        if reports.report(uow, case, key, Doubt(doubt), requester(case)):
            _warn(uow, case, f"{key}|{doubt}")
    announce("Grazie, abbiamo ricevuto la segnalazione", "Il referente e il coordinatore controllano e ti richiamano.")
    return redirect(url_for("follow.page"))


def _warn(uow: UnitOfWork, case: CaseSummary, about: str) -> None:
    """Write to the referenti of the Comune and the coordinators; that it happened, not what the envelope holds."""
    comune = comuni.get(uow, case.istat)
    told = {**_people(uow, case, Role.REFERENTE), **_people(uow, case, Role.COORDINATORE)}
    address = mailed_address("pratiche.cronologia", numero=case.number)
    words = {"numero": case.number, "comune": comune, "indirizzo": address}
    text = render_template("requester/mail_report.txt", **words)
    html = render_template("requester/mail_report.html", **words)
    for username, email in told.items():
        mail = NewMail(email, f"Pratica {case.number}: un’apertura da controllare", text, html, "segnalazione")
        enqueue(uow, f"segnalazione:{case.id}:{about}:{username}", mail, case.id)


def _people(uow: UnitOfWork, case: CaseSummary, role: Role) -> dict[str, str]:
    held = people.holding(uow, role, case.istat)
    return {user.username: user.email for user in held if is_deliverable(user.email)}


def _page(uow: UnitOfWork, case: CaseSummary, problems: dict[str, str], key: str = "", doubt: str = "") -> str:
    seen = cut(envelope.accesses(uow, case.id), request.args.get(OPENINGS), SEEN)
    return render_template(
        "requester/report.html",
        **frame(uow, case),
        aperture=seen.items,
        pagine=page_links(seen, SEEN, openings_address("requester_report.form")),
        chiave_di=key_of,
        apertura_in_parole=access_words,
        ruolo_in_parole=role_words,
        dubbi=DOUBTS,
        scelta=key,
        dubbio=doubt,
        errori=problems,
        errore_in_pagina=bool(problems),
    )
