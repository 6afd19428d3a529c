"""Set security headers on every answer, and trust only as many proxies as the settings say."""

from __future__ import annotations

from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING

from flask import abort, request, session
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from flask import Flask, Response

    from web.settings import Settings

POLICY = (
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TWO_YEARS = 63_072_000


def secure(app: Flask, settings: Settings) -> None:
    """Set cookies, limits, headers, and how many proxies are believed."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-sportello" if settings.production else "sportello",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=settings.idle_time,
        MAX_CONTENT_LENGTH=settings.largest_request,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,  # a token lasts as long as its session, whose own idle time is the limit
        WTF_CSRF_SSL_STRICT=False,  # the session cookie is SameSite=Lax; a missing Referer is no attack
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask’s own way
    app.before_request(_refuse_unstorable)
    app.after_request(_add_headers)
    if settings.production:
        app.after_request(_stay_encrypted)


def sent_by_our_page() -> bool:
    """Say whether a request surely comes from one of our own pages: only then are its answers shown again."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return origin.rstrip("/") == request.host_url.rstrip("/") or origin.startswith(request.host_url)


def _refuse_unstorable() -> None:
    """Refuse the character NUL, which PostgreSQL keeps in no text and no browser sends."""
    fields = chain(request.args.items(multi=True), request.form.items(multi=True))
    if "\0" in request.path or any("\0" in name or "\0" in value for name, value in fields):
        abort(HTTPStatus.BAD_REQUEST)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        personal = session.get("username") or session.get("richiesta")
        response.headers.setdefault("Cache-Control", "no-store" if personal else "private, no-cache")
    return response


def _stay_encrypted(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}; includeSubDomains")
    return response
