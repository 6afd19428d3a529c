"""Every page that lists rows: it costs the same statements with few rows as with many, and draws no more than a page.

The lists of attività and pratiche are in ``test_work_lists``; how each query finds its rows, in ``tests/desk``.
"""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest

from desk import agenda, comuni, people, retention
from desk.access import Role
from desk.agenda import DeskDay
from desk.calendar import Closure
from desk.envelope import log
from desk.mail import NewMail, enqueue
from desk.people import NewUser, mandates
from desk.proof import deposits
from engine import instances
from engine.identity import Actor
from tests.kit.databases import statements
from tests.kit.pages import ADMINISTRATOR, BUROLO, CHARGE, MARTA, PASSWORD, QUAGLIUZZO, SARA
from tests.kit.played_requests import Request
from tests.kit.requester_pages import add, enter
from tests.kit.sealed_envelope import sealed
from tests.kit.walked import Walked

OLGA = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
DAY, MONDAY = date(2026, 12, 1), date(2027, 4, 5)


def documents(desk, number):
    for _ in range(number):
        desk.more += 1
        add(desk.requester, f"Preventivo {desk.more}\n".encode(), f"preventivo-{desk.more}.txt")


def referenti(desk, number):
    with desk.store.unit_of_work() as uow:
        for _ in range(number):
            desk.more += 1
            name = f"referente{desk.more}"
            new = NewUser(name, f"{name}@sportello.example", name, PASSWORD, {Role.REFERENTE: [BUROLO]})
            people.create(uow, new, ADMINISTRATOR)
            mandates.record(uow, name, BUROLO, CHARGE, ADMINISTRATOR)


def deposited(desk, number):
    with desk.store.unit_of_work() as uow:
        for _ in range(number):
            desk.more += 1
            deposits.record(uow, desk.case.id, f"{desk.more:064}", deposits.DepositKind.ENVELOPE, MARTA)


def openings(desk, number):
    with desk.store.unit_of_work() as uow:
        for _ in range(number):
            log.write(
                uow, desk.case.id, SARA, log.Note.OPENED, {"ruolo": "analista", "motivo": "incontro", "elementi": []}
            )


def incidents(desk, number):
    with desk.store.unit_of_work() as uow:
        for _ in range(number):
            desk.more += 1
            mail = NewMail("ada@esempio.example", "Oggetto", "testo", "<p>testo</p>", "prova")
            enqueue(uow, f"prova {desk.more}", mail, desk.case.id)
        uow.connection.exec_driver_sql("UPDATE mail SET state = 'incident'")
        uow.connection.exec_driver_sql("UPDATE job SET state = 'incident' WHERE kind = 'timer'")
    Walked(desk.store, desk.clock).forwarded()


def ended(desk, number):
    """End cases, let years pass, erase one, and keep some with a hold."""
    cases = [Request(desk.store, desk.clock.now).case for _ in range(number + 1)]
    with desk.store.unit_of_work() as uow:
        for case in cases:
            instances.cancel(uow, case.id, SARA, "doppione")
    desk.clock.now += timedelta(2000)
    with desk.store.unit_of_work() as uow:
        retention.erase(uow, desk.app.extensions["sportello"].facilities, cases.pop().id, OLGA)
        for case in cases[: number // 2]:
            retention.place_hold(uow, case.number, "Ricorso", OLGA)


def towns(desk, number):
    """Let Comuni join, and give one referente all of them."""
    with desk.store.unit_of_work() as uow:
        have, every = set(comuni.joined_names(uow)), comuni.find(uow, "san", 200)
        new = [comune.istat for comune in every if comune.istat not in have][:number]
        for istat in new:
            comuni.join(uow, istat, comuni.Office(), ADMINISTRATOR)
        people.set_roles(uow, "marta", {Role.REFERENTE: [*sorted(have), *new]}, ADMINISTRATOR)


def days(desk, number):
    with desk.store.unit_of_work() as uow:
        for _ in range(number):
            desk.more += 1
            day = DAY + timedelta(desk.more)
            at = agenda.on_day(day, time(9), time(10))
            agenda.declare_absence(uow, "sara", at, "", SARA)
            agenda.occupy_room(uow, BUROLO, at, "Giunta", MARTA)
            comuni.close(uow, BUROLO, Closure(day, day, f"Chiusura {desk.more}"), MARTA)
        for week in range(desk.more - number, desk.more):
            monday = MONDAY + timedelta(7 * week)
            agenda.add_desk_day(uow, DeskDay("sara", QUAGLIUZZO, monday, time(9), time(11)), SARA)


PAGES = {
    "documents of a case": (documents, "sara", "/pratiche/{}/documenti"),
    "documents of the requester": (documents, "the requester", "/segui/richiesta/documenti"),
    "the requester's page": (documents, "the requester", "/segui/richiesta"),
    "referenti": (referenti, "marta", "/il-mio-comune/001042/referenti"),
    "referenti on the town's page": (referenti, None, "/comuni/001042"),
    "letters": (deposited, "marta", "/pratiche/{}/lettere"),
    "openings": (openings, "marta", "/pratiche/{}/busta"),
    "openings for the requester": (openings, "the requester", "/segui/richiesta/busta"),
    "openings to report": (openings, "the requester", "/segui/richiesta/busta/segnala"),
    "history": (openings, "sara", "/pratiche/{}/cronologia"),
    "summary": (openings, "sara", "/pratiche/{}"),
    "diagram": (openings, "sara", "/pratiche/{}/diagramma"),
    "incidents": (incidents, "ivo", "/amministrazione/incidenti"),
    "what is kept": (ended, "olga", "/conservazione"),
    "what would go": (ended, "olga", "/conservazione/cancella"),
    "desks": (towns, "olga", "/il-mio-comune/"),
    "Comuni": (towns, None, "/comuni/"),
    "Comuni found": (towns, None, "/comuni/?q=san"),
    "contacts": (towns, None, "/aiuto"),
    "desks of a referente": (towns, "marta", "/nuova-richiesta/"),
    "tasks of a referente": (towns, "marta", "/attivita/"),
    "absences": (days, "sara", "/agenda/disponibilita"),
    "desk days": (days, "sara", "/agenda/giornate"),
    "the week": (days, "sara", "/agenda/?lunedi=2026-12-07"),
    "uses of a room": (days, "marta", "/agenda/sala"),
    "closures": (days, "marta", "/il-mio-comune/001042/giorni"),
}


@pytest.fixture
def desk(app, store, clock, client):
    walked = Walked(store, clock).forwarded()
    sealed(store, walked.case.id)
    enter(client, walked)
    return SimpleNamespace(app=app, store=store, clock=clock, case=walked.case, requester=client, more=0)


def cost(desk, as_person, who, address):
    """Count the statements of a page that has been drawn before, and its rows."""
    browser = desk.requester if who == "the requester" else as_person(who) if who else desk.app.test_client()
    browser.get(address)  # calendars and diagrams are read once in a while: not in the middle of counting
    with statements(desk.store) as sent:
        answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return len(sent), answer.text.count("<li") + answer.text.count("<tr")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_however_many_rows_it_lists(desk, as_person, name):
    grow, who, address = PAGES[name]
    address = address.format(desk.case.number)
    grow(desk, 2)
    few = cost(desk, as_person, who, address)

    grow(desk, 9)
    many = cost(desk, as_person, who, address)

    assert many[0] <= few[0]


BOUNDED = {
    "openings": 80,
    "openings for the requester": 60,
    "history": 160,
    "incidents": 80,
    "desks": 60,
    "Comuni": 170,
    "Comuni found": 200,
}


@pytest.mark.parametrize("name", BOUNDED)
def test_a_page_draws_no_more_than_a_page_of_rows(desk, as_person, name):
    grow, who, address = PAGES[name]
    grow(desk, 150)

    _, rows = cost(desk, as_person, who, address.format(desk.case.number))

    assert rows <= BOUNDED[name]
