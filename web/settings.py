"""Where the program runs and under which rules: read once from the environment, never changed afterwards."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "SPORTELLO_"
SHORTEST_SECRET = 32
MEBIBYTE = 1024 * 1024
FOR_THE_OWNER_ALONE = 0o600


class Mode(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class Misconfigured(Exception):
    """The environment lacks something without which this mode must not start; ``problems`` says each."""

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
    support: str = ""

    @property
    def demonstration(self) -> bool:
        """Whether invented people and cases may exist and be listed: in demo mode alone, never in production."""
        return self.mode is Mode.DEMO

    @property
    def production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], folder: Path = Path("var")) -> Settings:
        """Read ``SPORTELLO_*``; raise Misconfigured when production lacks its secret key or its database.

        MODE demo | production | test · SECRET_KEY · DATABASE_URL · PUBLIC_URL · TRUSTED_PROXIES (a count) ·
        TRUSTED_HOSTS (comma separated) · IDLE_MINUTES · SUPPORT (who to call, shown on error pages) · FOLDER.
        The demonstration alone makes its own key and database, in the folder.
        """
        value = {
            name.removeprefix(PREFIX): text.strip() for name, text in environment.items() if name.startswith(PREFIX)
        }
        mode = _mode(value.get("MODE", "demo"))
        folder = Path(value["FOLDER"]) if value.get("FOLDER") else folder
        _refuse_unsafe(mode, value)
        return cls(
            mode=mode,
            secret_key=value.get("SECRET_KEY") or _kept_key(folder),
            database_url=value.get("DATABASE_URL") or f"sqlite:///{folder / 'sportello.db'}",
            public_url=value.get("PUBLIC_URL", "").rstrip("/"),
            trusted_proxies=_count(value, "TRUSTED_PROXIES", 0),
            trusted_hosts=tuple(host.strip() for host in value.get("TRUSTED_HOSTS", "").split(",") if host.strip()),
            idle_time=timedelta(minutes=_count(value, "IDLE_MINUTES", 30)),
            support=value.get("SUPPORT", ""),
            folder=folder,
        )


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise Misconfigured([f"SPORTELLO_MODE is {text!r}: it must be demo, production or test"]) from None


def _refuse_unsafe(mode: Mode, value: Mapping[str, str]) -> None:
    if mode is not Mode.PRODUCTION:
        return
    problems = []
    if len(value.get("SECRET_KEY", "")) < SHORTEST_SECRET:
        problems.append(f"SPORTELLO_SECRET_KEY must hold at least {SHORTEST_SECRET} characters")
    if not value.get("DATABASE_URL"):
        problems.append("SPORTELLO_DATABASE_URL must say where the database is")
    if problems:
        raise Misconfigured(problems)


def _count(value: Mapping[str, str], name: str, default: int) -> int:
    text = value.get(name, "")
    if text and not text.isdecimal():
        raise Misconfigured([f"SPORTELLO_{name} is {text!r}: it must be a whole number"])
    return int(text) if text else default


def _kept_key(folder: Path) -> str:
    """Return the demonstration's own key, made once, so that a restart signs nobody out."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "secret-key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_THE_OWNER_ALONE), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text()
