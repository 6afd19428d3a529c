"""Check, deploy and rehearse processes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.demo import rehearsal
from engine import check, deployments, scenarios
from web import shipped
from web.commands.problems import as_json, as_text
from web.commands.wiring import Wiring, example, pass_wiring
from web.words.properties import HEADINGS, table

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from engine.problems import Problem
    from engine.store import Store


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


def forms_of(path: Path) -> Path | None:
    """``processes/richiesta``, or a file in it, has its forms in ``forms/richiesta``, beside ``processes``.

    There they are looked for even where no such folder is; a process that lies elsewhere may do without.
    """
    folder = (path if path.is_dir() else path.parent).resolve()
    forms = folder.parent.parent / "forms" / folder.name
    if not forms.is_dir() and folder.parent.name != "processes":
        return None
    here = Path.cwd()
    return forms.relative_to(here) if forms.is_relative_to(here) and not path.is_absolute() else forms


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
    problems = _problems(wiring.store, path)
    click.echo(as_json(problems) if form == "json" else as_text(problems), nl=bool(problems))
    raise SystemExit(any(problem.stops for problem in problems))


@click.command(epilog=example("deploy processes/richiesta"))
@of_process
@pass_wiring
def deploy(wiring: Wiring, folder: Path) -> None:
    """Pubblica un processo; le pratiche aperte restano sulla versione con cui sono nate."""
    problems = _problems(wiring.store, folder)  # before the transaction: trying letters takes a second
    if any(problem.stops for problem in problems):
        click.echo(as_text(problems), err=True)
        raise SystemExit(1)
    with wiring.unit_of_work() as uow:
        found = deployments.deploy(uow, folder, forms_of(folder))
    click.echo(as_text(problems), err=True, nl=bool(problems))
    for each in found.definitions:
        click.echo(f"{each.key}: versione {each.version}" + ("" if found.is_new else ", era già pubblicata"))


def _problems(store: Store, path: Path) -> list[Problem]:
    """Find all that there is to say of a process, what only deserves a look included."""
    found = check.check(path, forms_of(path), deployments.surroundings(store))
    return [*found, *_of_the_desk(store, path)]


def _of_the_desk(store: Store, path: Path) -> Iterator[Problem]:
    """Find what is wrong with messages and letters; for one file of a process, what is wrong in its folder with it."""
    folder = path if path.is_dir() else _process_of(path)
    for problem in store.check(deployments.read(folder, None)):
        file = folder / problem.file
        if path.is_dir() or file == path or (path.parent != folder and file.parent == path.parent):
            yield dataclasses.replace(problem, file=str(file))


def _process_of(file: Path) -> Path:
    """Give the folder of the process to which a file belongs: a letter lies one folder deeper than a diagram."""
    return file.parent if file.suffix in deployments.KINDS else file.parent.parent


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
