"""Make the facilities that the settings choose: keys, storage, scanner, mail server."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from desk import Facilities
from desk.envelope import KeyRing
from desk.facilities.scanner import Clamd
from desk.facilities.storage import FolderStorage
from desk.facilities.transport import ShownHere, Smtp

if TYPE_CHECKING:
    from desk.facilities.transport import Transport
    from web.settings import Settings


@cache
def facilities_of(settings: Settings) -> Facilities:
    """Give the facilities of a program that runs under these settings: pages, jobs and commands have the same ones."""
    return Facilities(
        public_url=settings.public_url,
        envelope_keys=KeyRing.read(settings.envelope_keys),
        files=FolderStorage(settings.folder / "documenti"),
        scanner=Clamd(settings.clamd) if settings.clamd else None,
        mail=_mail(settings),
        programme=settings.programme,
    )


def _mail(settings: Settings) -> Transport | None:
    """Choose the server the settings name; the demonstration shows its messages when they name none."""
    if settings.smtp_url:
        return Smtp.of(settings.smtp_url, settings.mail_from)
    return ShownHere() if settings.demonstration else None
