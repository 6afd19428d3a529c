"""The agenda: whose week each role sees, and what it says of meetings that one may not see."""

import icalendar
import pytest
from lxml import html

from desk import agenda
from desk.access import Role
from desk.agenda import Slot, slot_at
from engine.identity import Actor
from tests.kit.meetings import NINE, TEN, THREE, Called, open_desks
from tests.kit.pages import BUROLO, MARTA, QUAGLIUZZO

WEEK = "/agenda/?lunedi=2026-12-02"
LIA = Actor("lia", {Role.REFERENTE}, {QUAGLIUZZO})


@pytest.fixture
def desks(store):
    open_desks(store)
    return store


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def lines(page, day):
    (section,) = html.fromstring(page.text).xpath("//section[@data-giorno=$day]", day=day)
    return [words(line) for line in section.xpath(".//li")]


def test_an_analyst_reads_their_own_week_with_proposals_and_meetings(desks, now, as_person):
    Called(desks, now, nome="Ada Esempio").decide(proposte=[NINE, THREE])
    Called(desks, now, nome="Bruno Prova").decide(appuntamento=TEN)
    Called(desks, now, nome="Carla Modelli", analista="paolo").decide(appuntamento="2026-12-01T11:00")

    page = as_person("sara").get(WEEK)

    assert lines(page, "2026-12-01") == [
        "9:00–9:45 Ada Esempio proposto, aspetta risposta Burolo, Sala al piano terra",
        "10:00–10:45 Bruno Prova confermato Burolo, Sala al piano terra File del calendario dell’incontro delle 10:00",
    ]
    assert lines(page, "2026-12-03")[0].startswith("15:00–15:45 Ada Esempio")
    assert "Carla" not in page.text


def test_a_referente_reads_the_week_of_their_comune_with_who_comes(desks, now, as_person):
    Called(desks, now, nome="Bruno Prova").decide(appuntamento=TEN)
    Called(desks, now, nome="Dino Esempio", actor=LIA, istat=QUAGLIUZZO, analista="paolo").decide(appuntamento=TEN)

    page = as_person("marta").get(WEEK)

    assert [line.split(" confermato")[0] for line in lines(page, "2026-12-01")] == ["10:00–10:45 Bruno Prova"]
    assert "con Sara Esempio" in page.text
    assert "Dino" not in page.text


def test_a_referente_who_asks_for_another_comune_gets_their_own(desks, now, as_person):
    Called(desks, now, nome="Bruno Prova").decide(appuntamento=TEN)

    page = as_person("lia").get(f"{WEEK}&comune={BUROLO}")

    assert "Bruno" not in page.text
    assert "Quagliuzzo" in page.text


def test_a_coordinator_reads_everybody_or_chooses_one(desks, now, as_person):
    Called(desks, now, nome="Bruno Prova").decide(appuntamento=TEN)
    Called(desks, now, nome="Carla Modelli", analista="paolo").decide(appuntamento="2026-12-01T11:00")
    coordinator = as_person("paolo", Role.COORDINATORE)

    everybody = lines(coordinator.get(WEEK), "2026-12-01")
    one = lines(coordinator.get(f"{WEEK}&analista=sara"), "2026-12-01")

    assert [line.split()[1] for line in everybody] == ["Bruno", "Carla"]
    assert [line.split()[1] for line in one] == ["Bruno"]


def test_a_meeting_one_may_not_see_is_a_time_that_is_taken(desks, now, as_person):
    called = Called(desks, now, nome="Dino Esempio", actor=LIA, istat=QUAGLIUZZO).decide(appuntamento=TEN)

    with desks.snapshot(now) as uow:
        week = agenda.week(uow, None, "sara", slot_at(TEN, 45).day, viewer=MARTA)
    (seen,) = [each for day in week.days for each in day.engagements]

    assert (seen.number, seen.requester) == (None, None)
    assert as_person("marta").get(f"/agenda/incontri/{called.case.number}.ics").status_code == 404


@pytest.mark.parametrize("asked", ["", "oggi", "9999-12-31", "0001-01-01", "2026-13-45"])
def test_a_week_that_is_none_is_this_one(as_person, asked):
    page = as_person("sara").get("/agenda/", query_string={"lunedi": asked})

    assert "23 – 29 novembre" in page.text or "23 novembre – 29 novembre" in page.text


@pytest.mark.parametrize(("today", "week"), [(27, "23 novembre – 29 novembre"), (28, "30 novembre – 6 dicembre")])
def test_on_saturday_the_agenda_opens_on_the_week_to_come(as_person, clock, today, week):
    clock.now = clock.now.replace(day=today)
    page = as_person("sara").get("/agenda/").text

    assert week in page
    assert ("La prossima settimana" in page) == (today == 28)


def test_an_empty_week_says_what_will_be_there(as_person):
    assert "In questa settimana non c’è ancora niente" in as_person("sara").get("/agenda/").text


def test_a_holiday_says_its_name(desks, as_person):
    page = as_person("marta").get("/agenda/?lunedi=2026-12-08")

    assert "Immacolata" in page.text


def test_a_meeting_is_taken_to_ones_own_calendar_without_what_it_is_about(desks, now, as_person):
    called = Called(desks, now, nome="Bruno Prova").decide(appuntamento=TEN)

    answer = as_person("sara").get(f"/agenda/incontri/{called.case.number}.ics")

    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="convocazione-{called.case.number}.ics"'
    assert answer.content_type.startswith("text/calendar")
    assert event["DTSTART"].dt.isoformat() == "2026-12-01T10:00:00+01:00"
    assert event["SUMMARY"] == "Sportello per l’innovazione – convocazione"


def test_a_meeting_only_proposed_has_no_calendar_file(desks, now, as_person):
    called = Called(desks, now).decide(proposte=[NINE, TEN])

    assert as_person("sara").get(f"/agenda/incontri/{called.case.number}.ics").status_code == 404


def test_behind_the_times_of_an_invitation_stand_closed_hours_and_engagements(desks, now, as_person):
    called = Called(desks, now, nome="Ada Esempio").decide(proposte=[NINE])
    Called(desks, now, nome="Bruno Prova").decide(appuntamento=TEN)
    with desks.unit_of_work(now) as uow:
        agenda.occupy_room(uow, BUROLO, Slot(*_hours(THREE, 60)), "Riunione di Giunta", MARTA)

    told = as_person("sara").get(f"/agenda/settimane/{called.case.number}.json?lunedi=2026-11-30").json["giorni"]

    assert [day["aperto"] for day in told[:4]] == [[], [["9:00", "12:00"]], [], [["15:00", "18:00"]]]
    assert told[0]["chiuso"] == "Sportello chiuso"
    assert told[1]["impegni"] == [{"inizio": "10:00", "fine": "10:45", "parole": "Bruno Prova"}]
    assert told[3]["impegni"] == [{"inizio": "15:00", "fine": "16:00", "parole": "Sala occupata"}]


def _hours(value, minutes):
    slot = slot_at(value, minutes)
    return slot.starts, slot.ends
