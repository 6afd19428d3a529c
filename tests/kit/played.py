"""Walk a request through the small process of these tests."""

from __future__ import annotations

from datetime import timedelta

from desk import cases
from engine import messages, tasks
from tests.kit.small_desk import BUROLO, MARTA, SARA

ANSWERS = {"nome": "Ada Esempio", "titolo": "Attrezzo per la potatura"}
HOUR = timedelta(hours=1)


class Played:
    """One request; every step happens an hour after the one before."""

    def __init__(self, store, now, *, actor=MARTA, istat=BUROLO, answers=ANSWERS):
        self.store, self.now, self.referente, self.answers = store, now, actor, answers
        with store.unit_of_work(now) as uow:
            self.case = cases.open_request(uow, actor, istat)

    def registered(self):
        return self._complete(self.referente, self.answers)

    def forwarded(self):
        return self.registered()._complete(self.referente)

    def claimed(self, analyst=SARA):
        self.forwarded()
        with self._next() as uow:
            tasks.claim(uow, self.task(uow).id, analyst)
        return self

    def analysed(self, answers=None):
        return self.claimed()._complete(SARA, answers)

    def concluded(self):
        return self.analysed()._complete(SARA)._complete(SARA)

    def withdrawn(self):
        with self._next() as uow:
            (waiting,) = messages.waiting(uow, self.case.id)
            messages.correlate(uow, waiting.id, self.referente, {})
        return self

    def task(self, uow):
        return next(task for task in tasks.of_case(uow, self.case.id) if task.state == "created")

    def seen(self, actor=MARTA):
        with self.store.snapshot(self.now) as uow:
            return cases.get(uow, self.case.number, actor)

    def _complete(self, actor, answers=None):
        with self._next() as uow:
            tasks.complete(uow, self.task(uow).id, actor, answers or {})
        return self

    def _next(self):
        self.now += HOUR
        return self.store.unit_of_work(self.now)
