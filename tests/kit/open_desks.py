"""Open two desks on Tuesday morning and Thursday afternoon, and list the times that are free there."""

from datetime import date

import pytest

from desk import agenda
from tests.kit.meetings import open_desks
from tests.kit.small_desk import BUROLO

MONDAY, TUESDAY, THURSDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 3)


@pytest.fixture
def desks(store):
    open_desks(store)
    return store


def free(store, istat=BUROLO, analyst="sara", **asked):
    span = {"minutes": 45, "start": MONDAY, "days": 7} | asked
    with store.snapshot() as uow:
        return [slot.value for slot in agenda.free_slots(uow, istat, analyst, *span.values())]


def values(day, *hours):
    return [f"{day}T{hour:02}:00" for hour in hours]


ALL = values(TUESDAY, 9, 10, 11) + values(THURSDAY, 15, 16, 17)
