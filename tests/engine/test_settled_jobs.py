"""What becomes of a job's row once nothing is to come of it any more."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from engine import Extension, Store, deployments, instances, jobs, tasks, worker
from engine.model import job
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, service, start, timer, user
from tests.kit.times import wait_until

WATCHED = (
    start(),
    service("chiama", "conta"),
    user("lavora"),
    timer("ricorda", "lavora", "R2/P1D", interrupting=False, kind="timeCycle"),
    timer("scade", "lavora", "P10D"),
    end(),
    end("ricordato"),
    end("tardi"),
    path("start", "chiama", "lavora", "end"),
    path("ricorda", "ricordato"),
    path("scade", "tardi"),
)


@pytest.fixture
def counting(migrated_url):
    opened = Store(migrated_url, extensions=(Extension(operations={"conta": lambda _store, _call: {"n": 1}}),))
    yield opened
    opened.close()


@pytest.fixture
def begun(counting, tmp_path, now):
    with counting.unit_of_work(now) as uow:
        deployments.deploy(uow, folder(tmp_path, "seguita", *WATCHED))
        case = instances.start(uow, "seguita", ADA, scope="001030").id
    jobs.run_due(counting, now)
    return case


def states(store):
    with store.snapshot() as uow:
        return {row.element_id: row.state for row in uow.connection.execute(select(job))}


def settled(store):
    with store.snapshot() as uow:
        found = uow.connection.execute(select(job.c.element_id, job.c.settled_at))
        return {element: moment for element, moment in found if moment is not None}


def test_an_operation_that_has_run_is_done(counting, begun, now):
    assert states(counting) == {"chiama": "done", "ricorda": "due", "scade": "due"}
    assert settled(counting) == {"chiama": now}


def test_a_timer_that_repeats_is_due_again_until_it_has_fired_for_the_last_time(counting, begun, now):
    jobs.run_due(counting, now + timedelta(days=1))
    assert states(counting)["ricorda"] == "due"

    jobs.run_due(counting, now + timedelta(days=2))
    assert states(counting) == {"chiama": "done", "ricorda": "fired", "scade": "due"}


def test_a_deadline_fires_and_what_it_makes_useless_is_canceled(counting, begun, now):
    with counting.unit_of_work(now) as uow:
        (reminder,) = [one for one in uow.connection.execute(select(job)) if one.element_id == "ricorda"]
        uow.connection.execute(job.update().where(job.c.id == reminder.id).values(due_at=now + timedelta(days=99)))

    jobs.run_due(counting, now + timedelta(days=10))

    assert states(counting) == {"chiama": "done", "ricorda": "canceled", "scade": "fired"}
    assert settled(counting)["scade"] == now + timedelta(days=10)


def test_a_completed_task_cancels_the_timers_that_watched_it(counting, begun, now):
    with counting.unit_of_work(now) as uow:
        tasks.complete(uow, tasks.queue(uow, ADA).items[0].id, ADA, {})

    assert states(counting) == {"chiama": "done", "ricorda": "canceled", "scade": "canceled"}


def test_rows_of_what_was_over_long_ago_go_and_those_that_may_still_happen_stay(counting, begun, now):
    late = now + jobs.KEPT

    assert jobs.forget_settled(counting, late) == 0
    assert jobs.forget_settled(counting, late + timedelta(seconds=1)) == 1
    assert states(counting) == {"ricorda": "due", "scade": "due"}


def test_an_incident_stays_however_old_it_is(counting, begun, now):
    with counting.unit_of_work(now) as uow:
        uow.connection.execute(job.update().values(state="incident", settled_at=None))

    assert jobs.forget_settled(counting, now + 10 * jobs.KEPT) == 0


def filled(store, case, count, moment):
    one = {"instance_id": case, "kind": "timer", "token": "x", "position": 0, "element_id": "vecchio", "state": "fired"}
    one |= {"due_at": moment, "settled_at": moment, "detail": {}, "attempts": 0}
    with store.unit_of_work() as uow:
        uow.connection.execute(insert(job), [one | {"id": f"vecchio {number}"} for number in range(count)])


def test_many_rows_go_a_batch_at_a_time(counting, begun, now):
    filled(counting, begun, jobs.BATCH + 3, now)
    late = now + 2 * jobs.KEPT

    gone = [jobs.forget_settled(counting, late) for _ in range(3)]

    assert gone == [jobs.BATCH, 4, 0]


def test_a_worker_with_nothing_to_do_clears_old_rows_away(counting, begun, now):
    filled(counting, begun, 3, now - 2 * jobs.KEPT)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(counting, stop))
    thread.start()

    def left():
        with counting.snapshot() as uow:
            old = select(func.count()).select_from(job).where(job.c.element_id == "vecchio")
            return uow.connection.execute(old).scalar_one()

    try:
        wait_until(lambda: left() == 0, seconds=30)
    finally:
        stop.set()
        thread.join()


def test_finding_old_rows_walks_their_index(counting, begun, now):
    with counting.snapshot() as uow:
        if counting.engine.dialect.name == "postgresql":
            uow.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if counting.engine.dialect.name == "sqlite" else "EXPLAIN"
        query = "SELECT id FROM job WHERE settled_at < '2026-01-01' ORDER BY settled_at LIMIT 500"
        plan = "\n".join(map(str, uow.connection.exec_driver_sql(f"{explain} {query}")))

    assert "ix_job_settled" in plan
