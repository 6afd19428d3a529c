"""Send a link by mail in place of the secret: asked for with the number, opened with a button, good once.

Looking at the link opens nothing, because programs that check mail look at links too: pressing the button does.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for

from desk import comuni
from desk.mail import NewMail, enqueue
from desk.requester import links
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import store, visitor
from web.request.public_address import mailed_address, own_address
from web.request.requester_session import let_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from desk.requester.links import Link
    from engine.store import UnitOfWork

pages = Blueprint("requester_link", __name__, url_prefix="/segui/link")
SUBJECT = "Il link per la tua richiesta {number}"


@pages.get("")
@for_everyone
def form() -> str:
    _refuse_unknown_address()
    return render_template("requester/ask_link.html", numero=request.args.get("numero", ""), sezione="segui")


@pages.post("")
@for_everyone
def ask() -> ResponseReturnValue:
    """Answer the same whether the number is anybody's or nobody's: only the mail tells them apart."""
    _refuse_unknown_address()
    with store().unit_of_work() as uow:
        link = links.ask(uow, request.form.get("numero", ""), request.remote_addr or "")
        if link is not None:
            _send(uow, link)
    announce("Controlla la tua posta", _sent_words())
    return redirect(url_for("requester_link.form"))


@pages.get("/<token>")
@for_everyone
def page(token: str) -> str:
    return render_template("requester/open_link.html", token=token, sezione="segui")


@pages.post("/<token>")
@for_everyone
def enter(token: str) -> ResponseReturnValue:
    with store().unit_of_work() as uow:
        case = links.open_with(uow, token, request.remote_addr or "")
    if case is None:
        over = render_template("requester/ask_link.html", scaduto=True, numero="", sezione="segui")
        return make_response(over, HTTPStatus.UNPROCESSABLE_ENTITY)
    let_in(case, keep_session=visitor() is not None)
    return redirect(url_for("follow.page"))


def _refuse_unknown_address() -> None:
    if own_address() is None:
        abort(HTTPStatus.NOT_FOUND)


def _send(uow: UnitOfWork, link: Link) -> None:
    comune = comuni.get(uow, link.case.istat)
    address = mailed_address("requester_link.page", token=link.token)
    words = {"numero": link.case.number, "comune": comune, "indirizzo": address, "minuti": _minutes()}
    mail = NewMail(
        to=link.email,
        subject=SUBJECT.format(number=link.case.number),
        text=render_template("requester/mail_link.txt", **words),
        html=render_template("requester/mail_link.html", **words),
        name="link",
        reply_to=comune.email,
    )
    enqueue(uow, f"link:{link.token}", mail, link.case.id)


def _minutes() -> int:
    return int(links.LIFE.total_seconds() // 60)


def _sent_words() -> str:
    return (
        "Se il numero è giusto e la richiesta ha un indirizzo e-mail, ti abbiamo mandato un link. "
        f"Vale {_minutes()} minuti e si usa una volta sola."
    )
