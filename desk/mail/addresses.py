"""Which addresses mail can be sent to."""

from __future__ import annotations

import re

LONGEST = 254
"""RFC 5321 §4.5.3.1.3, less the angle brackets."""
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def is_deliverable(address: str | None) -> bool:
    """Say whether an address is one that any mail server takes: an ASCII mailbox of a named host (as HTML has it)."""
    return address is not None and len(address) <= LONGEST and _ADDRESS.fullmatch(address) is not None
