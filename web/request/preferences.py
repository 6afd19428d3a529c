"""Keep a person's preferences in their browser: rows of lists, and single-letter keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Response

    from web.settings import Settings

COOKIE = "preferenze"
A_YEAR = 31_536_000
COMPACT, NO_KEYS = "compatte", "senza-tasti"


@dataclass(frozen=True)
class Preferences:
    """Rows one line high, for whoever has two hundred of them; letters that act as commands."""

    compact: bool = False
    shortcuts: bool = True


def preferences() -> Preferences:
    words = request.cookies.get(COOKIE, "").split(".")
    return Preferences(compact=COMPACT in words, shortcuts=NO_KEYS not in words)


def keep(response: Response, chosen: Preferences, settings: Settings) -> None:
    """Have the browser remember; nothing in it says who the person is."""
    words = [COMPACT] * chosen.compact + [NO_KEYS] * (not chosen.shortcuts)
    response.set_cookie(
        COOKIE, ".".join(words), max_age=A_YEAR, secure=settings.production, httponly=True, samesite="Lax"
    )
