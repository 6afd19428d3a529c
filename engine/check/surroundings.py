"""What is known of the place where checked files shall run: its groups, variables, operations and functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True)
class Surroundings:
    """What is known of the place where the files shall run; None means that nothing is known, and nothing is checked.

    ``groups`` are the candidate groups people belong to, ``names`` the variables that operations and programs give
    beside those that forms ask, ``topics`` the registered operations. ``functions`` are those that FEEL has here beyond
    its own: a name such as ``working days between`` can only be read by who knows it. ``beside`` are variables that
    diagrams write which are not checked now. ``folder`` is the name of the folder that holds all that is checked.
    """

    groups: Collection[str] | None = None
    names: Collection[str] | None = None
    topics: Collection[str] | None = None
    functions: Collection[str] = ()
    beside: Collection[str] = ()
    folder: str | None = None


NOTHING_KNOWN = Surroundings()
