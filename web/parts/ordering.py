"""Say the order of a list in words, and link to the other way round, which reads the same index from its other end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """What a list is ordered by, from either end."""

    #: How the whole list is said to be ordered, as its caption goes on.
    usual: str
    inverse: str
    #: Whether the values of its column grow downwards in the usual order.
    grows: bool


NEAREST_FIRST = Order("dalla scadenza più vicina", "dalla scadenza più lontana", grows=True)
LATEST_FIRST = Order("dalla più recente", "dalla meno recente", grows=False)
YOUNGEST_FIRST = Order("dalla più recente", "dalla meno recente", grows=True)
"""The same words where the column tells an age."""


@dataclass(frozen=True)
class Ordering:
    """How a list stands now, and where it stands the other way round."""

    parole: str
    cresce: bool
    altro: str
    indirizzo: str


def ordering(order: Order, *, inverse: bool, turned: str) -> Ordering:
    """Say the order of a list; ``turned`` is its address the other way round."""
    words, other = (order.inverse, order.usual) if inverse else (order.usual, order.inverse)
    return Ordering(words, order.grows is not inverse, other, turned)
