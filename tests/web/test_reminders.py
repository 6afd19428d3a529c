"""The reminder goes two working days before the meeting, and not on the heels of the confirmation."""

from datetime import datetime

import pytest
from sqlalchemy import select

from desk.calendar import ROME
from desk.demo import answers
from desk.model import Mail
from engine import jobs
from tests.kit.walked import Walked

THURSDAY = "2026-11-26T15:00"


@pytest.mark.parametrize(("answered", "reminders"), [((23, 18), 1), ((24, 8), 0), ((24, 10), 0)])
def test_a_reminder_goes_only_to_who_was_told_on_an_earlier_day(store, clock, answered, reminders):
    walked = Walked(store, clock, [THURSDAY]).invited()
    clock.now = datetime(2026, 11, *answered, tzinfo=ROME)

    walked._replied(answers.reply("accetta", THURSDAY))
    clock.now = datetime(2026, 11, 24, 11, tzinfo=ROME)
    while jobs.run_due(store):
        continue

    with store.snapshot() as uow:
        names = uow.connection.execute(select(Mail.name)).scalars().all()
    assert "conferma" in names
    assert names.count("promemoria") == reminders
