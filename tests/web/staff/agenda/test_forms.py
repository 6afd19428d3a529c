"""Availability, absences, «giornate» and the room: kept as typed, refused with a sentence at the field."""

from datetime import date, time

import pytest
from lxml import html

from desk import agenda
from desk.access import Role
from desk.comuni.hours import WeeklyHours
from tests.kit.meetings import NINE, TEN, Called, open_desks
from tests.kit.pages import BUROLO, QUAGLIUZZO, post
from tests.kit.small_desk import LIA

ROW = {"giorno-0": "1", "dalle-0": "9:00", "alle-0": "13", "ogni-0": "1", "dal-0": "", "al-0": ""}


@pytest.fixture
def sara(as_person):
    return as_person("sara")


def hours(store, username="sara"):
    with store.snapshot() as uow:
        return agenda.hours_of(uow, username)


def value(page, name):
    (field,) = html.fromstring(page.text).xpath("//*[@name=$name]", name=name)
    return field.value


def rows_on(page):
    return len(html.fromstring(page.text).xpath("//fieldset"))


def keep(client, **fields):
    return post(
        client,
        "/agenda/disponibilita",
        {"analista": "sara", **ROW, **fields},
        page="/agenda/disponibilita",
    )


def test_weekly_hours_are_kept_as_typed(sara, store):
    answer = keep(sara, **{"alle-0": "13.30", "ogni-0": "2", "dal-0": "1/12/2026", "al-0": "30/6/2027"})

    assert answer.status_code == 302
    assert hours(store) == (WeeklyHours(1, time(9), time(13, 30), date(2026, 12, 1), date(2027, 6, 30), 2),)
    assert value(sara.get("/agenda/disponibilita"), "alle-0") == "13:30"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"alle-0": "venti"}, "alle-0", "«venti» non è un’ora"),
        ({"alle-0": "8:00"}, "alle-0", "viene dopo quella di inizio"),
        ({"alle-0": "13:00", "dal-0": "31/2/2026"}, "dal-0", "«31/2/2026» non è una data"),
        ({"alle-0": "13:00", "ogni-0": "2"}, "dal-0", "da quale giorno si contano"),
        ({"alle-0": "13:00", "dal-0": "2/1/2027", "al-0": "1/1/2027"}, "al-0", "non può venire prima"),
        ({"alle-0": "13:00", "giorno-0": "9"}, "giorno-0", "Scegli un giorno"),
    ],
)
def test_hours_that_cannot_be_are_refused_at_their_field_and_kept_on_the_page(sara, store, fields, field, sentence):
    answer = keep(sara, **fields)
    (shown,) = html.fromstring(answer.text).xpath("//*[@name=$name]", name=field)

    assert answer.status_code == 422
    assert sentence in html.fromstring(answer.text).xpath("//*[@id=$id]", id=f"{field}-errore")[0].text_content()
    assert shown.get("aria-invalid") == "true"
    assert value(answer, "dalle-0") == "9:00"
    assert hours(store) == ()


def test_hours_that_overlap_are_refused(sara, store):
    second = {name.replace("-0", "-1"): each for name, each in ROW.items()}

    answer = keep(sara, **{"alle-0": "13:00"}, **second | {"dalle-1": "12:00", "alle-1": "15:00"})

    assert answer.status_code == 422
    assert "Due orari si sovrappongono" in answer.text
    assert hours(store) == ()


def test_rows_come_and_go_without_losing_what_was_typed(sara, store):
    more = keep(sara, **{"alle-0": "tardi", "_azione": "aggiungi"})
    fewer = keep(sara, **{"alle-0": "tardi", "_azione": "togli-0"})

    assert rows_on(more) == 2
    assert value(more, "alle-0") == "tardi"
    assert rows_on(fewer) == 0
    assert hours(store) == ()


def test_no_rows_at_all_give_back_the_usual_hours(sara, store):
    keep(sara, **{"alle-0": "13:00"})

    keep(sara, **{"dalle-0": "", "alle-0": ""})

    assert hours(store) == ()


def test_an_analyst_does_not_write_in_anothers_agenda(sara, store):
    assert keep(sara, analista="paolo", **{"alle-0": "13:00"}).status_code == 404
    assert hours(store, "paolo") == ()


def test_a_coordinator_keeps_every_agenda(as_person, store):
    coordinator = as_person("paolo", Role.COORDINATORE)

    assert keep(coordinator, **{"alle-0": "13:00"}).status_code == 302
    assert len(hours(store)) == 1


def away(client, **fields):
    typed = {"analista": "sara", "assenza_dal": "3/12/2026", "assenza_al": "4/12/2026", "assenza_motivo": "Visita"}
    return post(client, "/agenda/assenze", typed | fields, page="/agenda/disponibilita")


def absences(store, now):
    with store.snapshot(now) as uow:
        return agenda.absences(uow, "sara", now)


def test_an_absence_without_hours_is_of_whole_days_and_is_declared_once(sara, store, now):
    away(sara)
    away(sara)

    (absence,) = absences(store, now)
    assert (absence.slot.begins, absence.slot.finishes, absence.reason) == ("0:00", "23:59", "Visita")
    assert "Giovedì 3 dicembre – venerdì 4 dicembre" in sara.get("/agenda/disponibilita").text


def test_an_absence_that_ends_before_it_begins_is_refused_at_its_end(sara, store, now):
    answer = away(sara, assenza_al="2/12/2026")

    assert answer.status_code == 422
    assert html.fromstring(answer.text).xpath("//*[@id='assenza_al-errore']")
    assert value(answer, "assenza_motivo") == "Visita"
    assert absences(store, now) == ()


def test_an_absence_is_taken_back_by_who_keeps_the_agenda_only(sara, as_person, store, now):
    away(sara)
    (absence,) = absences(store, now)
    address = f"/agenda/assenze/{absence.id}/togli"

    assert post(as_person("paolo", Role.ANALISTA), address).status_code == 404
    assert post(sara, address).status_code == 302
    assert absences(store, now) == ()


def test_an_absence_hides_its_reason_from_who_receives_requesters(sara, as_person, store, now):
    open_desks(store)
    away(sara, assenza_dal="1/12/2026", assenza_al="1/12/2026")
    called = Called(store, now).decide(proposte=["2026-12-03T15:00"])

    answer = as_person("marta").get(f"/agenda/settimane/{called.case.number}.json?lunedi=2026-11-30")

    assert "Visita" not in answer.text


def add_day(client, **fields):
    typed = {"analista": "sara", "comune": BUROLO, "giorno": "1/12/2026", "dalle": "9:00", "alle": "12:00"}
    return post(client, "/agenda/giornate", typed | fields, page="/agenda/giornate")


def test_a_giornata_groups_who_comes_that_day(sara, store, now):
    open_desks(store)
    add_day(sara)
    Called(store, now, nome="Ada Esempio").decide(proposte=[NINE])
    Called(store, now, nome="Bruno Prova").decide(appuntamento=TEN)

    page = html.fromstring(sara.get("/agenda/giornate").text)

    (line,) = page.xpath("//ul[@class='righe-agenda']/li")
    told = " ".join(line.text_content().split())
    assert told.startswith("Martedì 1 dicembre, 9:00–12:00 · Burolo 9:00–9:45 Ada Esempio (proposto, aspetta risposta)")
    assert "10:00–10:45 Bruno Prova (confermato)" in told


def test_a_giornata_says_who_expects_the_analyst_elsewhere_that_day(sara, store, now):
    open_desks(store)
    Called(store, now, actor=LIA, istat=QUAGLIUZZO).decide(appuntamento=NINE)

    add_day(sara)
    told = sara.get("/agenda/giornate").text

    assert "Giornata a Burolo aggiunta" in told
    assert "Gli incontri restano dove sono: Quagliuzzo 9:00–9:45." in told


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"giorno": "2/12/2026"}, "dalle", "Lo sportello è chiuso"),
        ({"alle": "8:00"}, "dalle", "Un orario non è possibile"),
        ({"giorno": "1/11/2026"}, "giorno", "Questo giorno è già passato."),
        ({"comune": ""}, "comune", "Scegli un Comune"),
    ],
)
def test_a_giornata_that_cannot_be_is_refused_at_its_field(sara, store, fields, field, sentence):
    open_desks(store)

    answer = add_day(sara, **fields)

    assert answer.status_code == 422
    assert sentence in html.fromstring(answer.text).xpath("//*[@id=$id]", id=f"{field}-errore")[0].text_content()


def test_a_giornata_is_taken_away_after_seeing_who_was_coming(sara, as_person, store, now):
    open_desks(store)
    add_day(sara)
    add_day(sara)
    Called(store, now, nome="Bruno Prova").decide(appuntamento=TEN)
    with store.snapshot(now) as uow:
        (day,) = agenda.desk_days(uow, date(2026, 12, 1))
    address = f"/agenda/giornate/{day.id}/togli"

    assert "Bruno Prova" in sara.get(address).text
    assert as_person("paolo", Role.ANALISTA).get(address).status_code == 404
    assert post(sara, address).status_code == 302
    with store.snapshot(now) as uow:
        assert agenda.desk_days(uow, date(2026, 12, 1)) == ()


def occupy(client, **fields):
    typed = {"comune": BUROLO, "giorno": "1/12/2026", "dalle": "9:00", "alle": "10:00", "motivo": "Giunta"}
    return post(client, "/agenda/sala", typed | fields, page="/agenda/sala")


def test_a_room_in_use_offers_no_times_until_it_is_free_again(as_person, store, now):
    open_desks(store)
    marta = as_person("marta")
    occupy(marta)
    with store.snapshot(now) as uow:
        (use,) = agenda.room_busy(uow, BUROLO, now)
        first = agenda.free_slots(uow, BUROLO, "sara", 45, date(2026, 12, 1), 1)[0]
    assert first.begins == "10:00"
    assert "Giunta" in marta.get("/agenda/sala").text

    assert post(marta, f"/agenda/sala/{use.id}/libera", page="/agenda/sala").status_code == 302

    with store.snapshot(now) as uow:
        assert agenda.free_slots(uow, BUROLO, "sara", 45, date(2026, 12, 1), 1)[0].begins == "9:00"


def test_a_room_with_a_meeting_is_not_taken(as_person, store, now):
    open_desks(store)
    Called(store, now).decide(appuntamento=NINE)

    answer = occupy(as_person("marta"))

    assert answer.status_code == 422
    assert "La sala è già occupata" in answer.text
    assert value(answer, "motivo") == "Giunta"


def test_a_referente_does_not_take_the_room_of_another_comune(as_person, store):
    assert occupy(as_person("lia")).status_code == 404


def test_what_is_typed_is_shown_as_text(sara, store):
    page = away(sara, assenza_motivo="<script>alert(1)</script>", assenza_dal="mai")

    assert "<script>alert" not in page.text
    assert value(page, "assenza_motivo") == "<script>alert(1)</script>"


@pytest.mark.parametrize(("number", "action"), [("9" * 5000, ""), ("1", "togli-" + "9" * 5000), ("²", "togli-²")])
def test_rows_of_an_impossible_number_are_no_failure(sara, number, action):
    fields = {"analista": "sara", f"giorno-{number}": "1", "_azione": action}

    answer = post(sara, "/agenda/disponibilita", fields)

    assert answer.status_code in (200, 302)
