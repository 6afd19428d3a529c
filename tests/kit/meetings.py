"""Decide meetings of requests step by step, in a process that does nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import agenda, cases, comuni
from desk.agenda import cells
from desk.comuni.hours import WeeklyHours
from desk.model import AgendaCell, Engagement, Meeting
from engine import deployments, messages, tasks
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, MARTA, QUAGLIUZZO, SARA

TUESDAY, THURSDAY = "2026-12-01", "2026-12-03"
NINE, TEN, ELEVEN, THREE = f"{TUESDAY}T09:00", f"{TUESDAY}T10:00", f"{TUESDAY}T11:00", f"{THURSDAY}T15:00"
HOURS = (WeeklyHours(1, time(9), time(12)), WeeklyHours(3, time(15), time(18)))


def open_desks(store):
    """Open two desks on Tuesday morning and Thursday afternoon, and deploy the process of these tests."""
    with store.unit_of_work() as uow:
        for code in (BUROLO, QUAGLIUZZO):
            comuni.set_hours(uow, code, HOURS, ADMINISTRATOR)
        deployments.deploy(uow, Path(__file__).parent / "diagrams" / "incontri")


@pytest.fixture
def called(store, now):
    open_desks(store)
    return Called(store, now)


class Called:
    """One request and its meetings."""

    def __init__(self, store, now, *, actor=MARTA, istat=BUROLO, **variables):
        self.store, self.now = store, now
        start = {
            "nome": "Ada Esempio",
            "email": "ada@richiedente.example",
            "analista": "sara",
            "durata": "45",
        } | variables
        with store.unit_of_work(now) as uow:
            self.case = cases.open_request(uow, actor, istat, key="incontri", variables=start)

    def decide(self, **answers):
        """Complete the task with these answers, as a person does."""
        with self.store.unit_of_work(self.now) as uow:
            task = next(each for each in tasks.of_case(uow, self.case.id) if each.state == "created")
            tasks.complete(uow, task.id, SARA, answers)
        return self

    def answer(self, **payload):
        """Let the process wait for the requester, and answer as they do."""
        self.decide(passo="attesa")
        return self.reply(**payload)

    def reply(self, **payload):
        with self.store.unit_of_work(self.now) as uow:
            (waiting,) = messages.waiting(uow, self.case.id)
            messages.correlate(uow, waiting.id, MARTA, payload | {"passo": ""})
        return self

    @property
    def convocation(self):
        with self.store.snapshot(self.now) as uow:
            return agenda.convocation_of(uow, self.case.id)


def at(value, minutes=45):
    slot = agenda.slot_at(value, minutes)
    assert slot is not None
    return slot


def all_cells(store):
    with store.snapshot() as uow:
        return {tuple(row) for row in uow.connection.execute(select(AgendaCell.resource, AgendaCell.instant))}


def cells_of(*slots, istat=BUROLO, analyst="sara"):
    resources = [cells.person(analyst)] if istat is None else [cells.room(istat), cells.person(analyst)]
    return set(map(tuple, cells.covering(slots, resources)))


def wanted_cells(store):
    """Work out from the convocations that bind which cells there must be."""
    binding = ("proposta", "confermata", "spostata")
    with store.snapshot() as uow:
        rows = uow.connection.execute(
            select(Meeting.istat, Meeting.analyst, Meeting.in_person, Engagement.starts_at, Engagement.ends_at)
            .join(Engagement, Engagement.convocation == Meeting.uid)
            .where(Meeting.state.in_(binding))
        ).all()
    expected = set()
    for istat, analyst, in_person, starts, ends in rows:
        expected |= cells_of(agenda.Slot(starts, ends), istat=istat if in_person else None, analyst=analyst)
    return expected


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)
