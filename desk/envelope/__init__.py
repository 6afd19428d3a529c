"""Sealed envelope («busta riservata»): deposit, open and destroy what it holds, apart from the open sheet of the case.

Role alone never opens it. ``contents`` puts in and lists, ``agreements`` and ``conflicts`` say who may open,
``opening`` opens and writes that it did, ``log`` tells the requester who looked.
"""

from desk.envelope.agreements import AgreementKind, Means, NewAgreement, Recorded
from desk.envelope.contents import deposit, destroy, items, own_items, speak_only, state, take_out
from desk.envelope.fitting import Unfit, unfit
from desk.envelope.intake import receive_file
from desk.envelope.log import DenialReason, EnvelopeAccess, Note, Purpose, accesses
from desk.envelope.opening import Denied, EnvelopeReader, Opened, download, open_envelope, standing, turn_away
from desk.envelope.rotation import in_use, rotate
from desk.envelope.values import (
    DepositReceipt,
    EnvelopeState,
    ItemKind,
    NewDeposit,
    OwnItem,
    SealedItem,
    file_deposit,
    text_deposit,
)
from desk.facilities.keys import KeyRing, UnreadableKeys, new_key

__all__ = [
    "AgreementKind",
    "DenialReason",
    "Denied",
    "DepositReceipt",
    "EnvelopeAccess",
    "EnvelopeReader",
    "EnvelopeState",
    "ItemKind",
    "KeyRing",
    "Means",
    "NewAgreement",
    "NewDeposit",
    "Note",
    "Opened",
    "OwnItem",
    "Purpose",
    "Recorded",
    "SealedItem",
    "Unfit",
    "UnreadableKeys",
    "accesses",
    "deposit",
    "destroy",
    "download",
    "file_deposit",
    "in_use",
    "items",
    "new_key",
    "open_envelope",
    "own_items",
    "receive_file",
    "rotate",
    "speak_only",
    "standing",
    "state",
    "take_out",
    "text_deposit",
    "turn_away",
    "unfit",
]
