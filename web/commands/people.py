"""Accounts from the console: the first one of an installation has no page to be made on."""

from __future__ import annotations

from dataclasses import dataclass

import click

from desk import people
from desk.access import Role
from web.commands.changing import change
from web.commands.wiring import CONSOLE, Wiring, pass_wiring


@dataclass(frozen=True)
class Given:
    """What the command line says of a new person."""

    username: str
    name: str
    email: str
    role: str
    comune: tuple[str, ...]
    password: str


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
@click.pass_obj
def add(wiring: Wiring, /, **words: object) -> None:
    """Aggiungi una persona con un ruolo."""
    given = Given(**words)  # type: ignore[arg-type]  # click gives each option its type
    roles = {Role(given.role): given.comune or ("*",)}
    new = people.NewUser(given.username, given.email, given.name, given.password, roles)
    change(wiring, lambda uow: people.create(uow, new, CONSOLE))


@user.command("list")
@pass_wiring
def list_users(wiring: Wiring) -> None:
    """Elenca le persone e i loro ruoli."""
    with wiring.store.snapshot() as uow:
        for each in people.everyone(uow):
            click.echo(f"{each.username}\t{each.name}\t{', '.join(people.roles(each))}")


COMMANDS = (user,)
