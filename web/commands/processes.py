"""Commands about processes: check, deploy and rehearse them, list the properties of diagrams."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.demo import rehearsal
from engine import deployments, scenarios
from engine.deployments import Source
from web import shipped
from web.commands import checking
from web.commands.checking import forms_of, problems_of
from web.commands.problems import as_json, as_text
from web.commands.wiring import Wiring, example, pass_wiring
from web.words.properties import HEADINGS, table

if TYPE_CHECKING:
    import os


class ProcessPath(click.Path):
    """A process where somebody keeps it, or the name alone of one that comes with the program."""

    def __init__(self, **more: bool) -> None:
        super().__init__(exists=True, path_type=Path, **more)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        found = value if Path(value).exists() else shipped.processes().get(str(value), value)
        return super().convert(found, param, ctx)


of_process = click.argument(
    "folder",
    type=ProcessPath(file_okay=False),
    metavar="CARTELLA",
    help="Cartella del processo, per esempio processes/richiesta.",
)


@click.command("proprieta", epilog=example("proprieta"))
def list_properties() -> None:
    """Elenca le proprietà che si possono scrivere in un diagramma o in un modulo, e che cosa vogliono dire."""
    click.echo("\n\n".join(f"## {heading}\n\n{table(entries)}" for heading, entries in HEADINGS.items()))


@click.command("check", epilog=example("check processes/richiesta", "check processes/richiesta --format json"))
@click.argument(
    "path",
    type=ProcessPath(),
    metavar="PERCORSO",
    help="Cartella o file di un processo, per esempio processes/richiesta.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Come scrivere i problemi: text per le persone, json per i programmi.",
)
@pass_wiring
def check_path(wiring: Wiring, path: Path, form: str) -> None:
    """Controlla un processo, o un suo file, senza pubblicarlo: esce con 1 se non può funzionare."""
    problems = problems_of(wiring.store, path)
    click.echo(as_json(problems) if form == "json" else as_text(problems), nl=bool(problems))
    raise SystemExit(any(problem.stops for problem in problems))


@click.command(epilog=example("deploy processes/richiesta"))
@of_process
@pass_wiring
def deploy(wiring: Wiring, folder: Path) -> None:
    """Pubblica un processo; le pratiche aperte restano sulla versione con cui sono nate."""
    found, problems = checking.checked(wiring.store, folder)
    if found.stops:
        click.echo(as_text(problems), err=True)
        raise SystemExit(1)
    with wiring.unit_of_work() as uow:
        kept = deployments.keep(uow, found, _source(folder))
    click.echo(as_text(problems), err=True, nl=bool(problems))
    for each in kept.definitions:
        click.echo(f"{each.key}: versione {each.version}" + ("" if kept.is_new else ", era già pubblicata"))


def _source(folder: Path) -> Source:
    """Say whether newer files may come with the program: they follow what was published from its own folder."""
    own = {each.resolve() for each in shipped.processes().values()}
    return Source.PROGRAM if folder.resolve() in own else Source.PERSON


@click.command("scenari", epilog=example("scenari processes/richiesta"))
@of_process
@pass_wiring
def rehearse(wiring: Wiring, folder: Path) -> None:
    """Prova un processo con i suoi casi di prova e dice che cosa hanno percorso."""
    report = scenarios.play_folder(
        folder, forms_of(folder), extensions=wiring.store.extensions, furnish=rehearsal.furnish
    )
    click.echo(str(report))
    raise SystemExit(not report.passed)


COMMANDS = (check_path, list_properties, deploy, rehearse)
