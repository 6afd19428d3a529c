"""The register of rules: each a small function from a diagram to what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from engine.check.words import label, line_of, owner
from engine.problems import Kind, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram


class Finding(NamedTuple):
    """What a rule has to say: about which element, what is wrong, what to do.

    ``line`` is given where it is not the one on which the element begins, ``column`` where an expression is meant.
    """

    element: Element
    message: str
    advice: str
    line: int | None = None
    column: int = 0


Check = Callable[["Diagram"], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """One demand on a diagram, under its stable name."""

    name: str
    kind: Kind
    check: Check

    def problems(self, diagram: Diagram) -> Iterator[Problem]:
        """Turn the findings into problems with their place in the file."""
        for finding in self.check(diagram):
            shown = owner(finding.element)
            line = finding.line or line_of(finding.element)
            yield Problem(
                diagram.file,
                line,
                shown.get("id", ""),
                label(shown),
                self.kind,
                self.name,
                finding.message,
                finding.advice,
                finding.column,
            )


RULES: dict[str, Rule] = {}


def rule(name: str, kind: Kind) -> Callable[[Check], Check]:
    """Register a function as the rule of this name; raises ValueError for a name already taken."""

    def register(check: Check) -> Check:
        if name in RULES:
            raise ValueError(name)
        RULES[name] = Rule(name, kind, check)
        return check

    return register
