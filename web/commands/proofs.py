"""Prove that no history was touched, and what a receipt or a document proves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk import evidence
from desk.deposits import Deposited
from desk.evidence import Source
from engine.errors import InstanceNotFound
from web.commands.wiring import Wiring, pass_wiring
from web.filters import hour_words, paper_day

if TYPE_CHECKING:
    from datetime import datetime

    from desk.evidence import Touched, Verdict

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SAYS = {
    Source.DOCUMENT: "Questo documento è quello depositato",
    Source.RECEIPT: "L’impronta della ricevuta è quella depositata",
    Source.DATA: "L’impronta nei dati è quella depositata",
}
WHERE = {Deposited.REQUEST: "alla registrazione", Deposited.ENVELOPE: "nella busta riservata"}


@click.command()
@click.argument("number", required=False)
@pass_wiring
def verify(wiring: Wiring, number: str | None) -> None:
    """Controlla che nessuno abbia toccato la storia delle pratiche, o di una: esce con 1 se è successo."""
    try:
        with wiring.store.snapshot() as uow:
            found, kept = evidence.touched(uow, number), evidence.cases_kept(uow)
    except InstanceNotFound as missing:
        raise click.ClickException(f"Non c’è una pratica con il numero {missing}.") from missing
    for each in found:
        click.echo(_touched(each))
    if not found:
        whose = f"della pratica {number}" if number else (f"di {kept} pratiche" if kept != 1 else "di una pratica")
        click.echo(f"Integra: la storia {whose} è come è stata scritta.")
    raise SystemExit(bool(found))


@click.command("verify-receipt")
@click.argument("file", type=FILE)
@pass_wiring
def verify_receipt(wiring: Wiring, file: Path) -> None:
    """Di’ che cosa prova un file: una ricevuta in PDF, i dati del richiedente in JSON o il documento depositato."""
    with wiring.store.snapshot() as uow:
        verdicts = evidence.judge(uow, file.read_bytes())
    for verdict in verdicts:
        click.echo(_sentence(verdict))
    raise SystemExit(not all(verdict.proved for verdict in verdicts))


def _touched(found: Touched) -> str:
    if found.event_id is None:
        return f"Toccata: nella storia della pratica {found.case} mancano gli ultimi fatti."
    when = f" del {_moment(found.at)}" if found.at else ""
    return f"Toccata: la storia della pratica {found.case} non torna dal fatto {found.event_id}, «{found.what}»{when}."


def _sentence(verdict: Verdict) -> str:
    claim, found = verdict.claim, verdict.found
    if not claim.consistent:
        return f"Non provato: il contenuto non ha l’impronta che gli sta accanto, {claim.sha256}."
    if found is None:
        return f"Non provato: nessuna pratica ha un deposito con l’impronta {claim.sha256}."
    if not verdict.same_case:
        return f"Non provato: l’impronta è della pratica {found.number}, non della pratica {claim.number}."
    if not verdict.intact:
        return f"Non provato: la storia della pratica {found.number} è stata toccata. Guarda «sportello verify»."
    where = WHERE.get(Deposited(found.deposit.what), "") if found.deposit.what in set(Deposited) else ""
    when = _moment(found.deposit.at)
    return f"Provato: {SAYS[claim.source]} {where} {when}, pratica {found.number}.\nImpronta SHA-256: {claim.sha256}"


def _moment(moment: datetime) -> str:
    return f"{paper_day(moment)} alle {hour_words(moment)}"


COMMANDS = (verify, verify_receipt)
