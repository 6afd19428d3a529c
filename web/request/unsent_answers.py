"""Keep answers that arrive without a session or with an old token, and offer them again after sign-in.

They are kept only when they surely come from one of our own pages, so that nobody else's page can put words in a form.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import request, url_for

from web.request.security import sent_by_our_page

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_KEPT = {"csrf_token", "conservate", "password", "codice", "attuale", "nuova", "ripeti"}
SEALED_TEXT, SEALED_FILE, SEALED_ITEM = "busta_testo", "busta_file", "busta_elemento"
SEALED = {SEALED_TEXT, SEALED_FILE, SEALED_ITEM}
"""The fields whose words go into the sealed envelope: they are kept nowhere else, not even for a moment."""
LONGEST = 200_000
Pairs = list[tuple[str, str]]


def kept_answers() -> Pairs:
    """Give the fields of this request, less secrets, files and the envelope; none that another site may have sent."""
    if not sent_by_our_page():
        return []
    fields = [(name, value) for name, value in request.form.items(multi=True) if _may_be_kept(name)]
    return fields if sum(len(value) for _, value in fields) <= LONGEST else []


def _may_be_kept(name: str) -> bool:
    return name not in NOT_KEPT | SEALED


def pack(pairs: Sequence[tuple[str, str]]) -> str:
    """Write answers as one hidden field."""
    return json.dumps(pairs)


def unpack(text: str) -> Pairs:
    """Read answers from a hidden field; none when it is not what ``pack`` wrote."""
    try:
        read = json.loads(text or "[]")
        "".join(chain.from_iterable(read)).encode()  # half a character, which JSON can spell, fits on no page
        return [(name, value) for name, value in read]
    except (ValueError, TypeError, RecursionError):
        return []


def safe_return(address: str | None) -> str | None:
    """Give an address to return to only when it is a path of our own site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address.rstrip("?")


def return_or_home(address: str | None, endpoint: str) -> str:
    return safe_return(address) or url_for(endpoint)
