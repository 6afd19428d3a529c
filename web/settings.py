"""Read the settings from the environment, once: where the program runs and under which rules."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desk.addresses import is_deliverable
from desk.envelope import KeyRing, UnreadableKeys, new_key
from desk.facilities.transport import Smtp
from desk.programme import Programme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX = "SPORTELLO_"
SHORTEST_SECRET = 32
LONGEST_COUNT = 5
"""Digits."""
MEBIBYTE = 1024 * 1024
FOR_THE_OWNER_ALONE = 0o600


class Mode(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class Misconfigured(Exception):
    """The environment lacks something without which this mode must not start; ``problems`` says each, in Italian."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Settings:
    """One running program. ``from_environment`` names the variables.

    ``public_url`` is the address people type, printed on receipts; empty means the address of the request.
    ``trusted_proxies`` is how many reverse proxies in front may be believed about scheme, host and client address.
    """

    mode: Mode
    secret_key: str
    database_url: str
    public_url: str = ""
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    idle_time: timedelta = timedelta(minutes=30)
    longest_session: timedelta = timedelta(hours=12)
    largest_request: int = 25 * MEBIBYTE
    #: Where the program keeps what is not in the database: files, the demonstration's keys.
    folder: Path = Path("var")
    #: The keys of the sealed envelopes, ``name:base64,…``: the first wraps, the others still open what they wrapped.
    envelope_keys: str = field(default="", repr=False)
    support: str = ""
    #: ``smtp://user:password@host:587``; empty where no mail is sent.
    smtp_url: str = field(default="", repr=False)
    #: The address messages come from.
    mail_from: str = ""
    #: Where ClamAV’s daemon listens, ``tcp://host:port`` or ``unix:/path``; empty for none.
    clamd: str = ""
    #: Whose desk it is, as pages and papers name it.
    programme: Programme = field(default_factory=Programme)

    @property
    def demonstration(self) -> bool:
        """Whether invented people and cases may exist and be listed: in demo mode alone, never in production."""
        return self.mode is Mode.DEMO

    @property
    def production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], folder: Path = Path("var")) -> Settings:
        """Read ``SPORTELLO_*``; raise Misconfigured when the mode is not said, or production lacks keys or database.

        MODE demo | production | test, which only ``make run`` says by itself · SECRET_KEY · DATABASE_URL ·
        PUBLIC_URL · TRUSTED_PROXIES (a count) · TRUSTED_HOSTS (comma separated) · IDLE_MINUTES ·
        SUPPORT (who to call, shown on error pages) · FOLDER ·
        SMTP_URL and MAIL_FROM (the server that takes messages, and from which address) ·
        CLAMD (``tcp://host:port`` or ``unix:/path``) · ENVELOPE_KEYS (``name:base64,…``, the first wraps) ·
        PROGRAMME, TERRITORY, FIRM and PROMOTER (the names that pages and papers say).
        The demonstration alone makes its own keys and database, in the folder.
        """
        value = {
            name.removeprefix(PREFIX): text.strip() for name, text in environment.items() if name.startswith(PREFIX)
        }
        mode = _mode(value.get("MODE", ""))
        folder = Path(value["FOLDER"]) if value.get("FOLDER") else folder
        _refuse_unsafe(mode, value)
        _refuse_unsendable(value)
        return cls(
            mode=mode,
            secret_key=value.get("SECRET_KEY") or _kept(folder / "secret-key", lambda: secrets.token_urlsafe(48)),
            envelope_keys=_envelope_keys(value, folder),
            database_url=value.get("DATABASE_URL") or f"sqlite:///{folder / 'sportello.db'}",
            public_url=value.get("PUBLIC_URL", "").rstrip("/"),
            trusted_proxies=_count(value, "TRUSTED_PROXIES", 0),
            trusted_hosts=tuple(host.strip() for host in value.get("TRUSTED_HOSTS", "").split(",") if host.strip()),
            idle_time=timedelta(minutes=_count(value, "IDLE_MINUTES", 30)),
            support=value.get("SUPPORT", ""),
            smtp_url=value.get("SMTP_URL", ""),
            mail_from=value.get("MAIL_FROM", ""),
            folder=folder,
            clamd=_scanner(value.get("CLAMD", "")),
            programme=_programme(value),
        )


def _mode(text: str) -> Mode:
    """Read the mode; there is none by default, or a real desk started in haste would open a demonstration."""
    if text in set(Mode):
        return Mode(text)
    said = f"SPORTELLO_MODE è «{text}»" if text else "SPORTELLO_MODE non è impostata"
    raise Misconfigured([f"{said}: scrivi production per uno sportello vero, demo per provare con dati inventati."])


def _refuse_unsafe(mode: Mode, value: Mapping[str, str]) -> None:
    if mode is not Mode.PRODUCTION:
        return
    problems = []
    if len(value.get("SECRET_KEY", "")) < SHORTEST_SECRET:
        problems.append(f"SPORTELLO_SECRET_KEY manca o è corta: servono almeno {SHORTEST_SECRET} caratteri.")
    if not value.get("DATABASE_URL"):
        problems.append("SPORTELLO_DATABASE_URL manca: scrivi dove si trova la base di dati.")
    if not value.get("ENVELOPE_KEYS"):
        problems.append("SPORTELLO_ENVELOPE_KEYS manca: crea una chiave con «sportello envelope key NOME».")
    if problems:
        raise Misconfigured(problems)


def _refuse_unsendable(value: Mapping[str, str]) -> None:
    """Refuse a mail server that could not be spoken to; its address holds a password and is not repeated."""
    if not value.get("SMTP_URL"):
        return
    problems = []
    try:
        Smtp.of(value["SMTP_URL"], "")
    except ValueError:
        problems.append(
            "SPORTELLO_SMTP_URL non va bene: scrivi smtp://utente:password@server:587, oppure smtps://…:465."
        )
    if not is_deliverable(value.get("MAIL_FROM")):
        problems.append("SPORTELLO_MAIL_FROM non va bene: scrivi l’indirizzo da cui partono i messaggi.")
    if not value.get("PUBLIC_URL"):
        problems.append("SPORTELLO_PUBLIC_URL manca: scrivi dove portano i collegamenti dei messaggi.")
    if problems:
        raise Misconfigured(problems)


def _scanner(address: str) -> str:
    """Refuse an address of the virus scanner that every document would have to wait for in vain."""
    if address and not re.fullmatch(r"tcp://[^/:]+:\d+|unix:/.+", address):
        raise Misconfigured([f"SPORTELLO_CLAMD è «{address}»: scrivi tcp://server:porta oppure unix:/percorso."])
    return address


def _programme(value: Mapping[str, str]) -> Programme:
    return Programme(
        name=value.get("PROGRAMME") or Programme.name,
        territory=value.get("TERRITORY") or Programme.territory,
        firm=value.get("FIRM") or Programme.firm,
        promoter=value.get("PROMOTER") or Programme.promoter,
    )


def _count(value: Mapping[str, str], name: str, default: int) -> int:
    text = value.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_COUNT):
        raise Misconfigured(
            [f"SPORTELLO_{name} è «{text}»: scrivi un numero intero, al massimo {'9' * LONGEST_COUNT}."]
        )
    return int(text)


def _envelope_keys(value: Mapping[str, str], folder: Path) -> str:
    """Give the keys of the sealed envelopes; only what is not production makes its own."""
    text = value.get("ENVELOPE_KEYS") or _kept(folder / "envelope-keys", lambda: new_key("dimostrazione"))
    try:
        KeyRing.read(text)
    except UnreadableKeys as wrong:
        raise Misconfigured([f"SPORTELLO_ENVELOPE_KEYS non va bene: {wrong}."]) from None
    return text


def _kept(file: Path, make: Callable[[], str]) -> str:
    """Return what a file keeps for its owner alone, made once: complete from the moment it is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        made = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_THE_OWNER_ALONE), "w") as handle:
            handle.write(make())
        with suppress(FileExistsError):  # another process was first: its key is the one
            os.link(made, file)
        made.unlink()
    return file.read_text()
