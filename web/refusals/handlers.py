"""Handle errors: draw the one page that says what happened, what is safe and what to do."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from desk.errors import StorageUnavailable, TooManyAttempts
from desk.facilities.storage import NO_ROOM
from engine.errors import EngineError
from web.refusals import MISSING, Notice, notice_of, status_of
from web.refusals.failures import logged, notice_for
from web.request.access import SessionOver, access_of
from web.request.context import now, visitor
from web.request.logs import LOG, facts
from web.request.requester_session import RequesterGone, let_out
from web.request.unsent_answers import kept_answers, pack

if TYPE_CHECKING:
    from flask import Flask, Response

    from web.request.unsent_answers import Pairs

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
NOT_UNDERSTOOD = Notice(
    "Non abbiamo capito la richiesta", "Torna indietro e riprova. Se continua, chiama l’assistenza."
)
HTTP_NOTICES = {
    HTTPStatus.NOT_FOUND: MISSING,
    HTTPStatus.FORBIDDEN: MISSING,
    HTTPStatus.METHOD_NOT_ALLOWED: MISSING,
    HTTPStatus.CONFLICT: Notice("Qualcuno è arrivato prima", "Ricarica la pagina per vedere com’è ora."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Notice(
        "Quello che hai mandato è troppo grande", "Togli qualche allegato, o mandane uno più piccolo, e riprova."
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Notice("Troppi tentativi", "Per sicurezza aspettiamo un po’. Riprova più tardi."),
}
OURS = "Il problema è nostro, non in quello che hai scritto. Riprova tra un minuto; se continua, chiama l’assistenza"


def handle_errors(app: Flask) -> None:
    app.register_error_handler(EngineError, refused)
    app.register_error_handler(CSRFError, token_expired)
    app.register_error_handler(SessionOver, session_over)
    app.register_error_handler(RequesterGone, requester_gone)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OSError, disk_full)
    app.register_error_handler(Exception, our_error)


def refused(refusal: EngineError) -> Response:
    status = status_of(refusal)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        return our_error(refusal)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return _unavailable(refusal, [] if request.files else kept_answers())
    answer = _answer(status, notice_of(refusal))
    if isinstance(refusal, TooManyAttempts):
        answer.headers["Retry-After"] = str(math.ceil((refusal.retry_at - now()).total_seconds()))
    return answer


def http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    if isinstance(error, SecurityError):  # the host is not ours, so there is no address to link to
        return make_response(f"{NOT_UNDERSTOOD.title}.", HTTPStatus.BAD_REQUEST, PLAIN)
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    shown = HTTPStatus.NOT_FOUND if status is HTTPStatus.FORBIDDEN else status
    return _answer(shown, HTTP_NOTICES.get(status, NOT_UNDERSTOOD))


def disk_full(failure: OSError) -> Response:
    """Tell of a disk without room as of the storage it is; what was being sent has not even arrived whole."""
    return _unavailable(StorageUnavailable(full=True), []) if failure.errno in NO_ROOM else our_error(failure)


def _unavailable(refusal: EngineError, kept: Pairs) -> Response:
    """Say what cannot be done now, and offer again what was typed; a file is chosen again."""
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, notice_for(refusal), kept=kept)


def our_error(error: Exception) -> Response:
    """Say that it is our fault, with a short code to read on the phone that finds the line in the logs."""
    code = logged(error)
    title = notice_of(error).title if isinstance(error, EngineError) else "Qualcosa non ha funzionato"
    try:
        return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, Notice(title, OURS), code=code)
    except Exception as worse:  # noqa: BLE001 a page needs the database; when that is what fails, plain words must do
        LOG.error("failure", exc_info=worse, extra=facts(code=code))
        return make_response(f"{title}. {OURS} e leggi il codice {code}.", HTTPStatus.INTERNAL_SERVER_ERROR, PLAIN)


def session_over(_error: SessionOver) -> Response:
    """Ask to sign in again, keeping what was being sent."""
    notice = Notice("Entra di nuovo per continuare", "La pagina è rimasta ferma a lungo. Dopo l’accesso torni qui.")
    if _wants_json():
        return _answer(HTTPStatus.UNAUTHORIZED, notice)
    kept = kept_answers()
    page = render_template(
        "refusals/session_over.html", avviso=notice, conservate=pack(kept) if kept else "", ritorno=request.full_path
    )
    return make_response(page, HTTPStatus.UNAUTHORIZED)


def requester_gone(_error: RequesterGone) -> Response:
    """Ask for number and secret again, keeping what was being sent."""
    let_out()
    if request.method == "GET":
        return make_response(redirect(url_for("follow.form", numero=request.args.get("numero"))))
    kept = kept_answers()
    page = render_template(
        "requester/enter.html",
        scaduta=True,
        conservate=pack(kept) if kept else "",
        ritorno=request.path,
        sezione="segui",
    )
    return make_response(page, HTTPStatus.UNAUTHORIZED)


def token_expired(error: CSRFError) -> Response:
    """Offer to send the same answers again; whoever has no session any more signs in first."""
    access = access_of(request.endpoint) if request.endpoint else None
    if access is not None and not access.public and visitor() is None:
        return session_over(SessionOver())
    notice = Notice("La pagina era aperta da troppo tempo", "Quello che hai scritto non è perso.")
    if _wants_json():
        return _answer(HTTPStatus.BAD_REQUEST, notice)
    LOG.info("token", extra=facts(status=int(error.code or 0)))
    page = render_template("refusals/resend.html", avviso=notice, conservate=kept_answers(), ritorno=request.full_path)
    return make_response(page, HTTPStatus.BAD_REQUEST)


def _answer(status: HTTPStatus, notice: Notice, code: str | None = None, kept: Pairs | None = None) -> Response:
    if _wants_json():
        return make_response(jsonify(titolo=notice.title, testo=notice.text, codice=code), status)
    told = {"avviso": notice, "codice": code, "stato": int(status)}
    page = render_template("refusals/page.html", **told, conservate=kept, ritorno=request.full_path)
    return make_response(page, status)


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]
