"""Words of failures through nobody’s fault: whom to call, and a code that finds each one in the logs."""

from __future__ import annotations

from http import HTTPStatus
from secrets import choice
from typing import TYPE_CHECKING

from web.refusals import Notice, notice_of, status_of
from web.request.context import settings
from web.request.logs import LOG, facts

if TYPE_CHECKING:
    from engine.errors import EngineError

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def logged(error: Exception) -> str:
    """Write a failure into the log; give the short code to read on the phone that finds it there."""
    code = "E-" + "".join(choice(CODE_LETTERS) for _ in range(4))
    LOG.error("failure", exc_info=error, extra=facts(code=code))
    return code


def notice_for(refusal: EngineError) -> Notice:
    """Say what was refused; of what only fails for now, also whom to call and with which code."""
    notice = notice_of(refusal)
    if status_of(refusal) is not HTTPStatus.SERVICE_UNAVAILABLE:
        return notice
    support = f" ({settings().support})" if settings().support else ""
    call = f"Se continua, chiama l’assistenza{support} e leggi il codice {logged(refusal)}."
    return Notice(notice.title, f"{notice.text} {call}")
