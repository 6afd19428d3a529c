"""Refusals: the HTTP status and the Italian sentences of each one of engine and desk, a table for each matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from web.refusals import agenda, cases, engine, envelope, files, offices, people, requester, retention, views, writing
from web.words.notice import MISSING, Notice, Refusals

if TYPE_CHECKING:
    from collections.abc import Callable
    from http import HTTPStatus

    from engine.errors import EngineError

__all__ = ["MISSING", "REFUSALS", "Notice", "notice_of", "status_of"]

REFUSALS: Refusals = {
    **agenda.REFUSALS,
    **cases.REFUSALS,
    **engine.REFUSALS,
    **envelope.REFUSALS,
    **files.REFUSALS,
    **offices.REFUSALS,
    **people.REFUSALS,
    **requester.REFUSALS,
    **retention.REFUSALS,
    **views.REFUSALS,
    **writing.REFUSALS,
}


def status_of(refusal: EngineError) -> HTTPStatus:
    return _entry(refusal)[0]


def notice_of(refusal: EngineError) -> Notice:
    words = _entry(refusal)[1]
    return words if isinstance(words, Notice) else words(refusal)


def _entry(refusal: EngineError) -> tuple[HTTPStatus, Notice | Callable[[Any], Notice]]:
    """Find the entry of the nearest class; one that a test finds missing would be told as a conflict."""
    return next(REFUSALS[kind] for kind in type(refusal).__mro__ if kind in REFUSALS)
