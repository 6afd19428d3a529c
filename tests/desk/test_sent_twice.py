"""The same thing done twice at once, on both databases: it happens once, or the second is told why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from io import BytesIO

import pytest
from sqlalchemy import update

from desk import Facilities, agenda, comuni, files, people, retention
from desk.access import Role
from desk.agenda import DeskDay, Slot
from desk.calendar import Closure
from desk.comuni.hours import ExtraordinaryOpening, WeeklyHours
from desk.errors import DocumentNotFound, OverlappingHours, OverlappingMandates
from desk.files import FolderStorage
from desk.model import Case
from desk.people import NewUser, mandates
from desk.requester import secrets
from engine import history, instances
from engine.identity import Actor
from tests.kit.at_once import both
from tests.kit.hostile_files import pdf
from tests.kit.meetings import open_desks
from tests.kit.played import Played
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, CHARGE, MARTA, SARA

OLGA = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
TUESDAY = date(2026, 12, 1)
MORNING = (WeeklyHours(1, time(10), time(12)),)


@pytest.fixture
def store(each_store):
    open_desks(each_store)
    return each_store


def test_an_analysts_hours_sent_twice_are_there_once(store):
    assert both(store, lambda uow: agenda.set_hours(uow, "sara", MORNING, SARA)) is None

    with store.snapshot() as uow:
        assert agenda.hours_of(uow, "sara") == MORNING


def test_a_giornata_does_not_meet_another_that_is_being_added(store):
    visit = DeskDay("sara", BUROLO, TUESDAY, time(9), time(12))

    refusal = both(store, lambda uow: agenda.add_desk_day(uow, visit, SARA))

    assert isinstance(refusal, OverlappingHours)
    with store.snapshot() as uow:
        assert len(agenda.desk_days(uow, TUESDAY)) == 1


def test_the_hours_of_a_desk_sent_twice_are_there_once(store):
    assert both(store, lambda uow: comuni.set_hours(uow, BUROLO, MORNING, ADMINISTRATOR)) is None

    with store.snapshot() as uow:
        assert comuni.timetable_of(comuni.get(uow, BUROLO)).weekly == MORNING


def test_a_closure_and_an_opening_sent_twice_are_there_once(store):
    shut = Closure(TUESDAY, TUESDAY, "inventario")
    opened = ExtraordinaryOpening(TUESDAY, time(9), time(12), "fiera")

    assert both(store, lambda uow: comuni.close(uow, BUROLO, shut, ADMINISTRATOR)) is None
    assert both(store, lambda uow: comuni.open_on(uow, BUROLO, opened, ADMINISTRATOR)) is None

    with store.snapshot() as uow:
        assert len(comuni.get(uow, BUROLO).special_days) == 2


def test_openings_of_the_same_hours_are_not_both_kept(store):
    one = ExtraordinaryOpening(TUESDAY, time(9), time(12), "fiera")
    other = replace(one, opens=time(11), closes=time(13))

    refusal = both(
        store,
        lambda uow: comuni.open_on(uow, BUROLO, one, ADMINISTRATOR),
        lambda uow: comuni.open_on(uow, BUROLO, other, ADMINISTRATOR),
    )

    assert isinstance(refusal, OverlappingHours)


def test_a_mandate_sent_twice_is_one_and_one_that_meets_it_is_refused(store):
    with store.unit_of_work() as uow:
        roles = {Role.REFERENTE: [BUROLO]}
        new = NewUser("nuova", "nuova@sportello.example", "Nuova Prova", "parola lunga abbastanza", roles)
        people.create(uow, new, ADMINISTRATOR)
    soon = replace(CHARGE, starts_on=CHARGE.starts_on + timedelta(30))

    again = both(store, lambda uow: mandates.record(uow, "nuova", BUROLO, CHARGE, ADMINISTRATOR))
    met = both(
        store,
        lambda uow: mandates.record(uow, "nuova", BUROLO, CHARGE, ADMINISTRATOR),
        lambda uow: mandates.record(uow, "nuova", BUROLO, soon, ADMINISTRATOR),
    )

    assert again is None
    assert isinstance(met, OverlappingMandates)
    with store.snapshot() as uow:
        assert len(mandates.of(uow, BUROLO, ["nuova"])["nuova"]) == 1


def test_a_document_taken_away_twice_is_told_once(store, now, tmp_path):
    facilities = Facilities(files=FolderStorage(tmp_path / "documenti"))
    case = Played(store, now).registered().case
    with files.receive(facilities, "preventivo.pdf", BytesIO(pdf())) as upload, store.unit_of_work() as uow:
        document = files.attach(uow, facilities, case.id, upload, MARTA)

    refusal = both(store, lambda uow: files.remove(uow, facilities, case.id, document.id, MARTA))

    assert isinstance(refusal, DocumentNotFound)
    with store.snapshot() as uow:
        told = [event.facts.get("note") for event in history.read(uow, case.id)]
        assert told.count("documento_tolto") == 1
        assert list(history.verify(uow)) == []


def test_a_hold_sent_twice_is_one(store, now):
    case = Played(store, now).registered().case

    assert both(store, lambda uow: retention.place_hold(uow, case.number, "Ricorso al TAR", OLGA)) is None

    with store.snapshot() as uow:
        assert len(retention.holds(uow, OLGA)) == 1


def test_an_absence_sent_twice_is_one(store, now):
    away = Slot(now + timedelta(days=7), now + timedelta(days=8))

    assert both(store, lambda uow: agenda.declare_absence(uow, "sara", away, "ferie", SARA)) is None

    with store.snapshot() as uow:
        assert len(agenda.absences(uow, "sara", now)) == 1


def test_a_new_secret_and_a_step_of_the_process_do_not_wait_in_a_circle(store, now):
    """A transition takes the case, then writes its pratica; whoever took them the other way round would be thrown out."""
    case = Played(store, now).registered().case

    refusal = both(
        store,
        lambda uow: instances.lock(uow, case.id),
        lambda uow: secrets.issue(uow, case.id, MARTA),
        lambda uow: uow.connection.execute(update(Case).where(Case.id == case.id).values(urgency="Alta")),
    )

    assert refusal is None
