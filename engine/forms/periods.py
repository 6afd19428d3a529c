"""Between which days a date of a form makes sense: a birth is not tomorrow, a fair not yesterday."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from engine.civil_time import ROME
from engine.forms.asking import Unreadable
from engine.forms.custom import NOT_AFTER, NOT_BEFORE
from engine.forms.expressions import is_expression, plain

if TYPE_CHECKING:
    from engine.forms.expressions import Situation
    from engine.forms.filling import FilledComponent
    from engine.properties import Property


def within(node: FilledComponent, value: str, situation: Situation) -> None:
    """Raise ``Unreadable`` where a day, or the day of a moment, lies outside what the designer says makes sense."""
    day, first, last = (
        date.fromisoformat(value[:10]),
        _limit(node, NOT_BEFORE, situation),
        _limit(node, NOT_AFTER, situation),
    )
    if first and day < first:
        raise Unreadable(f"Indica una data {_from(first, situation)}.", "la data è troppo indietro")
    if last and day > last:
        raise Unreadable(f"Indica una data {_until(last, situation)}.", "la data è troppo avanti")


def hint(node: FilledComponent, situation: Situation) -> str:
    """Say between which days the answer has to be; nothing where any will do."""
    first, last = _limit(node, NOT_BEFORE, situation), _limit(node, NOT_AFTER, situation)
    ends = [_from(first, situation)] if first else []
    said = " e ".join([*ends, _until(last, situation)] if last else ends)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _limit(node: FilledComponent, entry: Property, situation: Situation) -> date | None:
    """Work a limit out; no limit where its expression gives no day."""
    text = node.component.custom(entry)
    value = plain(situation.value(text, node.scope, node.component.id)) if is_expression(text) else text
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _from(day: date, situation: Situation) -> str:
    return "da oggi in poi" if day == _today(situation) else f"dal {day:%d/%m/%Y} in poi"


def _until(day: date, situation: Situation) -> str:
    return "fino a oggi" if day == _today(situation) else f"fino al {day:%d/%m/%Y}"


def _today(situation: Situation) -> date:
    return situation.now.astimezone(ROME).date()
