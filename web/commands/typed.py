"""Read the arguments of commands: codes, names, days, hours, roles. Each raises ValueError with an example."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, time

from desk.access import Role
from desk.addresses import is_deliverable
from desk.comuni.hours import WeeklyHours
from desk.facilities.keys import KEY_NAME
from desk.words.days import weekday
from engine.identity import EVERYWHERE

WEEKDAYS = tuple(map(weekday, range(7)))
SHORTEST_WEEKDAY = 3
HOURS = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ISTAT_CODE = re.compile(r"\d{6}", re.ASCII)
YEARS = range(1970, 2101)
"""Years outside them are typing mistakes."""
LEAP_YEAR = 2028
"""A patron may be kept on 29 February."""
LONGEST = 200
"""Characters of a name or a sentence, as on the pages."""


def is_plain(text: str) -> bool:
    """Say whether a text is a line that can be written: no control characters, no bytes that are no text."""
    return not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text)


def sentence(text: str) -> str:
    """Read words that are kept as they are."""
    told = text.strip()
    if not told:
        raise ValueError("è vuoto: scrivi qualcosa")
    if len(told) > LONGEST:
        raise ValueError(f"hai scritto {len(told)} caratteri: al massimo {LONGEST}")
    return told


def username(text: str) -> str:
    """Read a user name as it is kept, whatever its letters' size."""
    return sentence(text).casefold()


def address(text: str) -> str:
    """Read an address that mail can be sent to."""
    told = sentence(text)
    if not is_deliverable(told):
        raise ValueError(f"«{told}» non è un indirizzo e-mail: scrivi per esempio sportello@comune.example")
    return told


def istat_code(text: str) -> str:
    """Read the ISTAT code of a Comune, which some Comune may have or not."""
    if not ISTAT_CODE.fullmatch(text.strip()):
        raise ValueError(f"«{text}» non è un codice ISTAT: sono sei cifre, per esempio 001042")
    return text.strip()


def key_name(text: str) -> str:
    """Read the name of a key of the envelopes."""
    if not KEY_NAME.fullmatch(text):
        raise ValueError("usa lettere minuscole, cifre e trattini: per esempio 2027-gennaio")
    return text


def day(text: str) -> date:
    with suppress(ValueError):
        if ISO_DAY.fullmatch(text) and date.fromisoformat(text).year in YEARS:
            return date.fromisoformat(text)
    raise ValueError(f"«{text}» non è una data: scrivi per esempio 2026-12-24")


def day_of_year(text: str) -> tuple[int, int]:
    """Read ``06-29``: month and day."""
    with suppress(ValueError):
        kept = day(f"{LEAP_YEAR}-{text}")
        return kept.month, kept.day
    raise ValueError(f"«{text}» non è un giorno dell’anno: scrivi per esempio 06-29, prima il mese")


def interval(text: str) -> tuple[time, time]:
    """Read ``9:00-12:30``."""
    if found := HOURS.fullmatch(text.strip()):
        opens_at, opens_past, closes_at, closes_past = (int(number) for number in found.groups())
        with suppress(ValueError):
            return time(opens_at, opens_past), time(closes_at, closes_past)
    raise ValueError(f"«{text}» non è un orario: scrivi per esempio 9:00-12:30")


def weekly(text: str) -> WeeklyHours:
    """Read ``mar 9:00-12:30``; the day may be written whole or begun."""
    named, _, hours = text.strip().partition(" ")
    number = _weekday(named.casefold())
    if number is None:
        raise ValueError(f"«{text}» non comincia con un giorno: scrivi per esempio «mar 9:00-12:30»")
    return WeeklyHours(number, *interval(hours))


def _weekday(named: str) -> int | None:
    plain = named.replace("ì", "i").removesuffix("'").removesuffix("’")
    begun = (number for number, name in enumerate(WEEKDAYS) if name.replace("ì", "i").startswith(plain))
    return next(begun, None) if len(plain) >= SHORTEST_WEEKDAY else None


def grant(text: str) -> tuple[Role, list[str]]:
    """Read a role and the Comuni it holds for, ``Referente=001042,001208``; without any it holds everywhere."""
    name, told, codes = text.partition("=")
    if name.strip() not in set(Role):
        raise ValueError(f"«{name}» non è un ruolo: scegli tra {', '.join(Role)}")
    places = [code.strip() for code in codes.split(",") if code.strip()]
    if told and not places:
        raise ValueError(f"dopo «{name}=» mancano i codici ISTAT: scrivi per esempio {name}=001042,001208")
    return Role(name.strip()), [code if code == EVERYWHERE else istat_code(code) for code in places] or [EVERYWHERE]
