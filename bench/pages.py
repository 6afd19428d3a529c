"""What drawing a page costs on a desk with two thousand pratiche, beside the bare database asked the same.

Processor time in one process, the least of many: a busy machine adds to it and never takes away. Rounds alternate
(floor, page, floor, page …); the floor sends the page's own statements to bare sqlite3 and fetches their rows.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from app import create_app
from desk import EXTENSION, comuni, demo
from desk.calendar import local_date
from desk.comuni import istat
from desk.demo.desks_and_people import PLACES, REFERENTI, SARA, furnish
from desk.demo.moves import MOVES, Walk
from desk.demo.requests import requests_of
from engine import deployments, tasks
from engine.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from engine.store import UnitOfWork

ROOT = Path(__file__).parents[1]
CASES, TOGETHER, ROUNDS = 2000, 50, 60
SENT = ("apre", "registra", "inoltra")
PLOTS = (SENT, (*SENT, "prende"), SENT[:2], (*SENT, "prende", "chiede"), (*SENT, "prende", "declina"))
PAGES = {
    "le mie attività": ("sara", "/attivita/"),
    "cento per pagina": ("sara", "/attivita/?quante=100"),
    "da prendere in carico": ("sara", "/attivita/da-prendere-in-carico"),
    "in attesa": ("sara", "/attivita/in-attesa"),
    "di tutti": ("paolo", "/attivita/di-tutti"),
    "fatte": ("marta", "/attivita/fatte"),
    "pratiche": ("sara", "/pratiche/"),
    "pratiche cercate": ("sara", "/pratiche/?q=esempio"),
    "pratiche di un Comune": ("marta", "/pratiche/"),
    "attività": ("sara", "/attivita/{task}"),
    "pratica": ("sara", "/pratiche/{case}"),
    "conservazione": ("olga", "/conservazione"),
    "incidenti": ("amina", "/amministrazione/incidenti"),
}


def fill(store: Store) -> tuple[str, str]:
    """Make the desk and its pratiche by the verbs that pages call; returns an open analysis and its number."""
    store.migrate()
    now = store.clock()
    with store.unit_of_work(now) as uow:
        istat.import_list(uow)
        furnish(uow, local_date(now))
        deployments.deploy(uow, ROOT / "processes" / "richiesta", ROOT / "forms" / "richiesta")
    for first in range(0, CASES, TOGETHER):
        with store.unit_of_work(now - timedelta(minutes=CASES - first)) as uow:
            for number in range(first, first + TOGETHER):
                _play(uow, number)
    with store.snapshot() as uow:
        task = tasks.inbox(uow, SARA.actor, size=1).items[0]
    return task.id, task.business_key or ""


def _play(uow: UnitOfWork, number: int) -> None:
    place = PLACES[number % len(PLACES)]
    request = replace(requests_of(place.istat)[0], requester=f"Ada Esempio {number}")
    people = REFERENTI[place.istat].actor, SARA.actor
    name = comuni.joined_names(uow, place.istat)[place.istat]
    walk = Walk(request, place.istat, name, place.room, *people, local_date(uow.now), Random(number))
    for move in PLOTS[number % len(PLOTS)]:
        MOVES[move].act(uow, walk)


def signed_in(client: FlaskClient, username: str) -> FlaskClient:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/accedi").text)
    token = found[1] if found else ""
    answer = client.post("/accedi", data={"csrf_token": token, "utente": username, "password": demo.PASSWORD})
    if answer.status_code != 302:  # noqa: PLR2004  # found: the page after signing in
        raise SystemExit(f"{username} cannot sign in: {answer.status_code}")
    return client


def asked(store: Store, draw: Callable[[], Any]) -> list[tuple[str, Any]]:
    """Give the statements that drawing a page sends, with their values."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, words: str, values: Any, *_: object) -> None:
        sent.append((words, values))

    event.listen(store.engine, "before_cursor_execute", note)
    draw()
    event.remove(store.engine, "before_cursor_execute", note)
    return [(words, values) for words, values in sent if words != "BEGIN"]


def floor(bare: sqlite3.Connection, statements: list[tuple[str, Any]]) -> Callable[[], None]:
    def ask() -> None:
        for words, values in statements:
            bare.execute(words, values).fetchall()

    return ask


def least(*acts: Callable[[], Any]) -> list[float]:
    """Give the least processor time of each, in milliseconds, taken by turns."""
    found = [float("inf")] * len(acts)
    for _ in range(ROUNDS):
        for place, act in enumerate(acts):
            begun = process_time()
            act()
            found[place] = min(found[place], (process_time() - begun) * 1000)
    return found


def main() -> None:
    """Print for each page its statements, what they cost a bare database, what the page costs, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/desk.db", extensions=(EXTENSION,))
        task, number = fill(store)
        app = create_app({"SPORTELLO_MODE": "demo", "SPORTELLO_FOLDER": folder}, store)
        logging.disable()
        bare = sqlite3.connect(f"{folder}/desk.db")
        people = {who: signed_in(app.test_client(), who) for who, _ in PAGES.values()}
        for name, (who, path) in PAGES.items():
            draw = partial(people[who].get, path.format(task=task, case=number))
            draw()  # compiles its templates and statements
            statements = asked(store, draw)
            low, high = least(floor(bare, statements), draw)
            cost = f"floor {low:6.2f} ms   page {high:6.1f} ms   ratio {high / low:5.1f}"
            print(f"{name:24}{len(statements):3} statements   {cost}")


if __name__ == "__main__":
    main()
