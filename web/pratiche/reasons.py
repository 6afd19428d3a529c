"""Why the program decided as it did: the rules that counted, those that did not, in the words of their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.history import EventType
from web.filters import list_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.store import Event

REJECTED_SHOWN = 2
"""Rules passed over can be as many as a table has: these are enough to see how it reasons."""
RANKED = frozenset({"PRIORITY", "FIRST"})
"""Hit policies under which a rule is passed over for a lower one; elsewhere every rule stands for itself."""
NOTHING = "–"


@dataclass(frozen=True)
class Reason:
    """One table's answer: «Urgenza alta perché…», what counted, what did not."""

    tabella: str
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
            name = table["table"]
            yield Reason(name, _title(name, result), _matched(table["matched"]), _passed_over(table))


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


def _passed_over(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Tell, in their authors' words, the rules above the one that counted; what nobody said rules nothing out."""
    if table.get("hit_policy") not in RANKED:
        return ()
    last = max(rule["rule"] for rule in table["matched"])
    above = [rule for rule in table["unmatched"] if rule["rule"] < last and rule["annotation"] and _was_said(rule)]
    return tuple(f"la regola {rule['rule']} non vale: «{rule['annotation']}»" for rule in above[:REJECTED_SHOWN])


def _was_said(rule: Mapping[str, Any]) -> bool:
    return bool(rule["cells"]) and rule["cells"][0]["value"] != NOTHING
