"""Commands about failed jobs: list those that used up their attempts, let them try again."""

from __future__ import annotations

import click

from engine import jobs, paging
from web.commands import typed
from web.commands.listing import show
from web.commands.wiring import MANY, Wiring, example, pass_wiring


@click.group(epilog=example("job list", "job retry NUMERO"))
def job() -> None:
    """I lavori fermi: timer e operazioni che non sono riusciti."""


@job.command("list", epilog=example("job list"))
@pass_wiring
def list_failed(wiring: Wiring) -> None:
    """Elenca i lavori fermi: numero, pratica, elemento del disegno, problema."""
    with wiring.snapshot() as uow:
        stopped = paging.each(lambda after: jobs.stopped(uow, after=after, size=MANY))
        rows = ((each.id, each.instance_id, each.element_id, each.problem) for each in stopped)
        show(rows, "Nessun lavoro è fermo.")


@job.command(epilog=example("job retry NUMERO"))
@click.argument("number", type=typed.sentence, metavar="NUMERO", help="Quello che scrive «sportello job list».")
@pass_wiring
def retry(wiring: Wiring, number: str) -> None:
    """Riprova un lavoro fermo: chi esegue i lavori lo prende subito."""
    with wiring.unit_of_work() as uow:
        if not jobs.retry(uow, number):
            raise click.ClickException(f"Nessun lavoro fermo ha il numero {number}. Vedi «sportello job list».")


COMMANDS = (job,)
