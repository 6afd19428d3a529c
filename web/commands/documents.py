"""Commands about documents: sweep contents that no case has any more, name those that are missing."""

from __future__ import annotations

import click

from desk import files
from web.commands.wiring import Wiring, example, pass_wiring
from web.facilities import facilities_of


@click.group("files", epilog=example("files sweep"))
def documents() -> None:
    """I file dei documenti."""


@documents.command(epilog=example("files sweep"))
@pass_wiring
def sweep(wiring: Wiring) -> None:
    """Togli i file che nessuna pratica usa più e nomina quelli che mancano; esce con 1 se ne manca uno."""
    wiring.store.require_current()
    found = files.sweep(wiring.store, facilities_of(wiring.settings).files)
    click.echo(f"File tolti: {found.removed}. Arrivi interrotti tolti: {found.forgotten}.")
    for digest in found.missing:
        click.echo(f"Manca {digest}: prendilo da una copia di sicurezza.", err=True)
    if found.missing:
        raise click.exceptions.Exit(1)


COMMANDS = (documents,)
