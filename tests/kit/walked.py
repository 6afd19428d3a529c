"""Walk a request through the real process by its verbs, up to where a test needs it."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from desk import cases
from desk.demo import answers
from desk.demo.requests import requests_of
from desk.requester import secrets
from engine import jobs, messages, tasks
from tests.kit.pages import BUROLO, MARTA, SARA
from tests.kit.small_desk import REQUESTER

HOUR = timedelta(hours=1)
SLOTS = ["2026-11-30T09:00", "2026-11-30T10:00", "2026-12-03T16:00"]
"""Within the hours of Burolo in these tests."""


class Walked:
    """One request of Burolo; every step happens an hour after the one before."""

    def __init__(self, store, clock, slots=SLOTS):
        self.store, self.clock, self.slots = store, clock, slots
        self.request = requests_of(BUROLO)[0]
        with store.unit_of_work() as uow:
            self.case = cases.open_request(uow, MARTA, BUROLO)
        self.secret = self.new_secret()

    def new_secret(self):
        with self.store.unit_of_work() as uow:
            return secrets.issue(uow, self.case.id, MARTA)

    def registered(self):
        given = answers.registration(self.request, "Burolo", self.clock(), Random(1))
        return self._complete(MARTA, given)

    def forwarded(self):
        return self.registered()._complete(MARTA, answers.check("inoltra"))

    def invited(self):
        return self.forwarded().invited_from_here()

    def invited_from_here(self):
        return self._complete(SARA, answers.analysis(self.request, "convoca")).invited_again()

    def invited_again(self):
        return self._complete(SARA, answers.invitation(self.slots, "Sala al piano terra"))

    def asked_another_date(self):
        return self._replied({"risposta": "altra_data", "altra_data_preferenze": "Di martedì"})

    def meeting_set(self):
        return self.invited()._replied(answers.reply("accetta", self.slots[0]))

    def task(self, element):
        """Give the open task of an element."""
        with self.store.snapshot() as uow:
            return next(
                task
                for task in tasks.of_case(uow, self.case.id)
                if (task.element_id, task.state) == (element, "created")
            )

    def concluded(self):
        self.meeting_set()
        self._complete(MARTA, answers.meeting("svolto"))
        given = answers.outcomes(self.request, self.clock())
        given["esigenze"][0]["nota_interna"] = "Da non dire"
        return self._complete(SARA, given)

    def seen(self):
        with self.store.snapshot() as uow:
            return cases.get(uow, self.case.id, MARTA)

    def _replied(self, given):
        with self.store.unit_of_work() as uow:
            waiting = messages.waiting(uow, self.case.id)
            reply = next(each for each in waiting if each.message == "risposta-convocazione")
            messages.correlate(uow, reply.id, REQUESTER, given)
        return self._worked()

    def _worked(self):
        """Let the worker do what the diagram does by itself."""
        jobs.run_due(self.store)
        return self

    def _complete(self, actor, given):
        self.clock.now += HOUR
        with self.store.unit_of_work() as uow:
            task = next(task for task in tasks.of_case(uow, self.case.id) if task.state == "created")
            tasks.claim(uow, task.id, actor)
            tasks.complete(uow, task.id, actor, given)
        return self._worked()
