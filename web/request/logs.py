"""Log one JSON line for each request: which view was asked and how it went, never who asked nor about whom.

Addresses are logged as the route's pattern, without the values in it; answers, names and query strings never are.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from flask import g, request

if TYPE_CHECKING:
    from flask import Flask, Response

LOG = logging.getLogger("sportello.web")
FACTS = ("request", "method", "route", "status", "milliseconds", "code")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")}
        line |= {"level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = trace_without_values(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def trace_without_values(error: BaseException | None) -> str:
    """Say where an error arose: its class and the places, not its words, which may hold what people typed."""
    places = []
    step = error.__traceback__ if error else None
    while step:
        places.append(f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno} {step.tb_frame.f_code.co_name}")
        step = step.tb_next
    return " > ".join([*places, type(error).__name__])


def start_logging(app: Flask) -> None:
    """Log requests to standard output, each with its id, which the answer carries too."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    for logger in (LOG, app.logger):
        logger.handlers = [handler]
        logger.propagate = False
    LOG.setLevel(logging.INFO)
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = token_hex(8)
    g.started = time.monotonic()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    if request.endpoint != "static":
        elapsed = round((time.monotonic() - g.get("started", time.monotonic())) * 1000)
        LOG.info("request", extra=facts(status=response.status_code, milliseconds=elapsed))
    return response


def request_id() -> str:
    if "request_id" not in g:
        g.request_id = token_hex(8)
    return str(g.request_id)


def facts(**more: object) -> dict[str, object]:
    """Give what may be said of the current request."""
    route = request.url_rule.rule if request.url_rule else None
    return {"request": request_id(), "method": request.method, "route": route, **more}
