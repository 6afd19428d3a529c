"""Names in expressions: each should be a variable that some form asks or some step works out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import feel
from engine.check.families.expressions import readable
from engine.check.rules import Finding, rule
from engine.check.words import called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.check.diagram import Diagram


@rule("unknown-name", "advice")
def unknown_name(diagram: Diagram) -> Iterator[Finding]:
    """Tell of a name that nothing writes: it is null wherever it stands (DMN 1.5 §10.3.2.5), most often a slip.

    A program may give variables of its own when it starts a case, so it is no reason to refuse.
    """
    known = diagram.folder.variables
    if known is None:
        return
    names = known | set(diagram.folder.surroundings.functions)
    for expression, text in readable(diagram):
        for fault in feel.check(text, names):
            yield Finding(
                expression.element,
                f"{called(expression.element)} usa un nome che nessun modulo chiede e nessun passo calcola: "
                f"{fault.message}",
                f"Controlla come è scritto alla riga {fault.line}, colonna {fault.column}.",
                expression.line + max(fault.line, 1) - 1,
            )
