"""The rows and columns of a decision table, as its designer drew them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.dmn.hit_policies import LISTING

if TYPE_CHECKING:
    from engine.feel.compiler import Code
    from engine.feel.kinds import Type


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions; ``allowed`` tests the input's value before any rule does.

    ``label`` names it for designers, ``heading`` for everybody: empty where only an expression would.
    """

    label: str
    heading: str
    code: Code
    allowed: Code | None
    type: Type | None


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results; ``values`` gives the listed output values, best first."""

    name: str
    label: str
    type: Type | None
    values: Code
    default: Code | None


@dataclass(frozen=True, slots=True)
class TableCell:
    column: int
    text: str
    code: Code | None

    @property
    def says(self) -> bool:
        """Whether the cell is more than a dash."""
        return self.code is not None


@dataclass(frozen=True, slots=True)
class DecisionRule:
    index: int
    cells: tuple[TableCell, ...]
    outputs: tuple[Code, ...]
    annotation: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A decision table before anything is decided."""

    name: str
    hit_policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[DecisionRule, ...]

    @property
    def gives_list(self) -> bool:
        return self.hit_policy in LISTING

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.outputs]
