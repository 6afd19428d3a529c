"""Processor time that the work of this thread took, without what Python spent meanwhile on collecting garbage."""

from __future__ import annotations

import gc
from threading import local
from time import thread_time


class _Collections(local):
    """Seconds that collections of garbage have taken in a thread, and when the one under way began."""

    seconds = 0.0
    began: float | None = None


_collections = _Collections()


def working_time() -> float:
    """Return seconds of processor time of this thread; only differences mean anything.

    A collection looks through all that the program holds, a fifth of a second in a large one, and falls on whoever
    happens to ask for memory then: it says nothing about an expression.
    """
    return thread_time() - _collections.seconds


def _count(phase: str, _: dict[str, int]) -> None:
    if phase == "start":
        _collections.began = thread_time()
    elif _collections.began is not None:
        _collections.seconds += thread_time() - _collections.began
        _collections.began = None


gc.callbacks.append(_count)
