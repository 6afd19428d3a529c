"""Accounts from the console: the first one of an installation has no page to be made on."""

from __future__ import annotations

import click

from desk import people
from desk.access import Role
from desk.errors import DeskRefusal
from web.commands.wiring import CONSOLE, Wiring, pass_wiring


@click.group()
def user() -> None:
    """Le persone che lavorano allo sportello."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="Nome e cognome.")
@click.option("--email", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--comune", multiple=True, help="Codice ISTAT; si può ripetere. Senza, vale ovunque.")
@click.password_option(help="Almeno dodici caratteri.")
@pass_wiring
def add(wiring: Wiring, **given: str) -> None:
    """Aggiungi una persona con un ruolo."""
    roles = {Role(given["role"]): given["comune"] or ("*",)}
    new = people.NewUser(given["username"], given["email"], given["name"], given["password"], roles)
    try:
        with wiring.store.unit_of_work() as uow:
            people.create(uow, new, CONSOLE)
    except DeskRefusal as refusal:
        raise click.ClickException(f"{type(refusal).__name__}: {refusal}") from refusal


@user.command("list")
@pass_wiring
def list_users(wiring: Wiring) -> None:
    """Elenca le persone e i loro ruoli."""
    with wiring.store.snapshot() as uow:
        for each in people.everyone(uow):
            click.echo(f"{each.username}\t{each.name}\t{', '.join(people.roles(each))}")


COMMANDS = (user,)
