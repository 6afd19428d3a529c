"""One completed task against the bare database: the same durable writes with and without an engine around them.

Rounds alternate (floor, engine, floor, engine …), so that both meet the same disk; what counts is the ratio of medians.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from engine import Actor, Store, deployments, instances, tasks

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, STEPS = 5, 200
ACTOR = Actor("bench", {"Referente"}, {"*"})
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="bench">'
)
TURNS = f"""{HEAD}<process id="giri" name="Giri" isExecutable="true">
<startEvent id="inizio" name="Inizio"/><exclusiveGateway id="unisci"/>
<userTask id="lavora" name="Lavora" camunda:candidateGroups="Referente"/>
<exclusiveGateway id="ancora" name="Ancora?" default="basta"/><endEvent id="fine" name="Fine"/>
<sequenceFlow id="a" sourceRef="inizio" targetRef="unisci"/><sequenceFlow id="b" sourceRef="unisci" targetRef="lavora"/>
<sequenceFlow id="c" sourceRef="lavora" targetRef="ancora"/>
<sequenceFlow id="giro" name="sì" sourceRef="ancora" targetRef="unisci">
<conditionExpression language="feel">ancora</conditionExpression></sequenceFlow>
<sequenceFlow id="basta" name="no" sourceRef="ancora" targetRef="fine"/></process></definitions>"""
FLOOR_TABLES = """
CREATE TABLE instance (id TEXT PRIMARY KEY, variables TEXT, revision INTEGER);
CREATE TABLE task (id TEXT PRIMARY KEY, instance TEXT, state TEXT, due TEXT);
CREATE TABLE history (id INTEGER PRIMARY KEY, instance TEXT, facts TEXT);
CREATE INDEX open_task ON task (due) WHERE state = 'created';
"""


def timed(act: Callable[[], None]) -> float:
    """Give how long one call takes, in milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def floor(folder: Path) -> Callable[[], None]:
    """Give the least a durable transition can be: four statements and a commit on bare sqlite3, synchronous."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + FLOOR_TABLES)
    connection.execute("INSERT INTO instance VALUES ('i', '{}', 0)")
    connection.execute("INSERT INTO task VALUES ('0', 'i', 'created', '2026')")
    number = iter(range(10**9))
    facts = json.dumps({"answers": {"ancora": True}, "trail": ["lavora", "ancora", "unisci"]})

    def step() -> None:
        one = next(number)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE instance SET revision = revision + 1, variables = ? WHERE id = 'i'", (facts,))
        connection.execute("UPDATE task SET state = 'completed' WHERE id = ?", (str(one),))
        connection.execute("INSERT INTO task VALUES (?, 'i', 'created', '2026')", (str(one + 1),))
        connection.execute("INSERT INTO history (instance, facts) VALUES ('i', ?)", (facts,))
        connection.execute("COMMIT")

    return step


def engine(folder: Path, url: str) -> Callable[[], None]:
    """Give one completion through the public verb, on a case that goes round and round."""
    process = folder / "giri"
    process.mkdir()
    (process / "giri.bpmn").write_text(TURNS)
    store = Store(url)
    store.migrate()
    with store.unit_of_work() as uow:
        deployments.deploy(uow, process)
        instances.start(uow, "giri", ACTOR)
        waiting = [tasks.queue(uow, ACTOR).items[0].id]

    def step() -> None:
        with store.unit_of_work() as uow:
            waiting.append(tasks.complete(uow, waiting.pop(), ACTOR, {"ancora": True}).next[0].id)

    return step


def main() -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare, ours = floor(folder), engine(folder, os.environ.get("DATABASE_URL", f"sqlite:///{folder}/engine.db"))
        ratios = []
        for _ in range(ROUNDS):
            low = statistics.median(timed(bare) for _ in range(STEPS))
            high = statistics.median(timed(ours) for _ in range(STEPS))
            ratios.append(high / low)
            print(f"floor {low:.3f} ms   engine {high:.3f} ms   ratio {high / low:.1f}")
        print(f"median ratio {statistics.median(ratios):.1f}")


if __name__ == "__main__":
    main()
