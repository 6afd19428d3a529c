"""One thing that is wrong with a file a designer wants to deploy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["invalid", "unsupported", "advice"]
"""``invalid`` breaks a rule of the notation itself; ``unsupported`` is valid, but would not run here as its author
meant; ``advice`` stops no deployment."""


@dataclass(frozen=True, order=True)
class Problem:
    """A finding with its place: the file, the line (1-based) and the element, by id and by label.

    ``rule`` is the finding's stable kebab-case name. ``message`` (what is wrong) and ``advice`` (what to do) are
    Italian sentences for the designer; ``element`` and ``name`` are empty when the whole file is meant. ``column``
    counts from 1 in the line of the expression that is meant, as its author wrote it; it is 0 elsewhere.
    """

    file: str
    line: int
    element: str
    name: str
    kind: Kind
    rule: str
    message: str
    advice: str = ""
    column: int = 0

    @property
    def stops(self) -> bool:
        """Say whether a deployment is refused because of it."""
        return self.kind != "advice"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.element or '-'}: {self.message}"
