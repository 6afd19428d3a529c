"""Facilities: what the desk uses outside its database, such as keys, file storage, virus scanner and mail server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desk.facilities.keys import KeyRing
from desk.facilities.storage import FolderStorage, Storage
from desk.programme import Programme

if TYPE_CHECKING:
    from desk.facilities.scanner import Scanner
    from desk.facilities.transport import Transport


@dataclass(frozen=True)
class Facilities:
    """One running desk's, chosen by its settings and made once for the program."""

    #: The address people type, without a final slash; empty where nobody said it.
    public_url: str = ""
    #: The keys that wrap those of the sealed envelopes; without any, nothing is deposited.
    envelope_keys: KeyRing = field(default_factory=KeyRing)
    #: Where the contents of documents lie.
    files: Storage = field(default_factory=lambda: FolderStorage(Path("var") / "documenti"))
    #: Who looks for viruses in what comes in; nobody where the settings name none.
    scanner: Scanner | None = None
    #: Where messages go; without one they wait in the outbox.
    mail: Transport | None = None
    #: Whose desk it is, as papers name it.
    programme: Programme = field(default_factory=Programme)
