"""The day by which an invitation asks for an answer is the day on which the diagram stops waiting for one."""

import pytest
from sqlalchemy import select

from desk.calendar import local_date
from desk.model import Mail
from engine import messages
from tests.web.walked import Walked


@pytest.mark.parametrize(
    ("slots", "day", "words"),
    [
        (["2026-11-26T15:00"], "2026-11-25", "mercoledì 25 novembre"),
        (["2026-11-26T15:00", "2026-11-30T09:00"], "2026-11-29", "domenica 29 novembre"),
        (["2026-12-07T09:00"], "2026-11-30", "lunedì 30 novembre"),
    ],
)
def test_the_invitation_and_the_timer_say_the_same_day(store, clock, slots, day, words):
    walked = Walked(store, clock, slots).invited()

    with store.snapshot() as uow:
        waiting = next(each for each in messages.waiting(uow, walked.case.id) if each.expires_at)
        text = uow.connection.execute(select(Mail.text).where(Mail.name == "convocazione")).scalar_one()
    assert local_date(waiting.expires_at).isoformat() == day
    assert words in text
