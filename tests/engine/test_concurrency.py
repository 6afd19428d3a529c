"""Many processes on one database: every case ends once, and nobody meets a lock."""

import ast
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine import Store, deployments, instances, jobs
from engine.model import history_event, process_instance
from tests.engine.conftest import ADA
from tests.engine.diagrams import folder, line
from tests.engine.test_execution import assert_rows_equal_state
from tests.engine.test_jobs import LATE, begin

ROOT = Path(__file__).parents[2]
EXPECTED_REFUSALS = {"AlreadyClaimed", "TaskAlreadyCompleted", "NotTheAssignee"}


@pytest.mark.slow
def test_eight_processes_complete_two_hundred_tasks_and_each_case_ends_once(each_store, migrated_url, tmp_path):
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, line(tmp_path))
        cases = [instances.start(uow, "riga", ADA, scope="001030").id for _ in range(200)]

    people = [f"persona-{number}" for number in range(8)]
    words = [sys.executable, str(ROOT / "tests/engine/contender.py"), migrated_url, *people]
    told = subprocess.run(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True, timeout=100).stdout
    met = sum(map(Counter, map(ast.literal_eval, told.splitlines())), Counter())

    assert len(told.splitlines()) == 8
    assert met.pop("done") == 200
    assert set(met) <= EXPECTED_REFUSALS
    with each_store.snapshot() as uow:
        ends = select(history_event.c.instance_id, func.count()).where(history_event.c.type == "instance_completed")
        assert dict(uow.connection.execute(ends.group_by(history_event.c.instance_id)).all()) == dict.fromkeys(cases, 1)
        states = select(process_instance.c.state).distinct()
        assert uow.connection.execute(states).scalars().all() == ["completed"]
    for case in cases[::20]:
        assert_rows_equal_state(each_store, case)


def test_two_workers_fire_a_timer_once(each_store, migrated_url, tmp_path, now):
    made = folder(tmp_path, "tardi", *LATE)
    cases = [begin(each_store, made, "tardi", now) for _ in range(30)]
    later = now + timedelta(days=11)

    with ThreadPoolExecutor(4) as pool:
        others = [Store(migrated_url) for _ in range(4)]
        ran = sum(pool.map(lambda store: jobs.run_due(store, now=later), others))

    assert ran == 30
    with each_store.snapshot() as uow:
        for case in cases:
            kinds = [event.type for event in instances.history(uow, case)]
            assert kinds.count("timer_fired") == 1
    for other in others:
        other.close()
