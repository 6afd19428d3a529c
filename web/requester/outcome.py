"""Tell the requester the outcome: the answers of the steps that a diagram shows to them.

A step says so with the property ``SHOWN_TO``; within it, the form leaves out what the requester is not to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.properties import SHOWN_TO
from desk.states import Turn
from engine import definitions, instances
from web.parts import forms
from web.parts.case.answers import answered_steps
from web.request.requester_session import requester

if TYPE_CHECKING:
    from markupsafe import Markup

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork


def outcome_of(uow: UnitOfWork, case: CaseSummary) -> list[Markup]:
    """Draw the answers shown to the requester, the latest first."""
    instance = instances.get(uow, case.id)
    definition = definitions.load(uow, instance.definition_id)
    history = instances.history(uow, case.id)
    steps = answered_steps(uow, definition, instance, history, requester(case))
    elements = definition.model.elements
    return [
        forms.recap(step.sezioni)
        for step in steps
        if Turn.REQUESTER in SHOWN_TO.all_of(elements[step.element_id].properties)
    ]
