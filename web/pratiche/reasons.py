"""Why the program decided as it did: the rules that counted, those that did not, in the words of their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.history import EventType
from web.filters import list_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.store import Event

REJECTED_SHOWN = 3
"""What ruled out other outcomes can be as long as a table: these are enough to see how it reasons."""
NUMBERED = 4
NOTHING = "–"


@dataclass(frozen=True)
class Reason:
    """One table's answer: «Urgenza alta perché…», what counted, what did not."""

    titolo: str
    contano: tuple[str, ...]
    non_contano: tuple[str, ...]


def reasons(history: Sequence[Event]) -> list[Reason]:
    """Explain the latest decision of a case; none where nothing was decided."""
    decided = [event for event in history if event.type == EventType.DECISION_MADE]
    return list(explain(decided[-1].facts)) if decided else []


def explain(facts: Mapping[str, Any]) -> Iterator[Reason]:
    """Tell each table whose result is part of the decision's value."""
    value = facts.get("value")
    for table in facts.get("trace") or ():
        result = value.get(table["table"]) if isinstance(value, dict) else value
        if result and table["matched"]:
            # A list is every rule that holds: only where one outcome was chosen do the others need a reason.
            rejected = () if isinstance(result, list) else _rejected(table["unmatched"])
            yield Reason(_title(table["table"], result), _matched(table["matched"]), rejected)


def _title(table: str, result: Any) -> str:
    name = table.replace("_", " ").capitalize()
    if isinstance(result, list):
        return f"{name}: {list_words([str(each) for each in result])}"
    return f"{name} {result if str(result).islower() else f'«{result}»'} perché…"


def _matched(rules: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(f"{_words(rule)} (regola {rule['rule']})" for rule in rules if _words(rule))


def _words(rule: Mapping[str, Any]) -> str:
    """Give the note its author wrote, or else what the rule looked at."""
    return rule["annotation"] or "; ".join(f"{cell['input']}: {cell['value']}" for cell in rule["cells"])


def _rejected(rules: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Tell once each answer that ruled something out; what nobody said rules nothing out."""
    ruled_out: dict[str, list[str]] = {}
    for rule in rules:
        cell = rule["cells"][0] if rule["cells"] else {"value": NOTHING}
        if cell["value"] != NOTHING:
            ruled_out.setdefault(f"{cell['input']}: {cell['value']}", []).append(str(rule["rule"]))
    return tuple(f"{said} ({_not_valid(numbers)})" for said, numbers in list(ruled_out.items())[:REJECTED_SHOWN])


def _not_valid(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"la regola {numbers[0]} non vale"
    if len(numbers) > NUMBERED:
        return f"{len(numbers)} altre regole non valgono"
    return f"le regole {list_words(numbers)} non valgono"
