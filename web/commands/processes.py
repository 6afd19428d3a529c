"""Check, deploy and rehearse processes."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk import rehearsal
from engine import check, deployments, scenarios
from engine.errors import InvalidDiagram
from web import shipped
from web.commands.wiring import Wiring, pass_wiring

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

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


FOLDER = ProcessPath(file_okay=False)


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


@click.command("check")
@click.argument("path", type=ProcessPath())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Come scrivere i problemi.")
@pass_wiring
def check_path(wiring: Wiring, path: Path, form: str) -> None:
    """Controlla un processo, o un suo file, senza pubblicarlo: esce con 1 se non può funzionare."""
    problems = _problems(wiring.store, path)
    click.echo(_as_json(problems) if form == "json" else _as_text(problems), nl=bool(problems))
    raise SystemExit(any(problem.stops for problem in problems))


@click.command()
@click.argument("folder", type=FOLDER)
@pass_wiring
def deploy(wiring: Wiring, folder: Path) -> None:
    """Pubblica un processo; le pratiche aperte restano sulla versione con cui sono nate."""
    problems = _problems(wiring.store, folder)  # before the transaction: trying letters takes a second
    if any(problem.stops for problem in problems):
        click.echo(_as_text(problems), err=True)
        raise SystemExit(1)
    with wiring.store.unit_of_work() as uow:
        found = deployments.deploy(uow, folder, forms_of(folder))
    click.echo(_as_text(problems), err=True, nl=bool(problems))
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


@click.command("scenari")
@click.argument("folder", type=FOLDER)
@pass_wiring
def rehearse(wiring: Wiring, folder: Path) -> None:
    """Prova un processo con i suoi casi di prova e dice che cosa hanno percorso."""
    try:
        report = scenarios.play_folder(
            folder, forms_of(folder), extensions=wiring.store.extensions, furnish=rehearsal.furnish
        )
    except scenarios.InvalidScenario as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except InvalidDiagram as refusal:
        raise click.ClickException(_as_text(refusal.problems)) from refusal
    click.echo(str(report))
    raise SystemExit(not report.passed)


def _as_text(problems: Sequence[Problem]) -> str:
    """Write a line for each problem and below it what to do, once for all that have it; last what they keep from."""
    told: list[str] = []
    for problem in problems:
        advice = f"    {problem.advice}"
        told += [str(problem), *([advice] if problem.advice and advice not in told else [])]
    stopping = sum(problem.stops for problem in problems)
    noted = len(problems) - stopping
    return "\n".join([*told, f"Impediscono la pubblicazione: {stopping}. Solo avvisi: {noted}."] if told else [])


def _as_json(problems: Iterable[Problem]) -> str:
    return json.dumps([dataclasses.asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


COMMANDS = (check_path, deploy, rehearse)
