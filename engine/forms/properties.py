"""What a designer may write into the custom properties of a component, which form-js itself leaves open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.forms.component import roles_of
from engine.forms.custom import (
    EACH_TURN,
    EMPTY,
    ENTRY,
    FIRST_ROWS,
    FIRST_VALUE,
    MISSING,
    NOT_AFTER,
    NOT_BEFORE,
    PROPERTIES,
    REQUIRED_IF,
    ROLES,
    SHORT_LABEL,
    STEP,
    TONE,
    VALIDATOR,
)
from engine.forms.expressions import is_expression
from engine.forms.kinds import KINDS, TONES
from engine.forms.validators import VALIDATORS
from engine.properties import near_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.forms.component import Component
    from engine.forms.looks import Told
    from engine.properties import Property


_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def properties(component: Component) -> Iterator[Told]:
    """Tell what is wrong with a component's custom properties; ``looks`` tells of those on how a choice is drawn."""
    validator = component.custom(VALIDATOR)
    if validator and (validator not in VALIDATORS or component.type not in ("textfield", "textarea")):
        names = ", ".join(VALIDATORS)
        yield (
            "invalid",
            "form-validator",
            f"Il controllo «{validator}» non c’è.",
            f"Su un campo di testo usa uno di questi: {names}.",
        )
    try:
        roles_of(component.custom(ROLES))
    except (ValueError, AttributeError) as fault:
        yield (
            "invalid",
            "form-roles",
            f"La proprietà «{ROLES.name}» non si legge: «{fault}».",
            "Scrivi per esempio «Referente=edit, Analista=readonly»; si può anche «hidden».",
        )
    yield from _first_rows(component)
    if (tone := component.custom(TONE)) and tone not in TONES:
        yield "invalid", "form-tone", f"Il tono «{tone}» non c’è.", f"Usa uno di questi: {', '.join(TONES)}."
    if (turn := component.custom(EACH_TURN)) and turn != EMPTY:
        yield "invalid", "form-each-turn", f"«{EACH_TURN.name}» dice «{turn}», che non c’è.", f"Scrivi «{EMPTY}»."
    yield from _conditions(component)
    yield from _unread(component)


def _conditions(component: Component) -> Iterator[Told]:
    """Tell of a condition that is none, and of a limit that gives no day."""
    condition = component.custom(REQUIRED_IF)
    if condition and not is_expression(condition):
        message, advice = (
            f"La proprietà «{REQUIRED_IF.name}» non si può usare così.",
            "Scrivi FEEL che comincia con «=».",
        )
        yield "invalid", "form-required-if", message, advice
    for entry in (NOT_BEFORE, NOT_AFTER):
        written = component.custom(entry)
        if written and not is_expression(written) and _ISO_DAY.fullmatch(written) is None:
            message = f"La proprietà «{entry.name}» non dice un giorno."
            yield "invalid", "form-limit-day", message, "Scrivi per esempio «=today()» o «2026-12-17»."


def _unread(component: Component) -> Iterator[Told]:
    """Tell of properties that do nothing: for their name, or for where they stand and nothing else tells it."""
    for name in sorted(component.part("properties")):
        entry = PROPERTIES.get(name)
        if entry is None:
            near = near_name(name, PROPERTIES)
            hint = f": intendevi «{near}»?" if near else "."
            advice = f"Hanno effetto: {', '.join(sorted(PROPERTIES))}."
            yield "advice", "form-property", f"La proprietà «{name}» non ha effetto{hint}", advice
        elif _does_nothing(component, entry):
            message = f"La proprietà «{name}» qui non ha effetto."
            yield "advice", "form-property-place", message, f"Scrivila su: {entry.place.name}."


def _does_nothing(component: Component, entry: Property) -> bool:
    """Say whether a property stands where nobody reads it, and nothing else tells of it."""
    is_told = entry not in _TOLD_HERE or (entry is TONE and component.custom(TONE) not in TONES)
    return component.type not in entry.place.types and not is_told


_TOLD_HERE: Final = (STEP, SHORT_LABEL, MISSING, ENTRY, TONE, EACH_TURN)
"""Those whose place nothing else looks at."""


def _first_rows(component: Component) -> Iterator[Told]:
    text = component.custom(FIRST_ROWS)
    if text and (component.type != "dynamiclist" or not is_expression(text)):
        yield (
            "invalid",
            "form-first-rows",
            f"La proprietà «{FIRST_ROWS.name}» non si può usare così.",
            "Su un elenco ripetuto scrivi un’espressione FEEL che comincia con «=» e dà una lista di righe.",
        )
    value = component.custom(FIRST_VALUE)
    if value and (KINDS[component.type].shape != "field" or not is_expression(value)):
        yield (
            "invalid",
            "form-first-value",
            f"La proprietà «{FIRST_VALUE.name}» non si può usare così.",
            "Su un campo scrivi un’espressione FEEL che comincia con «=» e dà il valore da cui partire.",
        )
