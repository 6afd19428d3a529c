"""Check e-mail addresses: say which of them mail can be sent to."""

from __future__ import annotations

import re

LONGEST = 254
"""RFC 5321 §4.5.3.1.3, less the angle brackets."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")


def is_deliverable(address: str | None) -> bool:
    """Say whether an address is one that any mail server takes: an ASCII mailbox of a named host (as HTML has it).

    Points stand between other characters (RFC 5322 §3.4.1): «mario..rossi» is a slip that no message could be sent to.
    """
    return address is not None and len(address) <= LONGEST and _ADDRESS.fullmatch(address) is not None
