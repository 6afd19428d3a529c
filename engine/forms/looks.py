"""How a choice is drawn and how much of it may be taken: the custom properties ``aspetto`` and ``massimo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.forms.custom import LOOK, MOST
from engine.forms.kinds import LOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.forms.component import Component
    from engine.problems import Kind

Told = tuple["Kind", str, str, str]
"""Kind, rule, message and advice of a finding."""


def most(component: Component) -> int | None:
    """Return how many voices of a checklist may be chosen; ``None`` when it is not limited."""
    text = component.custom(MOST)
    return int(text) if text.isdecimal() and int(text) > 0 else None


def looks(component: Component) -> Iterator[Told]:
    """Tell what is wrong with the two properties."""
    look, allowed = component.custom(LOOK), LOOKS.get(component.type, ())
    if look and look not in allowed:
        yield (
            "invalid",
            "form-look",
            f"L’aspetto «{look}» qui non c’è.",
            f"Qui si può usare: {', '.join(allowed)}." if allowed else "Toglilo: vale solo per una scelta.",
        )
    if component.custom(MOST) and (component.type != "checklist" or most(component) is None):
        yield (
            "invalid",
            "form-most",
            f"La proprietà «{MOST.name}» non si può usare così.",
            "Su una scelta multipla scrivi un numero intero, da 1 in su.",
        )
