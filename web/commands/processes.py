"""Check, deploy and rehearse processes."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk import correspondence, rehearsal
from engine import check, deployments, scenarios
from engine.errors import InvalidDiagram
from web.commands.wiring import Wiring, pass_wiring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.check import Problem
    from engine.store import Store

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def forms_of(path: Path) -> Path | None:
    """``processes/richiesta``, or a file in it, has its forms in ``forms/richiesta``, beside ``processes``."""
    folder = path if path.is_dir() else path.parent
    forms = folder.resolve().parent.parent / "forms" / folder.resolve().name
    return forms if forms.is_dir() else None


@click.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Come scrivere i problemi.")
@pass_wiring
def check_path(wiring: Wiring, path: Path, form: str) -> None:
    """Controlla un processo, o un suo file, senza pubblicarlo: esce con 1 se non può funzionare."""
    problems = _problems(wiring.store, path)
    click.echo(_as_json(problems) if form == "json" else "\n".join(map(str, problems)), nl=bool(problems))
    raise SystemExit(any(problem.stops for problem in problems))


@click.command()
@click.argument("folder", type=FOLDER)
@pass_wiring
def deploy(wiring: Wiring, folder: Path) -> None:
    """Pubblica un processo; le pratiche aperte restano sulla versione con cui sono nate."""
    try:
        with wiring.store.unit_of_work() as uow:
            found = deployments.deploy(uow, folder, forms_of(folder))
    except InvalidDiagram as refusal:
        raise click.ClickException("\n".join(map(str, refusal.problems))) from refusal
    for problem in _problems(wiring.store, folder):
        click.echo(str(problem), err=True)
    for each in found.definitions:
        click.echo(f"{each.key}: versione {each.version}" + ("" if found.is_new else ", era già pubblicata"))


def _problems(store: Store, path: Path) -> list[Problem]:
    """Find all that there is to say of a process, what only deserves a look included."""
    functions, names = store.function_names, store.variable_names or None
    found = check.check(path, forms_of(path), groups=store.groups, functions=functions, names=names)
    return [*found, *correspondence.check(path)]


@click.command("scenari")
@click.argument("folder", type=FOLDER)
@pass_wiring
def rehearse(wiring: Wiring, folder: Path) -> None:
    """Prova un processo con i suoi casi di prova e dice che cosa hanno percorso."""
    try:
        report = scenarios.play_folder(
            folder, forms_of(folder), extensions=wiring.store.extensions, furnish=rehearsal.furnish
        )
    except (scenarios.InvalidScenario, InvalidDiagram) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(str(report))
    raise SystemExit(not report.passed)


def _as_json(problems: Iterable[Problem]) -> str:
    return json.dumps([dataclasses.asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


COMMANDS = (check_path, deploy, rehearse)
