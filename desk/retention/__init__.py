"""Retention: how long cases are kept, what keeps them longer, and what is left of one once it is erased."""

from desk.retention.erasing import Figures, Receipt, erase, figures, receipts
from desk.retention.holds import Hold, hold, holds, lift
from desk.retention.terms import DEFAULTS, Expired, expired, months, set_months

__all__ = [
    "DEFAULTS",
    "Expired",
    "Figures",
    "Hold",
    "Receipt",
    "erase",
    "expired",
    "figures",
    "hold",
    "holds",
    "lift",
    "months",
    "receipts",
    "set_months",
]
