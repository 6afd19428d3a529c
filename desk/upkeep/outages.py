"""Find outages: what the desk needs outside its database and does not have now, such as keys or a storage.

It is looked at, not remembered: an outage is told for as long as it lasts. The rest of the desk goes on meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from desk.access import Permission, require
from desk.envelope.fitting import unfit
from desk.errors import StorageUnavailable
from desk.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk.facilities import Facilities
    from desk.facilities.storage import Storage
    from engine.identity import Actor
    from engine.store import UnitOfWork

NEWEST = 3
"""How many documents are looked for: where none of them is there, the storage is not the one that took them."""


class OutageKind(StrEnum):
    NO_KEY = "no_key"
    KEY_MISSING = "key_missing"
    KEY_WRONG = "key_wrong"
    STORAGE_FULL = "storage_full"
    STORAGE_UNUSABLE = "storage_unusable"
    DOCUMENTS_GONE = "documents_gone"


@dataclass(frozen=True)
class Outage:
    """One thing that is lacking; ``key`` and ``envelopes`` say which key, and how many envelopes it wrapped."""

    lack: OutageKind
    key: str = ""
    envelopes: int = 0


def outages(uow: UnitOfWork, facilities: Facilities, actor: Actor) -> list[Outage]:
    """Look at the keys and at the storage, which gets one small file and loses it again.

    Raises:
        NotAllowed: the actor does not look after what runs by itself.

    """
    require(actor, Permission.MEND)
    return [*_of_the_keys(uow, facilities), *_of_the_storage(uow, facilities.files)]


def _of_the_keys(uow: UnitOfWork, facilities: Facilities) -> Iterator[Outage]:
    if not facilities.envelope_keys.keys:
        yield Outage(OutageKind.NO_KEY)
    for each in unfit(uow, facilities.envelope_keys):
        yield Outage(OutageKind.KEY_WRONG if each.configured else OutageKind.KEY_MISSING, each.name, each.envelopes)


def _of_the_storage(uow: UnitOfWork, storage: Storage) -> Iterator[Outage]:
    try:
        with storage.stage([b"prova"]):
            pass
    except StorageUnavailable as refusal:
        yield Outage(OutageKind.STORAGE_FULL if refusal.full else OutageKind.STORAGE_UNUSABLE)
    newest = select(Document.sha256).order_by(Document.added_at.desc(), Document.id).limit(NEWEST)
    digests = list(uow.connection.scalars(newest))
    if digests and not any(map(storage.exists, digests)):
        yield Outage(OutageKind.DOCUMENTS_GONE)
