"""Ask whoever runs a command: for a password, out of sight, and for a yes before what cannot be undone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.typed import is_plain

if TYPE_CHECKING:
    from click import Context, Parameter

LONGEST = 1024
"""Bytes of a file that holds a password."""
STANDARD_INPUT = "-"
YES = {"s", "sì", "si", "y", "yes"}


def _password(_context: Context, _parameter: Parameter, file: str | None) -> str:
    """Read a password from a file, or ask for it twice on the terminal: the words of a command are seen by others."""
    if file is not None:
        return _read(file)
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError(
            "Qui non c’è un terminale per chiedere la password: scrivila in un file o mandala allo "
            "standard input, e usa --password-file."
        )
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="Scrivila di nuovo", err=True))


def _read(file: str) -> str:
    """Give the only line of a file."""
    if file == STANDARD_INPUT:
        content = sys.stdin.buffer.read(LONGEST + 1)
    else:
        with Path(file).open("rb") as opened:
            content = opened.read(LONGEST + 1)
    text = content.decode(errors="surrogateescape").removesuffix("\n").removesuffix("\r")
    if len(content) > LONGEST or not is_plain(text):
        raise click.BadParameter("la password sta su una riga sola, ed è testo in UTF-8")
    return text


def _confirmed(context: Context, _parameter: Parameter, yes: bool) -> None:  # noqa: FBT001  # as click calls it
    question = f"{context.command.get_short_help_str(LONGEST)} Scrivi sì per continuare"
    if not yes and click.prompt(question, default="no", err=True).strip().casefold() not in YES:
        raise click.Abort


asked_password = click.option(
    "--password-file",
    "password",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    callback=_password,
    help="File con la password su una riga sola; «-» la legge dallo standard input. Se manca, il comando la chiede.",
)
confirmed = click.option("--yes", is_flag=True, expose_value=False, callback=_confirmed, help="Non chiedere conferma.")
