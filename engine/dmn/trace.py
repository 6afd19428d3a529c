"""How a decision came about, as plain data that people can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.dmn.words import in_words, is_measure, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.dmn.evaluation import Record
    from engine.dmn.grid import DecisionRule, Grid, TableCell


@dataclass(frozen=True, slots=True)
class Result:
    """What a decision gave: the value, why parts of it are null, and how its tables came to it."""

    value: Any
    warnings: tuple[str, ...]
    records: tuple[Record, ...] = ()

    @property
    def trace(self) -> list[dict[str, Any]]:
        """Say, per table, which rules matched and which cells decided it; JSON-able, every value in Italian words.

        Each table: ``table``, ``label`` (what it decides), ``hit_policy``, ``result`` (a list of words where the policy
        gives a list, None for null), ``default`` (whether it stands in because no rule matched), ``matched`` and
        ``unmatched``. Each rule: ``rule`` (from 1), ``annotation``, ``gives`` (its results; of rules that matched) and
        ``cells``: all that had something to say for a rule that matched, the one that excluded it for one that did not.
        Each cell: ``input`` (its label), ``cell`` (its text), ``value`` (the input's) and ``measure`` (whether that is
        a number, a day or a length of time).
        """
        return [_table(record) for record in self.records]


def _table(record: Record) -> dict[str, Any]:
    table, matched = record.table, iter(record.rows)
    return {
        "table": table.name,
        "label": _label(table),
        "hit_policy": table.hit_policy,
        "result": _result(record),
        "default": record.default,
        "matched": [
            {**_rule(rule, _deciding(rule), record), "gives": _gives(table, next(matched, []))}
            for rule in table.rules
            if rule.index in record.matched
        ],
        "unmatched": [
            _rule(rule, [rule.cells[record.excluded[rule.index]]], record)
            for rule in table.rules
            if rule.index in record.excluded
        ],
    }


def _label(table: Grid) -> str:
    own = table.outputs[0].label if len(table.outputs) == 1 else ""
    return own or plain_name(table.name).capitalize()


def _result(record: Record) -> str | list[str] | None:
    if record.result is None:
        return None
    if record.table.gives_list and not record.default:
        return [_row(record.table, row) for row in record.result]
    return _row(record.table, record.result)


def _row(table: Grid, row: Any) -> str:
    """Write one result: a value, or for several outputs each under its label."""
    several = len(table.outputs) > 1 and isinstance(row, dict)
    return _gives(table, [row[name] for name in table.names] if several else [row])


def _gives(table: Grid, values: list[Any]) -> str:
    if len(values) == 1:
        return in_words(values[0])
    labels = [output.label or plain_name(output.name) for output in table.outputs]
    return ", ".join(f"{label}: {in_words(value)}" for label, value in zip(labels, values, strict=False))


def _deciding(rule: DecisionRule) -> list[TableCell]:
    return [cell for cell in rule.cells if cell.says]


def _rule(rule: DecisionRule, cells: Iterable[TableCell], record: Record) -> dict[str, Any]:
    return {"rule": rule.index, "annotation": rule.annotation, "cells": [_cell(cell, record) for cell in cells]}


def _cell(cell: TableCell, record: Record) -> dict[str, Any]:
    value = record.values[cell.column]
    label = record.table.inputs[cell.column].heading or f"colonna {cell.column + 1}"
    return {"input": label, "cell": cell.text, "value": in_words(value), "measure": is_measure(value)}
