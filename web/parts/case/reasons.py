"""Tell why a decision table answered as it did: the rules that counted, those that did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.history import EventType
from web.words.dates import list_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.store import Event

REJECTED_SHOWN = 2
"""Rules passed over can be as many as a table has: these are enough to see how it reasons."""
RANKED = frozenset({"PRIORITY", "FIRST"})
"""Hit policies under which a rule is passed over for a lower one; elsewhere every rule stands for itself."""
NOTHING = "–"
BECAUSE = " perché…"


@dataclass(frozen=True)
class DecisionReason:
    """One table's answer: «Urgenza alta perché…», what counted, what did not."""

    tabella: str
    titolo: str
    contano: tuple[str, ...]
    non_contano: tuple[str, ...]

    @property
    def frase(self) -> str:
        """Say it in one sentence: a title that ends in «perché…» goes on with what counted."""
        if not self.titolo.endswith(BECAUSE):
            return f"{self.titolo}."
        return f"{self.titolo.removesuffix(BECAUSE)}: {'; '.join(self.contano)}."


def reasons(history: Sequence[Event]) -> list[DecisionReason]:
    """Explain the latest decision of a case; none where nothing was decided."""
    decided = [event for event in history if event.type == EventType.DECISION_MADE]
    return list(explain(decided[-1].facts)) if decided else []


def explain(facts: Mapping[str, Any]) -> Iterator[DecisionReason]:
    """Tell each table of a decision; one whose list came out empty, or that kept no result, has nothing to say."""
    for table in facts.get("trace") or ():
        if table.get("result", []) != []:
            yield DecisionReason(table["table"], _title(table), tuple(_counted(table)), tuple(_passed_over(table)))


def _title(table: Mapping[str, Any]) -> str:
    label, result = table["label"], table["result"]
    if result is None:
        return f"{label} senza risposta{BECAUSE}"
    if isinstance(result, list):
        return f"{label}: {list_words(result)}"
    return f"{label} {result if result.isalpha() and result.islower() else f'«{result}»'}{BECAUSE}"


def _counted(table: Mapping[str, Any]) -> Iterator[str]:
    """Tell the rules that gave the result; of a list, what each rule put into it."""
    matched = table["matched"]
    if not matched:
        yield (
            "nessuna regola vale, e questa è la risposta per gli altri casi"
            if table["default"]
            else "nessuna regola vale"
        )
    elif table["result"] is None and len(matched) > 1:
        yield "valgono insieme regole che si contraddicono"
    for rule in matched:
        if _adds_up(table) and len(matched) > 1:
            yield f"{rule['gives']}: {_words(rule)}"
        elif _adds_up(table) or rule["gives"] == table["result"]:
            yield _words(rule)


def _adds_up(table: Mapping[str, Any]) -> bool:
    """Whether every rule that matched has its part in the result."""
    return table["result"] is None or table["hit_policy"].startswith(("COLLECT", "RULE ORDER", "OUTPUT ORDER"))


def _words(rule: Mapping[str, Any]) -> str:
    """Give the note its author wrote, with the measures it cannot know; or else what the rule looked at."""
    said, number = rule["annotation"], f"regola {rule['rule']}"
    looked = [f"{_inside(cell['input'])}: {cell['value']}" for cell in rule["cells"] if cell["measure"] or not said]
    if said:
        return f"{said} ({'; '.join([*looked, number])})"
    return f"{'; '.join(looked) or 'vale in ogni caso'} ({number})"


def _inside(label: str) -> str:
    """Write a column's heading as it stands inside a sentence; an acronym keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _passed_over(table: Mapping[str, Any]) -> Iterator[str]:
    """Tell the rules that did not decide: true ones that a higher answer outranks, then those above that are not true.

    The latter only in their authors' words; what nobody said rules nothing out.
    """
    if table["hit_policy"] not in RANKED:
        return
    for rule in table["matched"]:
        if rule["gives"] != table["result"]:
            yield f"da sola direbbe «{rule['gives']}»: {_words(rule)}"
    first = min((rule["rule"] for rule in table["matched"] if rule["gives"] == table["result"]), default=0)
    above = [rule for rule in table["unmatched"] if rule["rule"] < first and rule["annotation"] and _was_said(rule)]
    for rule in above[:REJECTED_SHOWN]:
        yield f"la regola {rule['rule']} non vale: «{rule['annotation']}»"


def _was_said(rule: Mapping[str, Any]) -> bool:
    return bool(rule["cells"]) and rule["cells"][0]["value"] != NOTHING
