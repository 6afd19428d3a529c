"""Jobs that have used up their attempts: somebody reads why, mends it and lets them try again."""

from __future__ import annotations

import click

from engine import jobs
from web.commands.wiring import Wiring, pass_wiring


@click.group()
def job() -> None:
    """I lavori fermi: timer e operazioni che non sono riusciti."""


@job.command("list")
@pass_wiring
def list_failed(wiring: Wiring) -> None:
    """Elenca i lavori fermi: numero, pratica, elemento del disegno, problema."""
    with wiring.store.snapshot() as uow:
        for each in jobs.incidents(uow):
            click.echo(f"{each.id}\t{each.instance_id}\t{each.element_id}\t{each.problem}")


@job.command()
@click.argument("number")
@pass_wiring
def retry(wiring: Wiring, number: str) -> None:
    """Riprova un lavoro fermo: chi esegue i lavori lo prende subito."""
    with wiring.store.unit_of_work() as uow:
        if not jobs.retry(uow, number):
            raise click.ClickException(f"Non c’è un lavoro fermo con il numero {number}.")


COMMANDS = (job,)
