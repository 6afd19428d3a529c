"""Commands about accounts: add one, list all. The first account of an installation is made here."""

from __future__ import annotations

from dataclasses import dataclass

import click

from desk import people
from desk.access import Role
from engine.identity import EVERYWHERE
from web.commands import typed
from web.commands.asking import asked_password
from web.commands.listing import show
from web.commands.wiring import CONSOLE, Wiring, example, pass_wiring


@dataclass(frozen=True)
class UserArguments:
    """What the command line says of a new person."""

    username: str
    name: str
    email: str
    role: str
    comune: tuple[str, ...]
    password: str


@click.group(epilog=example("user list", "user roles ada.esempio Analista", "user close ada.esempio"))
def user() -> None:
    """Le persone che lavorano allo sportello."""


@user.command(
    epilog=example(
        'user add ada.esempio --name "Ada Esempio" --email ada@comune.example --role Amministratore',
        'user add ugo.prova --name "Ugo Prova" --email ugo@comune.example --role Referente --comune 001042',
    )
)
@click.argument("username", type=typed.username, metavar="UTENTE", help="Con cui entra, per esempio ada.esempio.")
@click.option("--name", required=True, type=typed.sentence, metavar="TESTO", help="Nome e cognome: «Ada Esempio».")
@click.option("--email", required=True, type=typed.address, metavar="INDIRIZZO", help="Per esempio ada@comune.example.")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    metavar="RUOLO",
    help=f"{', '.join(Role)}.",
)
@click.option(
    "--comune",
    multiple=True,
    type=typed.istat_code,
    metavar="CODICE",
    help="Codice ISTAT di un Comune dove vale, per esempio 001042; si può ripetere. Senza, vale ovunque.",
)
@asked_password
@click.pass_obj
def add(wiring: Wiring, /, **words: object) -> None:
    """Aggiungi una persona con un ruolo e una password di almeno dodici caratteri."""
    given = UserArguments(**words)  # type: ignore[arg-type]  # click gives each option its type
    roles = {Role(given.role): given.comune or (EVERYWHERE,)}
    new = people.NewUser(given.username, given.email, given.name, given.password, roles)
    with wiring.unit_of_work() as uow:
        people.create(uow, new, CONSOLE)


@user.command("list", epilog=example("user list"))
@pass_wiring
def list_users(wiring: Wiring) -> None:
    """Elenca le persone: nome utente, nome, ruoli."""
    with wiring.snapshot() as uow:
        rows = ((each.username, each.name, ", ".join(people.roles(each))) for each in people.everyone(uow))
        show(rows, "Non c’è ancora nessuno. Comincia da «sportello user add».")


COMMANDS = (user,)
