"""What the desk uses outside its database: where people reach it, where files lie, which keys and servers it has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Facilities:
    """One running desk's, chosen by its settings and made once for the program."""

    #: The address people type, without a final slash; empty where nobody said it.
    public_url: str = ""
