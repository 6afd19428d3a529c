"""The job executor: a loop that runs what is due and sleeps in between, until it is told to stop."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from engine import jobs

if TYPE_CHECKING:
    from threading import Event

    from engine.store import Store

PAUSE = 0.5
"""Seconds between two looks at the table: a due timer fires well within two seconds."""
CLEARING = timedelta(hours=1)
"""Between two looks for rows of jobs that were over long ago."""
RECOVERY = 5.0
"""Seconds to wait for a database that has gone away."""

log = logging.getLogger(__name__)


def run(store: Store, stop: Event) -> None:
    """Run due jobs until ``stop`` is set; a database that goes away is waited for."""
    clearing = store.clock()
    while not stop.is_set():
        try:
            ran = jobs.run_due(store) + _beside(store)
            if not ran and store.clock() >= clearing and not jobs.forget_settled(store):
                clearing = store.clock() + CLEARING
        except Exception:  # jobs keep their own failures: this one is the database's, and it may come back
            log.exception("the jobs cannot be run")
            stop.wait(RECOVERY)
            continue
        if not ran:
            stop.wait(PAUSE)


def _beside(store: Store) -> int:
    """Do what the program above the engine wants done by the same worker."""
    return sum(extension.work(store) for extension in store.extensions if extension.work)
