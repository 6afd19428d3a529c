"""Furnish the demonstration with desks and people: each is marked as invented, and the password is no secret.

The Comuni are the five of the pilot, with their real codes; hours, rooms and contacts are made up. Patron days are
those found in public sources; Perosa Canavese's is not stated there, and stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from desk import comuni, people
from desk.access import Role
from desk.calendar import Closure, Patron
from desk.comuni import istat
from desk.comuni.hours import ExtraordinaryOpening, WeeklyHours
from desk.people import mandates
from desk.people.mandates import Charge, Qualification
from engine.identity import EVERYWHERE, Actor

if TYPE_CHECKING:
    from engine.store import UnitOfWork

PASSWORD = "dimostrazione"  # noqa: S105  # printed on the sign-in page of the demonstration, and only there
INSTALLER = Actor("dimostrazione", {Role.ADMINISTRATOR}, {EVERYWHERE})
BORGOFRANCO, BUROLO, MONTALENGHE, PEROSA, QUAGLIUZZO = "001030", "001042", "001159", "001185", "001208"


@dataclass(frozen=True)
class Account:
    """An invented person who can sign in, in one role."""

    username: str
    name: str
    role: Role
    scope: str = EVERYWHERE

    @property
    def actor(self) -> Actor:
        return Actor(self.username, {self.role}, {self.scope})


ROSA = Account("rosa", "Rosa Dimostri", Role.REFERENTE, BORGOFRANCO)
MARTA = Account("marta", "Marta Prova", Role.REFERENTE, BUROLO)
UGO = Account("ugo", "Ugo Fittizi", Role.REFERENTE, MONTALENGHE)
NINO = Account("nino", "Nino Segnaposto", Role.REFERENTE, PEROSA)
LIA = Account("lia", "Lia Modelli", Role.REFERENTE, QUAGLIUZZO)
SARA = Account("sara", "Sara Esempio", Role.ANALISTA)
DARIO = Account("dario", "Dario Provetti", Role.ANALISTA)
PAOLO = Account("paolo", "Paolo Modelli", Role.COORDINATORE)
ACCOUNTS = (
    MARTA,
    ROSA,
    UGO,
    NINO,
    LIA,
    SARA,
    DARIO,
    PAOLO,
    Account("olga", "Olga Campione", Role.PROGRAMME_OFFICE),
    Account("piero", "Piero Abbozzi", Role.DESIGNER),
    Account("amina", "Amina Saggio", Role.ADMINISTRATOR),
)
REFERENTI = {account.scope: account for account in ACCOUNTS if account.role is Role.REFERENTE}
QUALIFICATIONS = {
    ROSA.username: Qualification.OFFICIAL,
    UGO.username: Qualification.ELECTED,
    NINO.username: Qualification.VOLUNTEER,
}
"""Of the referenti who are not employees of their Comune."""
ANALISTI = tuple(account for account in ACCOUNTS if account.role is Role.ANALISTA)


@dataclass(frozen=True)
class DemoDesk:
    """What is made up about one Comune's desk."""

    istat: str
    domain: str
    room: str
    hours: tuple[WeeklyHours, ...]
    patron: Patron | None


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
PLACES = (
    DemoDesk(
        BORGOFRANCO,
        "borgofranco",
        "Sala riunioni, primo piano",
        (WeeklyHours(MONDAY, time(9), time(12)), WeeklyHours(WEDNESDAY, time(14, 30), time(17, 30))),
        Patron(9, 22, "San Maurizio"),
    ),
    DemoDesk(
        BUROLO,
        "burolo",
        "Sala consiliare",
        (WeeklyHours(TUESDAY, time(9), time(12)), WeeklyHours(THURSDAY, time(15), time(18))),
        Patron(6, 29, "Santi Pietro e Paolo"),
    ),
    DemoDesk(
        MONTALENGHE,
        "montalenghe",
        "Ufficio al piano terra",
        (WeeklyHours(THURSDAY, time(9, 30), time(12, 30)),),
        Patron(6, 29, "San Pietro e San Paolo"),
    ),
    DemoDesk(
        PEROSA,
        "perosa",
        "Sala al piano terra",
        (WeeklyHours(TUESDAY, time(9), time(12)), WeeklyHours(THURSDAY, time(15), time(18))),
        None,
    ),
    DemoDesk(
        QUAGLIUZZO,
        "quagliuzzo",
        "Biblioteca comunale",
        (WeeklyHours(FRIDAY, time(10), time(12)),),
        Patron(2, 2, "Presentazione di Gesù al Tempio"),
    ),
)


def furnish(uow: UnitOfWork, today: date) -> None:
    """Make the desks and the accounts.

    From ``today`` on, one desk is closed on the first Friday and one opens on the first Saturday of the week after.
    """
    if istat.is_empty(uow):
        istat.import_list(uow)
    for place in PLACES:
        _open_desk(uow, place)
    for account in ACCOUNTS:
        email = f"{account.username}@sportello.example"
        roles = {account.role: [account.scope]}
        new = people.NewUser(account.username, email, account.name, PASSWORD, roles, demonstration=True)
        people.create(uow, new, INSTALLER)
    for referente in REFERENTI.values():
        mandates.record(uow, referente.username, referente.scope, _charge(referente, today), INSTALLER)
    comuni.close(uow, QUAGLIUZZO, _next_friday(today), INSTALLER)
    comuni.open_on(uow, MONTALENGHE, _saturday_after(today), INSTALLER)


def _open_desk(uow: UnitOfWork, place: DemoDesk) -> None:
    office = comuni.Office(
        address="Via Dimostrativa 1",
        room=place.room,
        accessibility="Si entra senza scalini dal cortile.",
        phone="0125 000 000",
        email=f"sportello@{place.domain}.example",
        pec=f"{place.domain}@pec.example",
        presentation="Orari, sede e contatti sono dimostrativi: lo sportello vero li scrive da sé.",
        demonstration=True,
    )
    comuni.join(uow, place.istat, office, INSTALLER)
    comuni.set_hours(uow, place.istat, place.hours, INSTALLER)
    comuni.set_patron(uow, place.istat, place.patron, INSTALLER)


def _charge(referente: Account, today: date) -> Charge:
    """Charge a referente with their desk since before the first request, for longer than anybody looks at it."""
    return Charge(
        QUALIFICATIONS.get(referente.username, Qualification.EMPLOYEE),
        starts_on=date(today.year - 1, 1, 1),
        ends_on=date(today.year + 4, 12, 31),
        trained_on=date(today.year - 2, 11, 20),
        trained_by="Corso dimostrativo",
        agreement_on=date(today.year - 2, 11, 20),
    )


def _next_friday(today: date) -> Closure:
    friday = today + timedelta((FRIDAY - today.weekday()) % 7)
    return Closure(friday, friday, "assemblea del personale (dimostrativa)")


def _saturday_after(today: date) -> ExtraordinaryOpening:
    saturday = today + timedelta(12 - today.weekday())
    return ExtraordinaryOpening(saturday, time(9, 30), time(11, 30), "sabato dello sportello (dimostrativo)")
