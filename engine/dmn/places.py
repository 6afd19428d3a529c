"""Where in a model a fault is, as its author finds it: the line of the file, the rule of the table, the column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.dmn.refusals import ModelProblem
from engine.dmn.xml import Element, attribute, child, children, line_of, own_text
from engine.xml import tag

if TYPE_CHECKING:
    from engine.feel.check import ExpressionProblem as Fault


def located(owner: tuple[str, str], element: Element, source: str, fault: Fault) -> ModelProblem:
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
    return ModelProblem(*owner, line, found.column, fault.message, fault.rule, _cell(element) or found.place)


def _cell(element: Element) -> str:
    """Name the cell of a table: its rule, counted from 1 as editors show it, and its column by its label.

    A cell is short: where in it the fault is goes without saying, and «column» would be taken for the table's.
    """
    rule = element.getparent()
    table = None if rule is None else rule.getparent()
    if rule is None or table is None or tag(rule) != "rule":
        return ""
    kind = "input" if tag(element) == "inputEntry" else "output"
    at = list(children(rule, tag(element))).index(element)
    column = list(children(table, kind))[at : at + 1]
    said = next((attribute(each, "label") or attribute(each, "name") for each in column), "") or str(at + 1)
    return f"regola {list(children(table, 'rule')).index(rule) + 1}, colonna «{said}»"
