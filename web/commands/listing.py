"""Print a list on the console: a row on a line, its cells apart by tabs, and a sentence where there is no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


def show(rows: Iterable[Iterable[object]], nothing: str) -> None:
    """Print the rows as they come; where none comes, a sentence for people, which no program takes for a row."""
    empty = True
    for row in rows:
        click.echo("\t".join(_cell(each) for each in row).rstrip())
        empty = False
    if empty:
        click.echo(nothing, err=True)


def _cell(value: object) -> str:
    """Write a value on one line, without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in str(value))
