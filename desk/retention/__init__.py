"""Retention: how long cases are kept, what keeps them longer, and what is left of one once it is erased."""

from desk.retention.erasing import Receipt, erase, receipts
from desk.retention.figures import Figures, figures
from desk.retention.holds import Hold, holds, lift, place_hold
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
    "holds",
    "lift",
    "months",
    "place_hold",
    "receipts",
    "set_months",
]
