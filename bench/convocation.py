"""One invitation with three times against the bare database: the same durable rows with and without the desk around.

The desk reads what is free (seven statements), checks the answers against it, books and moves the case on; the floor
only writes the rows that this leaves behind.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from desk import EXTENSION, comuni, demo
from desk.comuni.hours import WeeklyHours
from desk.demo.desks_and_people import BUROLO, INSTALLER, REFERENTI, SARA, furnish
from desk.demo.moves import MOVES, Walk
from engine import deployments, jobs
from engine.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CASES = 30
CELLS = "CREATE TABLE cell (resource TEXT, instant TEXT, owner TEXT, PRIMARY KEY (resource, instant)) WITHOUT ROWID"
ROWS = "CREATE TABLE kept (id INTEGER PRIMARY KEY, owner TEXT, facts TEXT)"


def floor(folder: Path) -> Iterator[float]:
    """Time transactions that insert eighteen cells and eight other rows, synchronous; in milliseconds."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {CELLS}; {ROWS};")
    for number in range(CASES):
        begun = perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        cells = [(resource, f"{number}-{quarter}", "i") for resource in ("sala", "sara") for quarter in range(9)]
        connection.executemany("INSERT INTO cell VALUES (?, ?, ?)", cells)
        connection.executemany("INSERT INTO kept (owner, facts) VALUES (?, ?)", [("i", "x" * 400)] * 8)
        connection.execute("COMMIT")
        yield (perf_counter() - begun) * 1000


def invitations(folder: Path) -> Iterator[float]:
    """Time the analyst's «Manda l’invito» on cases of one Comune, each with the next three free times."""
    store = Store(f"sqlite:///{folder}/desk.db", extensions=(EXTENSION,))
    store.migrate()
    with store.unit_of_work() as uow:
        furnish(uow, date.today())  # noqa: DTZ011  # any day will do
        comuni.set_hours(uow, BUROLO, [WeeklyHours(day, time(9), time(18)) for day in range(5)], INSTALLER)
        deployments.deploy(uow, ROOT / "processes" / "richiesta", ROOT / "forms" / "richiesta")
    for number in range(CASES):
        walk = _ready(store, number)
        begun = perf_counter()
        with store.unit_of_work() as uow:
            MOVES["propone"].act(uow, walk)
        yield (perf_counter() - begun) * 1000


def _ready(store: Store, number: int) -> Walk:
    """Bring a case to where an invitation is due."""
    request, dice = demo.requests_of(BUROLO)[number % 10], Random(number)
    start = date.today() + timedelta(7)  # noqa: DTZ011  # any day will do
    walk = Walk(request, BUROLO, "Burolo", "Sala", REFERENTI[BUROLO].actor, SARA.actor, start, dice)
    for name in ("apre", "registra", "inoltra", "prende", "convoca"):
        with store.unit_of_work() as uow:
            MOVES[name].act(uow, walk)
        jobs.run_due(store)
    return walk


def main() -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        low, high = statistics.median(floor(Path(name))), statistics.median(invitations(Path(name)))
        print(f"floor {low:.3f} ms   invitation {high:.1f} ms   ratio {high / low:.0f}")


if __name__ == "__main__":
    main()
