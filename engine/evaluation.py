"""Evaluate FEEL and DMN for a case's diagram, at the transition's moment and with the functions of its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import feel
from engine.civil_time import ROME
from engine.errors import ExpressionFailed
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.definitions import Definition
    from engine.store import Functions, UnitOfWork


class FeelHost:
    """Answers what the token engine asks while it moves: expressions and decisions."""

    def __init__(self, uow: UnitOfWork, definition: Definition, scope: str | None, initiator: str) -> None:
        self._uow = uow
        self._definition = definition
        self._scope = scope
        self._initiator = initiator
        self._allowance = feel.Allowance()
        #: Decisions made in this transition: what was decided, its value and why.
        self.decisions: list[dict[str, Any]] = []

    @property
    def _now(self) -> datetime:
        """``now()`` and ``today()`` are Italy's, also shortly after midnight."""
        return self._uow.now.astimezone(ROME)

    @property
    def _functions(self) -> Functions:
        return self._uow.functions(self._scope)

    def evaluate(self, text: str, context: Mapping[str, Any]) -> Any:
        """Evaluate FEEL over the variables in reach; ``initiator`` is who started the case, as in Camunda."""
        names = {"initiator": self._initiator, **context}
        with self._allowance as budget:
            return feel.evaluate(text, names, now=self._now, functions=self._functions, budget=budget)

    def decide(self, ref: str, context: Mapping[str, Any]) -> Any:
        """Evaluate a DMN decision and keep its reasons for the history.

        Raises:
            ExpressionFailed: no DMN file of the deployment holds this decision.

        """
        model = self._definition.decisions.get(ref)
        if model is None:
            raise ExpressionFailed(ref, ref, "nessuna tabella ha questo nome")
        with self._allowance:  # a model has a budget of its own, and uses the transition's time as well
            result = model.evaluate(ref, context, now=self._now, functions=self._functions)
        value = plain(result.value)
        self.decisions.append({"decision": ref, "value": value, "trace": plain(result.trace)})
        return value
