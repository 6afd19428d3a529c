"""List the reasons for which a person receives no requests at a desk; the web has the words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MandateLack(StrEnum):
    """Why a person receives no requests at a desk."""

    NO_MANDATE = "senza incarico"
    NOT_YET = "incarico non ancora iniziato"
    EXPIRED = "incarico scaduto"
    NOT_TRAINED = "senza formazione"


@dataclass(frozen=True)
class DatedLack:
    """One thing that a person lacks, with its day: when the mandate begins, or ended."""

    lack: MandateLack
    day: date | None = None
