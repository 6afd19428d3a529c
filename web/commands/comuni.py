"""Comuni from the console."""

from __future__ import annotations

import click

from desk import comuni, istat
from desk.errors import DeskRefusal
from web.commands.wiring import CONSOLE, Wiring, pass_wiring


@click.group()
def comune() -> None:
    """I Comuni: l’elenco dell’ISTAT e quelli che hanno aderito."""


@comune.command("import")
@pass_wiring
def import_list(wiring: Wiring) -> None:
    """Carica o aggiorna l’elenco dei Comuni italiani."""
    with wiring.store.unit_of_work() as uow:
        click.echo(f"{istat.import_list(uow)} Comuni")


@comune.command()
@click.argument("code")
@click.option("--address")
@click.option("--room")
@click.option("--phone")
@click.option("--email")
@click.option("--pec")
@pass_wiring
def join(wiring: Wiring, code: str, **office: str | None) -> None:
    """Fai aderire il Comune con questo codice ISTAT."""
    try:
        with wiring.store.unit_of_work() as uow:
            comuni.join(uow, code, comuni.Office(**office), CONSOLE)
    except DeskRefusal as refusal:
        raise click.ClickException(f"{type(refusal).__name__}: {refusal}") from refusal


@comune.command("list")
@pass_wiring
def list_joined(wiring: Wiring) -> None:
    """Elenca i Comuni che hanno aderito."""
    with wiring.store.snapshot() as uow:
        for each in comuni.joined(uow):
            click.echo(f"{each.istat}\t{each.name}")


COMMANDS = (comune,)
