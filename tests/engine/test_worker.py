"""The job executor as it really runs: a loop beside the pages, woken by nothing but the time."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from engine import Store, deployments, instances, tasks, worker
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, start, timer, user
from tests.kit.times import wait_until

SOON = (
    start(),
    user("lavora"),
    timer("scade", "lavora", "PT1S"),
    user("sollecita"),
    end(),
    path("start", "lavora", "end"),
    path("scade", "sollecita", "end"),
)


@pytest.fixture
def workers(migrated_url):
    """Two workers on the same database, each with connections of its own."""
    stop, stores = threading.Event(), [Store(migrated_url) for _ in range(2)]
    threads = [threading.Thread(target=worker.run, args=(store, stop)) for store in stores]
    yield threads
    stop.set()
    for thread, store in zip(threads, stores, strict=True):
        thread.join()
        store.close()


def test_a_due_timer_fires_by_itself_and_once_with_two_workers(each_store, workers, tmp_path):
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, folder(tmp_path, "presto", *SOON))
        case = instances.start(uow, "presto", ADA, scope="001030").id
    for thread in workers:
        thread.start()

    def waiting():
        with each_store.snapshot() as uow:
            return [task.element_id for task in tasks.queue(uow, ADA).items]

    wait_until(lambda: waiting() == ["sollecita"], seconds=60)

    time.sleep(2 * worker.PAUSE)
    with each_store.snapshot() as uow:
        events = instances.history(uow, case)
    (fired,) = [event for event in events if event.type == "timer_fired"]
    due = events[0].at + timedelta(seconds=1)
    assert due <= fired.at <= datetime.now(UTC)


def test_a_worker_looks_often_enough_for_a_timer_to_fire_within_two_seconds():
    assert worker.PAUSE <= 1
