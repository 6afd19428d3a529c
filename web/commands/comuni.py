"""Comuni from the console."""

from __future__ import annotations

import click

from desk import comuni, istat
from web.commands.changing import change
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
@click.pass_obj
def join(wiring: Wiring, /, code: str, **told: str | None) -> None:
    """Fai aderire il Comune con questo codice ISTAT."""
    office = comuni.Office(**told)  # type: ignore[arg-type]  # the options are the fields that are texts
    change(wiring, lambda uow: comuni.join(uow, code, office, CONSOLE))


@comune.command("list")
@pass_wiring
def list_joined(wiring: Wiring) -> None:
    """Elenca i Comuni che hanno aderito."""
    with wiring.store.snapshot() as uow:
        for each in comuni.joined(uow):
            click.echo(f"{each.istat}\t{each.name}")


COMMANDS = (comune,)
