"""Checks of Italian data, by the name a designer gives in the property ``validatore``.

Each takes what was typed and returns it tidied, or raises ``Unreadable`` with a sentence that helps.
Rules: codice fiscale D.M. 23/12/1976 (omocodia included), partita IVA DPR 633/1972 art. 35 (check digit of Luhn).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum import luhn
from stdnum.it import codicefiscale, iva

from engine.forms.addresses import is_deliverable, is_telephone
from engine.forms.asking import Unreadable
from engine.forms.titles import plain_note, plain_title

if TYPE_CHECKING:
    from collections.abc import Callable

_PERSON, _COMPANY = 16, 11
_PROVISIONAL = re.compile(r"[0-9]{11}")
_ISTAT = re.compile(r"[0-9]{6}")


def codice_fiscale(text: str) -> str:
    """Accept a person's code (16 characters, omocodia too) or an organisation's (11 digits); return it bare."""
    code = _bare(text, "TINIT-")
    if _is_provisional(code):
        return code
    if code.isdigit() or _digits_after(code, "IT"):
        return _company_number(code, "Il codice fiscale di un ente", "codice fiscale")
    _needs_length(code, _PERSON, "Il codice fiscale ha 16 caratteri")
    if not codicefiscale.is_valid(code):
        raise Unreadable(
            "Il codice fiscale non torna: forse una lettera o una cifra è scambiata. Ricontrollalo sulla tessera.",
            "il codice non torna",
        )
    return code


def _is_provisional(code: str) -> bool:
    """Say whether it is a person's provisional code: seven digits, an office of any number, a check digit (Luhn).

    It is given to who has no code of sixteen characters yet (D.P.R. 605/1973 art. 4); its office need be none of
    those of a partita IVA.
    """
    return _PROVISIONAL.fullmatch(code) is not None and int(code[:7]) > 0 and luhn.is_valid(code)


def partita_iva(text: str) -> str:
    """Accept 11 digits, with or without ``IT`` in front; return the digits."""
    return _company_number(_bare(text, "VATIT-"), "La partita IVA", "partita IVA")


def _company_number(code: str, subject: str, name: str) -> str:
    digits = code.removeprefix("IT")
    if re.fullmatch(r"[0-9]*", digits) is None:
        raise Unreadable(
            f"{subject} è fatta solo di cifre, 11 in tutto." if name == "partita IVA" else _only_digits(subject),
            "ci sono lettere",
        )
    _needs_length(digits, _COMPANY, f"{subject} ha 11 cifre")
    if not iva.is_valid(digits):
        raise Unreadable(f"{subject} non torna: forse una cifra è scambiata. Ricontrolla.", "il numero non torna")
    return digits


def _only_digits(subject: str) -> str:
    return f"{subject} è fatto solo di cifre, 11 in tutto."


def _digits_after(code: str, prefix: str) -> bool:
    return code.startswith(prefix) and code.removeprefix(prefix).isdigit()


def _bare(text: str, claim: str) -> str:
    """Take away blanks, separators and the prefix that digital identities put in front (SPID attributes)."""
    return re.sub(r"[\s.\-/]", "", text.upper().strip().removeprefix(claim))


def _needs_length(code: str, length: int, rule: str) -> None:
    if len(code) != length:
        found = "qui ce n’è uno" if len(code) == 1 else f"qui sono {len(code)}"
        raise Unreadable(f"{rule}: {found}.", f"servono {length} caratteri")


def email(text: str) -> str:
    """Accept an address that mail can be sent to; return it without blanks around."""
    return _address(text, "l’indirizzo", "nome@esempio.it")


def pec(text: str) -> str:
    """Accept the address of a certified mailbox: the same form; whether it is certified only a register knows."""
    return _address(text, "l’indirizzo PEC", "nome@pec.esempio.it")


def _address(text: str, what: str, example: str) -> str:
    address = text.strip().removeprefix("mailto:")
    if is_deliverable(address):
        return address
    strange = next((each for each in address if not each.isascii()), "")
    if strange:
        message = f"In un indirizzo non può stare «{strange}»: scrivilo senza accenti e segni, per esempio {example}."
        raise Unreadable(message, f"c’è «{strange}»")
    raise Unreadable(f"Scrivi {what} per intero, per esempio {example}.", f"{what} non è completo")


def telefono(text: str) -> str:
    """Accept a number with or without ``+39`` and an extension; return it with single blanks."""
    if not is_telephone(text):
        raise Unreadable(
            "Scrivi il numero con le sole cifre, per esempio 333 000 0000, o con l’interno: 0125 000000 int. 23.",
            "il numero non è completo",
        )
    return " ".join(text.split())


def istat(text: str) -> str:
    """Accept a Comune's ISTAT code: six digits, leading zeros kept."""
    code = text.strip()
    if not _ISTAT.fullmatch(code):
        raise Unreadable("Il codice ISTAT di un Comune ha 6 cifre, per esempio 001030.", "servono 6 cifre")
    return code


VALIDATORS: dict[str, Callable[[str], str]] = {
    "codice-fiscale": codice_fiscale,
    "partita-iva": partita_iva,
    "pec": pec,
    "telefono": telefono,
    "istat": istat,
    "titolo-non-riservato": plain_title,
    "testo-non-riservato": plain_note,
}

FORMATS: dict[str, Callable[[str], str]] = {"email": email, "phone": telefono}
"""form-js's own ``validationType``."""
