"""«Posta dimostrativa»: show the messages of a demonstration as their readers would see them.

It is there only in a demonstration, where every person is invented; anywhere else these pages do not exist.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, render_template, request

from desk.mail import shown
from web.parts.page_links import AFTER, page_links
from web.request.access import for_everyone
from web.request.context import now, settings, store
from web.request.downloads import attached_stream
from web.request.static_files import style_sheet

if TYPE_CHECKING:
    from flask import Response

    from desk.mail.shown import ShownMessage

pages = Blueprint("posta", __name__, url_prefix="/posta-dimostrativa")
SIZE = 25
ALONE = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)
"""What a message may do in its frame: look like itself, and be left by a link."""


@pages.before_request
def _only_in_a_demonstration() -> None:
    if not settings().demonstration:
        abort(404)


@pages.get("")
@for_everyone
def elenco() -> str:
    with store().snapshot(now()) as uow:
        found = shown.page(uow, request.args.get(AFTER), SIZE)
    return render_template("public/demonstration_mail.html", messaggi=found.items, pagine=page_links(found, SIZE))


@pages.get("/<messaggio>")
@for_everyone
def pagina(messaggio: str) -> str:
    return render_template("public/demonstration_message.html", messaggio=_read(messaggio))


@pages.get("/<messaggio>/corpo")
@for_everyone
def corpo(messaggio: str) -> Response:
    """Give the HTML as it was sent, for the frame: without scripts, without an origin, its links leaving the frame."""
    dressed = f'{style_sheet("public/demonstration_message")}<base target="_top"></head>'
    response = make_response(_read(messaggio).html.replace("</head>", dressed, 1))
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@pages.get("/<messaggio>/allegati/<int:posto>")
@for_everyone
def allegato(messaggio: str, posto: int) -> Response:
    """Give a file to be kept, never to be opened in our pages."""
    files = _read(messaggio).attachments
    if posto >= len(files):
        abort(404)
    return attached_stream(BytesIO(files[posto].content), files[posto].name)


def _read(mail_id: str) -> ShownMessage:
    with store().snapshot(now()) as uow:
        return shown.read(uow, mail_id)
