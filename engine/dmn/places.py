"""Where in a model a fault is, as its author finds it: the line of the file, the rule of the table, the column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.dmn.refusals import Problem
from engine.dmn.xml import Element, child, children, line_of, own_text
from engine.xml import tag

if TYPE_CHECKING:
    from engine.feel.check import Problem as Fault


def located(owner: tuple[str, str], element: Element, source: str, fault: Fault) -> Problem:
    """Return a fault in ``source``, read from what an element holds, as a problem of the owner (its id and name).

    A list of output values is read between brackets that its author did not write.
    """
    inner = child(element, "text")
    holder = element if inner is None else inner
    raw = own_text(holder)
    written = raw.strip()
    if source == f"[{written}]" and fault.line == 1:
        fault = replace(fault, column=min(max(fault.column - 1, 1), len(written)))
    found = fault.after(raw[: len(raw) - len(raw.lstrip())])
    line = line_of(holder) + found.line - 1
    return Problem(*owner, line, found.column, fault.message, fault.rule, f"{_rule(element)}{found.place}")


def _rule(element: Element) -> str:
    """Name the rule of the table that an element stands in, counted from 1 as editors show it."""
    for part in element.iterancestors():
        table = part.getparent()
        if tag(part) == "rule" and table is not None:
            return f"regola {list(children(table, 'rule')).index(part) + 1}, "
    return ""
