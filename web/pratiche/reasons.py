"""Why the program decided as it did: the rules that counted, those that did not, in the words of their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.history import EventType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.store import Event

REJECTED_SHOWN = 3
"""Rules that did not count are as many as a table is long: these are enough to see how it reasons."""
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
            yield Reason(_title(table["table"], result), _matched(table["matched"]), _rejected(table["unmatched"]))


def _title(table: str, result: Any) -> str:
    name = table.replace("_", " ").capitalize()
    return f"{name} {result} perché…" if isinstance(result, str) else f"{name}: {_listed(result)}"


def _listed(result: Any) -> str:
    return ", ".join(map(str, result)) if isinstance(result, list) else str(result)


def _matched(rules: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(f"{_words(rule)} (regola {rule['rule']})" for rule in rules if _words(rule))


def _words(rule: Mapping[str, Any]) -> str:
    """Give the note its author wrote, or else what the rule looked at."""
    return rule["annotation"] or "; ".join(f"{cell['input']}: {cell['value']}" for cell in rule["cells"])


def _rejected(rules: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Tell the rules that looked at something the requester did say."""
    telling = [rule for rule in rules if rule["cells"] and rule["cells"][0]["value"] != NOTHING]
    return tuple(_rejection(rule) for rule in telling[:REJECTED_SHOWN])


def _rejection(rule: Mapping[str, Any]) -> str:
    cell = rule["cells"][0]
    return f"{cell['input']}: {cell['value']}. La regola {rule['rule']} non vale."
