"""What is wrong: a problem of a file that a designer wants to deploy, an error of one answer in a form."""

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


@dataclass(frozen=True)
class FieldError:
    """Why one answer is refused.

    ``path`` is the field's name on the page (``divulgazioni-0-data``), ``message`` stands at the field, ``gist`` in the
    list at the top of the page, where ``message`` takes its place if it is empty.
    """

    path: str
    label: str
    message: str
    gist: str = ""
