"""``sportello``: commands over the verbs of engine and desk, for whoever keeps the program running.

Each command is a few lines over the same functions that the pages call.
"""

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
from web.commands.group import Sportello
from web.commands.wiring import Wiring

__all__ = ["Wiring", "sportello"]

for command in offices.COMMANDS:
    comuni.comune.add_command(command)
for command in (*accounts.COMMANDS, *mandates.COMMANDS):
    people.user.add_command(command)

sportello = Sportello(
    "Lo sportello per l’innovazione, da riga di comando.",
    {
        "Accendere il programma": running.COMMANDS,
        "Disegnare i processi": (*processes.COMMANDS, *starting.COMMANDS),
        "Comuni e persone": (*comuni.COMMANDS, *people.COMMANDS),
        "Quello che si ferma": (*failed_jobs.COMMANDS, *mail.COMMANDS),
        "Buste, documenti e conservazione": (*envelopes.COMMANDS, *documents.COMMANDS, *retention.COMMANDS),
        "Prove": proofs.COMMANDS,
    },
)
