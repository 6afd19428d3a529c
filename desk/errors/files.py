"""Refusals about documents: those that may not come in, or are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.errors.refusal import DeskRefusal

if TYPE_CHECKING:
    from desk.flaws import FileFlaw


class DocumentRefused(DeskRefusal):
    """A file may not come in; ``flaw`` says why."""

    def __init__(self, flaw: FileFlaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class ScannerUnavailable(DeskRefusal):
    """Nobody can say whether a file is harmless, so it does not come in."""


class StorageUnavailable(DeskRefusal):
    """The place where documents lie is missing, takes nothing or gives nothing; ``full`` says that it has no room."""

    def __init__(self, *, full: bool) -> None:
        super().__init__(full)
        self.full = full


class TooManyDocuments(DeskRefusal):
    """The pratica has as many documents as it may."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class DocumentNotFound(DeskRefusal):
    """The pratica has no such document, or none that the actor may see."""

    def __init__(self, document_id: str) -> None:
        super().__init__(document_id)
        self.document_id = document_id


class DocumentLost(DeskRefusal):
    """The storage does not have what was deposited: it must come back from a backup."""

    def __init__(self, document_id: str) -> None:
        super().__init__(document_id)
        self.document_id = document_id
