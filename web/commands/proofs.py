"""Commands about proof: verify that no history was touched, and what a receipt or a document proves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk import files
from desk.proof import verification
from desk.proof.deposits import DepositKind
from desk.proof.verification import ProofSource
from web.commands import typed
from web.commands.wiring import Wiring, example, pass_wiring
from web.words.dates import hour_words, paper_day

if TYPE_CHECKING:
    from datetime import datetime

    from desk.proof.verification import Touched, Verdict

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST = 4 * files.LARGEST
"""Bytes: a requester’s own data holds more than one document."""
SAYS = {
    ProofSource.DOCUMENT: "Questo documento è quello depositato",
    ProofSource.RECEIPT: "L’impronta della ricevuta è quella depositata",
    ProofSource.DATA: "L’impronta nei dati è quella depositata",
}
WHERE = {DepositKind.REQUEST: "alla registrazione", DepositKind.ENVELOPE: "nella busta riservata"}


@click.command(epilog=example("verify", "verify SI-2026-B279-0001"))
@click.argument(
    "number", required=False, type=typed.sentence, metavar="[NUMERO]", help="Di una pratica sola: SI-2026-B279-0001."
)
@pass_wiring
def verify(wiring: Wiring, number: str | None) -> None:
    """Controlla che nessuno abbia toccato la storia delle pratiche: esce con 1 se è successo."""
    with wiring.snapshot() as uow:
        found, kept = verification.touched(uow, number), verification.cases_kept(uow)
    for each in found:
        click.echo(_touched(each))
    if not found:
        whose = f"della pratica {number}" if number else (f"di {kept} pratiche" if kept != 1 else "di una pratica")
        click.echo(f"Integra: la storia {whose} è come è stata scritta.")
    raise SystemExit(bool(found))


@click.command("verify-receipt", epilog=example("verify-receipt ricevuta.pdf"))
@click.argument("file", type=FILE, metavar="FILE", help="Ricevuta in PDF, dati in JSON o il documento depositato.")
@pass_wiring
def verify_receipt(wiring: Wiring, file: Path) -> None:
    """Di’ che cosa prova un file che qualcuno ti porta: esce con 1 se non prova niente."""
    with wiring.snapshot() as uow:
        verdicts = verification.judge(uow, _content(file))
    for verdict in verdicts:
        click.echo(_sentence(verdict))
    raise SystemExit(not all(verdict.proved for verdict in verdicts))


def _content(file: Path) -> bytes:
    """Read a file whole, unless it is larger than anything that can be proved."""
    with file.open("rb") as opened:
        content = opened.read(MOST + 1)
    if len(content) > MOST:
        raise click.ClickException("Il file è troppo grande: nessun deposito è così.")
    return content


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
    where = WHERE.get(DepositKind(found.deposit.what), "") if found.deposit.what in set(DepositKind) else ""
    when = _moment(found.deposit.at)
    return f"Provato: {SAYS[claim.source]} {where} {when}, pratica {found.number}.\nImpronta SHA-256: {claim.sha256}"


def _moment(moment: datetime) -> str:
    return f"{paper_day(moment)} alle {hour_words(moment)}"


COMMANDS = (verify, verify_receipt)
