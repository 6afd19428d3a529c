"""How long pratiche are kept, what keeps them longer, and what is left of one once it is erased."""

from desk.retention.erasing import Receipt, erase, receipts
from desk.retention.holds import Hold, hold, holds, lift
from desk.retention.terms import DEFAULTS, Expired, expired, months, set_months

__all__ = [
    "DEFAULTS",
    "Expired",
    "Hold",
    "Receipt",
    "erase",
    "expired",
    "hold",
    "holds",
    "lift",
    "months",
    "receipts",
    "set_months",
]
