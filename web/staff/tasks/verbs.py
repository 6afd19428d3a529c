"""Claim, release and hand over tasks from a list or a page, one or many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from desk import people
from engine import tasks
from engine.errors import AlreadyClaimed, EngineError, NotACandidate, NotTheAssignee
from web.request.access import for_signed_in
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.request.people import person_name
from web.request.unsent_answers import return_or_home
from web.staff.tasks.people import require_receiver
from web.staff.tasks.tabs import ASSIGN, CLAIM, RELEASE
from web.words.dates import list_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue


MANY = 100
"""As many as the longest page shows."""
DONE_WORDS = {
    CLAIM: ("attività presa in carico", "attività prese in carico"),
    RELEASE: ("attività rilasciata", "attività rilasciate"),
    ASSIGN: ("attività assegnata", "attività assegnate"),
}


@for_signed_in
def act_on_chosen() -> ResponseReturnValue:
    """Act on the ticked tasks, each by itself: one that is refused does not undo the others."""
    chosen, verb, to = request.form.getlist("attivita")[:MANY], request.form.get("verbo", ""), request.form.get("a", "")
    back = redirect(return_or_home(request.form.get("ritorno"), "attivita.elenco"))
    if not chosen or verb not in DONE_WORDS:
        announce("Scegli almeno un’attività.", tone="attesa")
    elif verb == ASSIGN and not to:
        announce("Scegli a chi assegnare le attività.", tone="attesa")
    else:
        _tell(verb, [_try(verb, task_id, to) for task_id in chosen], to)
    return back


@for_signed_in
def claim(attivita: str) -> ResponseReturnValue:
    _act(CLAIM, attivita, "")
    announce("L’attività è tua", "Puoi rispondere subito, o salvare una bozza e riprendere dopo.")
    return redirect(url_for("attivita.pagina", attivita=attivita))


@for_signed_in
def release(attivita: str) -> ResponseReturnValue:
    _act(RELEASE, attivita, "")
    announce("Hai rilasciato l’attività", "Ora la può prendere chiunque ne abbia il ruolo. La tua bozza resta tua.")
    return redirect(url_for("attivita.elenco"))


@for_signed_in
def assign(attivita: str) -> ResponseReturnValue:
    to = request.form.get("a", "")
    try:
        _act(ASSIGN, attivita, to)
    except NotACandidate:
        announce("Scegli a chi assegnare l’attività.", tone="attesa")
        return redirect(url_for("attivita.pagina", attivita=attivita))
    announce(f"Hai assegnato l’attività a {person_name(to)}.")
    return redirect(url_for("attivita.elenco"))


def _try(verb: str, task_id: str, to: str) -> str | None:
    """Act on one task; give who stands in the way, nothing when it went well, no name when it is nobody."""
    try:
        _act(verb, task_id, to)
    except (AlreadyClaimed, NotTheAssignee) as refusal:
        return refusal.assignee or ""
    except EngineError:
        return ""
    return None


def _act(verb: str, task_id: str, to: str) -> None:
    with store().unit_of_work(now()) as uow:
        if verb == ASSIGN:
            require_receiver(uow, task_id, to)
            tasks.assign(uow, task_id, current_actor(), to)
        else:
            ALONE[verb](uow, task_id, current_actor())


ALONE = {CLAIM: tasks.claim, RELEASE: tasks.unclaim}


def _tell(verb: str, refused: Sequence[str | None], to: str) -> None:
    """Say how many went well, and of the others who has them."""
    well = sum(each is None for each in refused)
    title = f"{well} {DONE_WORDS[verb][well != 1]}"
    if verb == ASSIGN:
        title += f" a {person_name(to)}"
    announce(title, _others(refused), tone="ok" if well == len(refused) else "attesa")


def _others(refused: Sequence[str | None]) -> str:
    counted = Counter(each for each in refused if each is not None)
    with store().snapshot(now()) as uow:
        names = people.names(uow, counted)
    held = {names[who]: number for who, number in counted.items() if who in names}
    said = [f"{number} {'è' if number == 1 else 'sono'} di {name}" for name, number in held.items()]
    gone = counted.total() - sum(held.values())
    if gone:
        said.append(f"{gone} non {'è' if gone == 1 else 'sono'} più da fare, o non da dare a questa persona")
    return f"Le altre no: {list_words(said)}." if said else ""
