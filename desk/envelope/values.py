"""Values of an envelope: what is deposited, and what may be known of it; no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_TEXT = 50_000
LARGEST_FILE = 20 * 1024 * 1024
MOST_ITEMS = 50
LONGEST_NAME = 255
TEXT = "text/plain; charset=utf-8"


class ItemKind(StrEnum):
    TEXT = "testo"
    FILE = "file"


class EnvelopeState(StrEnum):
    """What may be known of an envelope without opening it."""

    OPEN_FOR_DEPOSITS = "da_riempire"
    SPOKEN_ONLY = "a_voce"
    DESTROYED = "distrutta"


@dataclass(frozen=True)
class NewDeposit:
    """A text or a file to be sealed; ``id`` is the page's, so that a form sent twice deposits once."""

    kind: ItemKind
    data: bytes = field(repr=False)
    name: str = field(default="", repr=False)
    media_type: str = TEXT
    id: str | None = None


@dataclass(frozen=True)
class SealedItem:
    """Something in an envelope, as anybody who sees the case may know of it."""

    id: str
    kind: ItemKind
    #: Bytes of the plain content.
    size: int
    deposited_at: datetime
    deposited_by: str


@dataclass(frozen=True)
class OwnItem(SealedItem):
    """The same with its name, which only its owner reads."""

    name: str = field(repr=False)


@dataclass(frozen=True)
class DepositReceipt:
    """What a receipt says of a deposit."""

    id: str
    sha256: str
    size: int
    at: datetime


def text_deposit(text: str, item_id: str | None = None) -> NewDeposit:
    """Make a deposit of a text, with the line ends of one kind."""
    tidy = text.replace("\r\n", "\n").strip()
    return NewDeposit(ItemKind.TEXT, tidy.encode(), "", TEXT, item_id)


def file_deposit(name: str, data: bytes, media_type: str, item_id: str | None = None) -> NewDeposit:
    """Make a deposit of a file whose type was examined before."""
    return NewDeposit(ItemKind.FILE, data, name, media_type, item_id)
