"""Rules of a decision table that cannot all be meant: seen in the table itself, before any case comes there.

Only what is sure: two rules valid together because one asks the same as the other, or less. What their tests would
have in common otherwise (``< 10`` and ``[5..20]``), and values that no rule has foreseen, only cases of test can show.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from engine.dmn.hit_policies import RANKING
from engine.dmn.refusals import ModelProblem
from engine.dmn.xml import Element, attribute, child, children, line_of, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.dmn.structure import Structure

_MOST_RULES: Final = 200
"""Rules of a table compared with each other, two by two."""
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_TEXTS: Final = re.compile(rf"{_TEXT.pattern}(?:\s*,\s*{_TEXT.pattern})*")
_PLAIN_TYPES: Final = ("", "string", "number", "boolean", "Any")


class _Rule(NamedTuple):
    number: int
    element: Element
    tests: tuple[str, ...]
    results: tuple[str, ...]

    def includes(self, other: _Rule) -> bool:
        """Whether whatever passes the other rule passes this one."""
        return all(mine in ("", "-", its) for mine, its in zip(self.tests, other.tests, strict=False))


def contradictions_in(structure: Structure) -> Iterator[ModelProblem]:
    """Give what is wrong with the rules of every table of one file, each on the line of its rule (DMN 1.5, 8.2.10)."""
    for decision in children(structure.source.root, "decision", "businessKnowledgeModel"):
        owner = attribute(decision, "id"), attribute(decision, "name")
        for table in decision.iter("{*}decisionTable"):
            for element, where, message in (*_among_rules(table), *_in_results(table), *_empty(table)):
                yield ModelProblem(*owner, line_of(element), 1, message, "slip", where)


_Told = tuple[Element, str, str]


def _rules(table: Element) -> list[_Rule]:
    return [
        _Rule(number, rule, *(tuple(map(text, children(rule, name))) for name in ("inputEntry", "outputEntry")))
        for number, rule in enumerate(children(table, "rule"), 1)
    ]


def _among_rules(table: Element) -> Iterator[_Told]:
    policy = attribute(table, "hitPolicy") or "UNIQUE"
    for before, after in combinations(_rules(table)[:_MOST_RULES], 2):
        if message := _together(policy, before, after):
            yield after.element, f"regola {after.number}", message


def _together(policy: str, before: _Rule, after: _Rule) -> str:
    """Say why two rules cannot both be meant; empty where they can."""
    if policy == "FIRST" and before.includes(after):
        return f"non vale mai, perché la regola {before.number} viene prima e la comprende."
    overlap = before.includes(after) or after.includes(before)
    if policy == "UNIQUE" and overlap:
        return f"vale insieme alla regola {before.number}, ma la politica UNIQUE ne vuole una sola."
    if policy == "ANY" and overlap and before.results != after.results:
        return f"vale insieme alla regola {before.number} con un altro risultato, che la politica ANY non ammette."
    return ""


def _empty(table: Element) -> Iterator[_Told]:
    for rule in _rules(table):
        if rule.results and not any(rule.results):
            yield rule.element, f"regola {rule.number}", "manca il risultato: la regola non dà niente."


def _in_results(table: Element) -> Iterator[_Told]:
    for at, column in enumerate(children(table, "output")):
        said = attribute(column, "label") or attribute(column, "name") or str(at + 1)
        values = child(column, "outputValues")
        listed = "" if values is None else text(values)
        policy = attribute(table, "hitPolicy")
        if policy in RANKING and not listed and attribute(column, "typeRef") in _PLAIN_TYPES:
            message = f"la politica {policy} vuole i valori possibili, dal più importante: scrivili nella colonna."
            yield column, f"colonna «{said}»", message
        for rule in _rules(table):
            for result in rule.results[at : at + 1]:
                if message := _misfit(result, listed):
                    yield rule.element, f"regola {rule.number}, colonna «{said}»", message


def _misfit(result: str, listed: str) -> str:
    """Say why a result is none of those that its column lists; only what is plain text is compared."""
    if _TEXT.fullmatch(result) and _TEXTS.fullmatch(listed) and result not in _TEXT.findall(listed):
        return f"{result} non è tra i valori della colonna: {listed}."
    return ""
