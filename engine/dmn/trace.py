"""How a decision came about, as plain data that people can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.feel.budget import Budget, Meter
from engine.feel.errors import BudgetExceeded
from engine.feel.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.dmn.table import Cell, Record, Rule

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What a decision gave: the value, why parts of it are null, and how its tables came to it."""

    value: Any
    warnings: tuple[str, ...]
    records: tuple[Record, ...] = ()

    @property
    def trace(self) -> list[dict[str, Any]]:
        """Say, per table, which rules matched and which cells decided it; JSON-able.

        Each table: ``table``, ``hit_policy``, ``matched`` and ``unmatched``. Each rule: ``rule`` (from 1),
        ``annotation`` and ``cells``: all that had something to say for a rule that matched, the one that excluded it
        for one that did not. Each cell: ``input`` (its label), ``cell`` (its text), ``value`` (the input's, in words).
        """
        return [_table(record) for record in self.records]


def _table(record: Record) -> dict[str, Any]:
    rules = record.table.rules
    return {
        "table": record.table.name,
        "hit_policy": record.table.hit_policy,
        "matched": [_rule(rule, _deciding(rule), record) for rule in rules if rule.index in record.matched],
        "unmatched": [
            _rule(rule, [rule.cells[record.excluded[rule.index]]], record)
            for rule in rules
            if rule.index in record.excluded
        ],
    }


def _deciding(rule: Rule) -> list[Cell]:
    return [cell for cell in rule.cells if cell.says]


def _rule(rule: Rule, cells: Iterable[Cell], record: Record) -> dict[str, Any]:
    return {"rule": rule.index, "annotation": rule.annotation, "cells": [_cell(cell, record) for cell in cells]}


def _cell(cell: Cell, record: Record) -> dict[str, Any]:
    value = record.values[cell.column]
    return {"input": record.table.inputs[cell.column].label, "cell": cell.text, "value": in_words(value)}


def in_words(value: Any) -> str:
    """Write a value for people: texts without quotes, true and false in Italian, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, str):
        return value[:_LONGEST]
    try:
        return text_of(value, Meter(Budget(size=10 * _LONGEST)))[:_LONGEST]
    except BudgetExceeded:
        return "…"
