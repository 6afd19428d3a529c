"""``sportello``: the verbs of the engine and the desk for whoever keeps the program running.

Each command is a few lines over the same functions that the pages call.
"""

import click

from web.commands import (
    accounts,
    comuni,
    documents,
    envelopes,
    failed_jobs,
    mail,
    mandates,
    offices,
    people,
    processes,
    proofs,
    retention,
    running,
    starting,
)
from web.commands.wiring import Wiring

__all__ = ["Wiring", "sportello"]


@click.group()
@click.version_option(package_name="sportello", message="%(prog)s %(version)s", help="Mostra la versione.")
def sportello() -> None:
    """Lo sportello per l’innovazione: avvio, processi, persone, Comuni."""


for command in (*running.COMMANDS, *processes.COMMANDS, *starting.COMMANDS, *people.COMMANDS, *comuni.COMMANDS):
    sportello.add_command(command)
for command in (*failed_jobs.COMMANDS, *proofs.COMMANDS, *mail.COMMANDS, *envelopes.COMMANDS):
    sportello.add_command(command)
for command in (*documents.COMMANDS, *retention.COMMANDS):
    sportello.add_command(command)
for command in offices.COMMANDS:
    comuni.comune.add_command(command)
for command in (*accounts.COMMANDS, *mandates.COMMANDS):
    people.user.add_command(command)
