"""Print letters and receipts of a case as PDF, for those who may see it; file names say the number alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from desk import cases, letters
from desk.access import Permission, may, require
from desk.proof import deposits
from desk.requester import secrets
from web.request.access import for_roles
from web.request.context import current_actor, facilities, now, store
from web.request.downloads import attached
from web.request.public_address import kept_address
from web.staff.cases.readers import READERS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from desk.letters import Letter
    from engine.store import UnitOfWork

pages = Blueprint("letters", __name__, url_prefix="/pratiche/<numero>")

RECEIPT, OWN_DATA = "ricevuta", "dati"
WORDS = {
    RECEIPT: ("Ricevuta della richiesta", "Dice che cosa è stato depositato e quando. È senza il codice segreto."),
    "convocazione": ("Convocazione", "L’invito su carta, per chi non ha un’e-mail."),
    "accordo": ("Accordo di riservatezza", "Da firmare prima che qualcuno apra la busta riservata."),
    "busta": ("Ricevuta della busta riservata", "Le impronte dei depositi nella busta, senza il loro contenuto."),
    OWN_DATA: ("I dati del richiedente", "Tutto quello che ha dichiarato, da consegnare a chi lo chiede."),
}


@dataclass(frozen=True)
class Printable:
    """One line of the list of letters."""

    nome: str
    a_che_serve: str
    indirizzo: str


@pages.get("/lettere")
@for_roles(*READERS)
def listing(numero: str) -> str:
    """List what can be printed now, and the fingerprints of what was deposited."""
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        available = [name for name in letters.available(uow, case.id) if _may_print(case, name)]
        made = deposits.of_case(uow, case.id)
    lines = [_printable(case, name) for name in sorted(available, key=_place)]
    return render_template("staff/cases/letters.html", sezione="pratiche", pratica=case, lettere=lines, depositi=made)


@pages.get("/lettere/<nome>.pdf")
@for_roles(*READERS)
def letter(numero: str, nome: str) -> ResponseReturnValue:
    """Set one letter; one that says the requester's own data is for who received them."""
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        if nome == OWN_DATA:
            require(current_actor(), Permission.ISSUE_SECRET, case.istat)
        found = _prepare(uow, case, nome)
    return as_pdf(found, case.number)


@pages.get("/ricevuta.pdf")
@for_roles(*READERS)
def receipt(numero: str) -> ResponseReturnValue:
    """Set the receipt without the secret, which nobody can read again."""
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        found = _prepare(uow, case, RECEIPT)
    return as_pdf(found, case.number)


@pages.post("/ricevuta.pdf")
@for_roles(*READERS)
def receipt_with_secret(numero: str) -> ResponseReturnValue:
    """Set the receipt with the secret that the page has just shown, once it is checked to be the present one."""
    secret = request.form.get("codice", "")
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, current_actor())
        if not secrets.is_secret(uow, case.id, secret, current_actor()):
            return redirect(url_for("receipt.page", numero=case.number))
        found = _prepare(uow, case, RECEIPT, codice=secret)
    return as_pdf(found, case.number)


def as_pdf(found: Letter, number: str) -> ResponseReturnValue:
    """Set a letter and send it as a file to keep."""
    return attached(found.pdf(), f"{found.name}-{number}.pdf", "application/pdf")


def _prepare(uow: UnitOfWork, case: CaseSummary, name: str, **more: str) -> Letter:
    link = kept_address("follow.form", numero=case.number)
    return letters.prepare(uow, facilities().programme, case.id, name, {"link": link, **more})


def _may_print(case: CaseSummary, name: str) -> bool:
    return name != OWN_DATA or may(current_actor(), Permission.ISSUE_SECRET, case.istat)


def _printable(case: CaseSummary, name: str) -> Printable:
    title, purpose = WORDS.get(name, (name.replace("-", " ").capitalize(), ""))
    return Printable(title, purpose, url_for("letters.letter", numero=case.number, nome=name))


def _place(name: str) -> tuple[bool, int, str]:
    """Put the letters that come with the program first, in their order, and those that designers add after them."""
    known = list(WORDS)
    return (name not in known, known.index(name) if name in known else 0, name)
