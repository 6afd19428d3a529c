"""The calendar file, read back by icalendar as a calendar program would."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from desk import agenda, comuni
from desk.comuni import Office
from engine.civil_time import ROME
from tests.kit.meetings import NINE, TEN, THREE, Called, open_desks
from tests.kit.small_desk import ADMINISTRATOR, BUROLO

LINK = "https://sportello.example/segui?numero=SI-2026-B279-0001"
SECRET = "Attrezzo segretissimo per la potatura"


@pytest.fixture
def called(store, now):
    open_desks(store)
    with store.unit_of_work() as uow:
        office = Office(room="Sala al piano terra", address="Via Roma 1", email="sportello@burolo.example")
        comuni.join(uow, BUROLO, office, ADMINISTRATOR)
    return Called(store, now, titolo=SECRET)


def written(called, **options):
    with called.store.snapshot(called.now) as uow:
        return agenda.calendar_file(uow, agenda.convocation_of(uow, called.case.id), LINK, **options)


def read(called, **options):
    calendar = Calendar.from_ical(written(called, **options))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_invitation_says_when_and_where_in_italian_time(called):
    calendar, event = read(called.decide(appuntamento=NINE))

    assert (calendar["method"], event["status"], event["sequence"]) == ("REQUEST", "CONFIRMED", 0)
    assert event.decoded("dtstart") == datetime(2026, 12, 1, 9, tzinfo=ROME)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)
    assert event["dtstart"].params["tzid"] == "Europe/Rome"
    assert event["location"] == "Sala al piano terra, Via Roma 1, Burolo"
    assert (event["organizer"], event["attendee"]) == (
        "mailto:sportello@burolo.example",
        "mailto:ada@richiedente.example",
    )


def test_the_time_zone_comes_with_its_changes(called):
    calendar, _ = read(called.decide(appuntamento=NINE))
    (zone,) = calendar.walk("VTIMEZONE")

    assert zone["tzid"] == "Europe/Rome"
    offsets = {(part.name, part["tzoffsetto"].to_ical()) for part in zone.subcomponents}
    assert {("STANDARD", "+0100"), ("DAYLIGHT", "+0200")} <= offsets


@pytest.mark.parametrize("value", ["2027-03-29T09:00", "2026-12-31T09:00", "2027-10-25T15:00"])
def test_a_program_that_knows_only_the_file_finds_the_right_moment(called, value):
    calendar, event = read(called.decide(appuntamento=value))
    (zone,) = calendar.walk("VTIMEZONE")
    own = zone.to_tz(lookup_tzid=False)

    naive = event.decoded("dtstart").replace(tzinfo=None)
    assert naive.isoformat(timespec="minutes") == value
    assert naive.replace(tzinfo=own).utcoffset() == naive.replace(tzinfo=ROME).utcoffset()


def test_moves_and_cancellations_update_the_same_entry(called):
    files = [read(called.decide(appuntamento=NINE))]
    files.append(read(called.decide(appuntamento=THREE)))
    files.append(read(called.decide(appuntamento=None, proposte=[TEN])))
    files.append(read(called.decide(appuntamento=TEN)))
    files.append(read(called.decide(passo="fine")))

    assert len({event["uid"] for _, event in files}) == 1
    assert [event["sequence"] for _, event in files] == [0, 1, 2, 3, 4]
    assert [calendar["method"] for calendar, _ in files] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL"]
    assert [event["status"] for _, event in files][-1] == "CANCELLED"
    assert files[2][1].decoded("dtstart") == datetime(2026, 12, 3, 15, tzinfo=ROME)


def test_a_removal_can_be_asked_for(called):
    calendar, event = read(called.decide(appuntamento=NINE), cancel=True)

    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)


def test_nothing_of_the_request_stands_in_the_file_but_its_number(called):
    text = written(called.decide(appuntamento=NINE)).decode()
    _, event = read(called)

    assert event["summary"] == "Sportello per l’innovazione – convocazione"
    assert event["description"] == f"Pratica {called.case.number}. Per rispondere o cambiare orario: {LINK}"
    assert "segretissimo" not in text
    assert "Ada Esempio" not in text
    assert set(event) == {
        *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "DESCRIPTION", "LOCATION"),
        *("ORGANIZER", "ATTENDEE"),
    }


def test_a_meeting_at_a_distance_has_no_room(called):
    _, event = read(called.decide(appuntamento=NINE, in_comune=False))

    assert event["location"] == "A distanza"


def test_who_has_no_address_is_not_invented(store, now):
    open_desks(store)
    _, event = read(Called(store, now, email="").decide(appuntamento=NINE))

    assert event["organizer"] == "invalid:nomail"
    assert "attendee" not in event


@pytest.mark.parametrize("hostile", ["a@b.example\r\nX-EVIL:1", "a@b.example\nBEGIN:VALARM", "a@b.example;X=1:y"])
def test_an_address_adds_no_line_to_the_file(store, now, hostile):
    open_desks(store)
    called = Called(store, now, email=hostile).decide(appuntamento=NINE)
    calendar, event = read(called)

    assert [part.name for part in calendar.walk()].count("VALARM") == 0
    assert "x-evil" not in event
    assert event["summary"] == "Sportello per l’innovazione – convocazione"


def test_without_a_time_there_is_no_file(called):
    called.decide(proposte=[NINE])
    with pytest.raises(ValueError, match="no time"):
        written(called)


def test_the_file_is_read_whole_by_programs_of_others(called):
    text = written(called.decide(appuntamento=NINE)).decode()

    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert called.convocation.uid in text
