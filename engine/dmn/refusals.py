"""What a model may be refused for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.feel.check import Rule


class InvalidModel(EngineError):
    """The file is XML but no DMN model, or it imports a model that is not there."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file
        self.message = message


class UnknownDecision(EngineError):
    """The model has no decision and no decision service of this id or name."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.ref = ref


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """Something in a model that cannot be evaluated; the part around it still can.

    ``line`` is the line in the file, ``column`` the column in the expression, ``message`` an Italian sentence. ``rule``
    says what kind of fault it is, ``where`` in words the table's rule and column, or the column of the text; it is
    empty for a whole element.
    """

    element: str
    name: str
    line: int
    column: int
    message: str
    rule: Rule = "syntax"
    where: str = ""
