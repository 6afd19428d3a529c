"""Command ``avvia``: opens a case of any deployed process; the pages open those of one process alone."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from desk import cases, comuni, people
from desk import errors as desk
from desk.access import Role
from desk.calendar import local_date
from desk.people import mandates
from engine import definitions, instances, messages, scenarios, tasks
from engine.errors import EngineError, UnknownProcess
from web.commands import typed
from web.commands.wiring import Wiring, example, pass_wiring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.cases import CaseSummary
    from engine.identity import Actor
    from engine.store import UnitOfWork
    from engine.tasks import UserTask

NAMED = 10
"""As many of those who could open the case are named as a person reads."""


@click.command("avvia", epilog=example("avvia richiesta", "avvia richiesta --comune 001042 --come ada.esempio"))
@click.argument("key", type=typed.sentence, metavar="PROCESSO", help="Nome del processo, per esempio richiesta.")
@click.option("--comune", type=typed.istat_code, metavar="CODICE", help="Sportello che la apre, per esempio 001042.")
@click.option("--come", type=typed.username, metavar="UTENTE", help="Referente che la apre, per esempio ada.esempio.")
@pass_wiring
def start_case(wiring: Wiring, key: str, comune: str | None, come: str | None) -> None:
    """Apri una pratica di un processo pubblicato."""
    try:
        with wiring.unit_of_work() as uow:
            actor, istat = _opener(uow, comune, come)
            case = cases.open_request(uow, actor, istat, key=PurePath(key).name)
            told = _told(uow, case, actor)
    except desk.DeskRefusal:
        raise
    except EngineError as refusal:
        raise click.ClickException(_refused(wiring, refusal)) from refusal
    click.echo(told)


def _opener(uow: UnitOfWork, istat: str | None, username: str | None) -> tuple[Actor, str]:
    """Choose who opens the case, and at which desk: those named, or else the only ones there are."""
    receiving = mandates.receiving(uow, local_date(uow.now))
    able = [
        (place, who)
        for place, names in receiving.items()
        for who in names
        if istat in (None, place) and username in (None, who)
    ]
    if not able:
        _refuse_unable(uow, istat, username)
    if len(able) != 1:
        raise click.ClickException(_ask(uow, able))
    return people.actor(people.get(uow, able[0][1]), Role.REFERENTE), able[0][0]


def _refuse_unable(uow: UnitOfWork, istat: str | None, username: str | None) -> None:
    """Raise what keeps the person named from opening a case at the desk named, if it is one of these."""
    if istat is not None:
        comuni.get_joined(uow, istat)
    if username is not None:
        actor = people.actor(people.get(uow, username), Role.REFERENTE)
        if not actor.reaches(istat):
            raise desk.RoleNotHeld(username, Role.REFERENTE)
        for each in [istat] if istat is not None else sorted(actor.scopes):
            mandates.require_qualified(uow, username, each)


def _ask(uow: UnitOfWork, able: Sequence[tuple[str, str]]) -> str:
    """Ask who opens the case, and name those who can."""
    if not able:
        return "Nessuno può aprire la pratica: serve un referente formato e incaricato, in un Comune che ha aderito."
    names = comuni.joined_names(uow, among={istat for istat, _ in able[:NAMED]})
    who = "\n".join(f"  --come {name} --comune {istat}  ({names[istat]})" for istat, name in able[:NAMED])
    return f"Di’ chi apre la pratica e in quale Comune. {'Per esempio' if able[NAMED:] else 'Possono'}:\n{who}"


def _told(uow: UnitOfWork, case: CaseSummary, actor: Actor) -> str:
    """Say the number of a new case, and where it waits."""
    opened = f"Pratica {case.number}, aperta a {case.comune} da {actor.user}."
    return "\n".join([opened, *_waits(uow, case)])


def _waits(uow: UnitOfWork, case: CaseSummary) -> list[str]:
    waiting = [f"Aspetta: «{task.name}», {_whose(task)}." for task in tasks.of_case(uow, case.id)]
    waiting += [f"Aspetta il messaggio «{each.message}»." for each in messages.waiting(uow, case.id)]
    if instances.get(uow, case.id).state != "active":
        return ["È già conclusa: nessun passo aspetta qualcuno."]
    return waiting or ["Aspetta un timer o un lavoro, poi va avanti da sola."]


def _whose(task: UserTask) -> str:
    if task.assignee:
        return f"di {task.assignee}"
    return f"da prendere in carico ({', '.join((*task.candidate_groups, *task.candidate_users)) or 'nessuno può'})"


def _refused(wiring: Wiring, refusal: EngineError) -> str:
    """Say what keeps a case from being opened: no such process, or a diagram that goes wrong at its first steps."""
    if isinstance(refusal, UnknownProcess):
        with wiring.store.snapshot() as uow:
            known = ", ".join(definitions.keys(uow)) or "nessuno"
        return f"Nessun processo pubblicato si chiama «{refusal.key}». Pubblicati: {known}."
    return f"La pratica non comincia: {scenarios.told(refusal)}."


COMMANDS = (start_case,)
