"""Evaluate what the process of a case says of it in properties, on the case's variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import definitions, feel
from engine.civil_time import ROME
from engine.errors import ExpressionFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.properties import Property
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class ProcessValues:
    """The properties of a case's process, ready to be evaluated."""

    uow: UnitOfWork
    definition_id: str
    scope: str | None
    variables: Mapping[str, Any]

    def of(self, entry: Property) -> Any:
        """Give the value of a property of the process: a text, or that of its FEEL; None where nothing is said.

        A case that was born before the property existed follows the newest version of its process.

        Raises:
            ExpressionFailed: the expression cannot be evaluated.

        """
        text = entry.of(self._written(entry))
        if not text.startswith("="):
            return text or None
        functions = self.uow.functions(self.scope)
        try:
            return feel.evaluate(text[1:], self.variables, now=self.uow.now.astimezone(ROME), functions=functions)
        except feel.FeelError as error:
            raise ExpressionFailed(entry.name, text, str(error)) from error

    def _written(self, entry: Property) -> Mapping[str, str]:
        own = definitions.load(self.uow, self.definition_id)
        if entry.stands_in(own.model.properties):
            return own.model.properties
        return definitions.load(self.uow, definitions.latest_id(self.uow, own.key)).model.properties
