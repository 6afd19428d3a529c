"""Run two transactions at once, the second begun while the first is not yet committed."""

from __future__ import annotations

import threading

A_WHILE = 0.5
"""Seconds in which a verb that waits for nobody is done."""


def both(store, first, second=None, last=None):
    """Begin the second while the first is done and not yet committed (``last`` ends it); give what the second raised."""
    raised = []

    def later():
        try:
            with store.unit_of_work() as uow:
                (second or first)(uow)
        except Exception as problem:  # whatever it was, the test looks at it
            raised.append(problem)

    thread = threading.Thread(target=later)
    with store.unit_of_work() as uow:
        first(uow)
        uow.flush()
        thread.start()
        thread.join(A_WHILE)
        if last is not None:
            last(uow)
    thread.join()
    return raised[0] if raised else None
