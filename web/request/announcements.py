"""Announce what happened a moment ago, at the top of the next page."""

from __future__ import annotations

from typing import Any, cast

from flask import flash


def announce(title: str, text: str = "", *, tone: str = "ok", address: str = "", link: str = "") -> None:
    """Say on the next page what happened, what comes next, and where to go for it.

    ``tone`` is ok, attesa, male or info; ``link`` are the words of the link to ``address``.
    """
    notice = {"titolo": title, "testo": text, "indirizzo": address, "collegamento": link}
    flash(cast("Any", notice), tone)
