"""The site's own address, in front of pages that are named outside them: on paper, in calendars, in messages."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from web.request.context import settings


def own_address() -> str | None:
    """Give the address that people type; nothing where only the asker's own words would say it.

    A Host header that nobody vouched for would send somebody else's way in to whoever wrote it.
    """
    chosen = settings()
    if chosen.public_url:
        return chosen.public_url
    vouched_for = bool(chosen.trusted_hosts) or not chosen.production
    return _asked_at() if vouched_for else None


def mailed_address(endpoint: str, **values: Any) -> str:
    """Give the address of a page for a message to somebody else; without the site's where nobody vouched for it."""
    return f"{own_address() or ''}{url_for(endpoint, **values)}"


def kept_address(endpoint: str, **values: Any) -> str:
    """Give the address of a page for the paper or the calendar of whoever asks now, who already knows where."""
    return f"{own_address() or _asked_at()}{url_for(endpoint, **values)}"


def _asked_at() -> str:
    return request.host_url.rstrip("/")
