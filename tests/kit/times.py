"""Give tests their time: a noon, a clock that is told, waiting for something."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
"""A Monday, noon in Rome."""


def wait_until(condition, seconds=30.0):
    """Wait for something that another process or thread does; fail when it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    pytest.fail(f"waited {seconds} s in vain")


class Clock:
    """The time of a test: it stands still until told."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now
