"""Read boxed expressions and FEEL texts of a model into closures; what cannot be read is a problem, and null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.dmn.item_types import named
from engine.dmn.places import located
from engine.dmn.refusals import ModelProblem
from engine.dmn.xml import Element, attribute, line_of, type_ref
from engine.feel.arithmetic import FAILURES, reason
from engine.feel.check import ExpressionProblem as Fault
from engine.feel.errors import FeelError
from engine.feel.expression import Expression, read, read_unary
from engine.feel.kinds import NamedType, Type, conform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from engine.feel.compiler import Code
    from engine.feel.frame import Frame


class ModelReader:
    """Reads the texts of one model; ``owner`` is the element whose problems are being found."""

    def __init__(self, names: Iterable[str], types: Mapping[str, Type]) -> None:
        self.names = frozenset(names)
        self.types = types
        self.problems: list[ModelProblem] = []
        self.owner: tuple[str, str] = ("", "")

    def type_of(self, element: Element | None) -> Type | None:
        """Return the type an element refers to; None where it refers to none, or to one that does not exist."""
        found = named(type_ref(element), self.types)
        if element is not None and isinstance(found, NamedType) and found.meant(self.types) is None:
            self.problem(element, f"Il tipo «{found.name}» non esiste.")
            return None
        return found

    def expression(self, text: str, element: Element) -> Code:
        return self._code(read, text, element)

    def unary(self, text: str, element: Element) -> Code:
        return self._code(read_unary, text, element)

    def _code(self, reading: Callable[[str, Iterable[str]], Expression], text: str, element: Element) -> Code:
        language = attribute(element, "expressionLanguage")
        if language and "feel" not in language.lower():
            return self.problem(element, f"Il linguaggio «{language}» non è ammesso: usa FEEL.")
        try:
            return reading(text, self.names).code
        except FeelError as fault:
            told = Fault(fault.line or 1, fault.column or 1, fault.message)
            return self._noted(located(self.owner, element, text, told))

    def problem(self, element: Element, message: str) -> Code:
        """Note a problem and return what an expression that cannot be read gives: null, and a warning."""
        return self._noted(ModelProblem(*self.owner, line_of(element), 1, message))

    def _noted(self, problem: ModelProblem) -> Code:
        self.problems.append(problem)

        def nothing(frame: Frame) -> None:
            frame.run.warn(problem.message)

        return nothing


def typed(code: Code, wanted: Type | None, what: str) -> Code:
    """Return the code with its value brought to a type; a value that does not fit becomes null with a warning."""
    if wanted is None:
        return code

    def run(frame: Frame) -> Any:
        value, fits = conform(code(frame), wanted, frame.run)
        if not fits:
            frame.run.warn(f"il valore di «{what}» non è del tipo dichiarato")
        return value

    return run


def guarded(code: Callable[[Frame], Any]) -> Code:
    """Return code that turns a null result into null and a warning."""

    def run(frame: Frame) -> Any:
        try:
            return code(frame)
        except FAILURES as fault:
            frame.run.warn(reason(fault))
            return None

    return run


def name_of(element: Element) -> str:
    return attribute(element, "name")
