"""Addresses of mail and telephone numbers: what is read, and what mail and telephones can do with it."""

from __future__ import annotations

import re

LONGEST = 254
"""RFC 5321 §4.5.3.1.3, less the angle brackets."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")
_NUMBER = re.compile(r"(\+|00)?[0-9]{6,15}")
_EXTENSION = re.compile(r"[\s,;/(]*(?:interno|int|estensione|ext|x|#)\.?\s*([0-9]{1,6})\)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015/()]")
"""Marks that people put between digits: hyphens and dashes of every length among them."""


def is_deliverable(address: str | None) -> bool:
    """Say whether an address is one that any mail server takes: an ASCII mailbox of a named host (as HTML has it).

    Points stand between other characters (RFC 5322 §3.4.1): «mario..rossi» is a slip that no message could be sent to.
    """
    return address is not None and len(address) <= LONGEST and _ADDRESS.fullmatch(address) is not None


def is_telephone(text: str) -> bool:
    """Say whether it is a number of 6 to 15 digits (ITU-T E.164), with or without an extension: «0125 1234 int. 5»."""
    return _NUMBER.fullmatch(_parts(text)[0]) is not None


def dialled(text: str) -> str:
    """Write a number as a ``tel:`` link wants it (RFC 3966), with the Italian prefix where none is given."""
    number, extension = _parts(text)
    number = re.sub(r"[^0-9+]", "", number)
    whole = number if number.startswith(("+", "00")) else f"+39{number}"
    return f"{whole};ext={extension}" if extension else whole


def _parts(text: str) -> tuple[str, str]:
    """Give the bare number and the extension, if any."""
    found = _EXTENSION.search(text)
    return _BETWEEN.sub("", text[: found.start()] if found else text), found[1] if found else ""
