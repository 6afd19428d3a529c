"""The command ``sportello`` itself: lists commands by purpose in Italian, and tells failures as sentences."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from web.commands.failures import told, told_in_log
from web.commands.italian import in_italian
from web.commands.typed import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from click import Command, Context, HelpFormatter

OPTIONS, COMMAND = "[OPZIONI]", "COMANDO [PAROLE]..."
WIDTH = 100
"""Columns of a page of help."""


class Sportello(click.Group):
    """All commands, in sections with a heading each. What fails under any of them is told here, and only here."""

    def __init__(self, help: str, sections: Mapping[str, Iterable[Command]]) -> None:  # noqa: A002  # click's name
        super().__init__("sportello", help=help, context_settings={"max_content_width": WIDTH})
        self.sections = {heading: tuple(commands) for heading, commands in sections.items()}
        for command in (each for commands in self.sections.values() for each in commands):
            self.add_command(command)
        click.version_option(package_name="sportello", message="%(prog)s %(version)s", help="Mostra la versione.")(self)
        with in_italian():
            _finish(self)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a terminal without «’» shows another sign, and the command goes on
                stream.reconfigure(errors="replace")
        with in_italian():
            return super().main(*args, **kwargs)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        for word in args:
            if not is_plain(word):
                raise click.UsageError(f"{word!a} contiene segni che non sono testo su una riga.", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        with told(ctx.obj), told_in_log(ctx.obj):
            return super().invoke(ctx)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands of each section under its heading."""
        del ctx
        longest = max(map(len, self.commands))
        for heading, commands in self.sections.items():
            with formatter.section(heading):
                rows = [(str(each.name).ljust(longest), each.get_short_help_str()) for each in commands]
                formatter.write_dl(rows)


def _finish(command: Command) -> None:
    """Say in Italian what click has outside its catalogue or makes only once, and leave first sentences whole in lists.

    The catalogue lacks what stands for options and commands in a line of usage; the help option is made once.
    """
    command.get_help_option(click.Context(command))
    command.options_metavar = OPTIONS
    command.short_help = command.get_short_help_str(WIDTH)
    if isinstance(command, click.Group):
        command.subcommand_metavar = COMMAND
        for below in command.commands.values():
            _finish(below)
