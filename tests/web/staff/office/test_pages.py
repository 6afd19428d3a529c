"""«Il mio Comune»: what a referente and the programme's office write there is kept, or comes back as it was typed."""

import re
from datetime import date, time

import pytest

from desk import comuni
from desk.calendar import Patron
from desk.comuni.hours import WeeklyHours
from engine import deployments
from tests.kit.meetings import THREE, Called
from tests.kit.pages import BUROLO, OFFICE, PASSWORD, post
from tests.kit.places import ROOT

HERE = f"/il-mio-comune/{BUROLO}"
HOURS, DAYS, SEAT = f"{HERE}/orari", f"{HERE}/giorni", f"{HERE}/sede"


@pytest.fixture
def marta(as_person):
    return as_person("marta")


@pytest.fixture
def olga(as_person):
    return as_person("olga")


def seen(client, page):
    return re.search(r'name="visto" value="([^"]+)"', client.get(page).text)[1]


def burolo(store):
    with store.snapshot() as uow:
        comune = comuni.get(uow, BUROLO)
        assert comune.hours is not None
        assert comune.special_days is not None
        return comune


def row(number, **fields):
    typed = {"giorno": "1", "dalle": "9:00", "alle": "12:30", "ogni": "1", "dal": "", "al": ""} | fields
    return {f"{name}-{number}": value for name, value in typed.items()}


def write_hours(client, *rows, **more):
    fields = {"visto": seen(client, HOURS), "azione": "salva", **more}
    for each in rows:
        fields |= each
    return post(client, HOURS, fields, page=HOURS)


def test_a_referente_goes_straight_to_their_desk(marta):
    page = marta.get("/il-mio-comune/", follow_redirects=True).text

    assert "<h1>Sportello di Burolo</h1>" in page
    assert re.search(r'aria-current="page" data-vai="c">Il mio Comune', page)


def test_the_programme_office_chooses_among_all_desks_and_sees_what_they_lack(olga):
    page = olga.get("/il-mio-comune/").text

    assert re.findall(r'<a href="/il-mio-comune/\d+/orari">(\w+)</a>', page) == ["Burolo", "Montalenghe", "Quagliuzzo"]
    assert page.count("non riceve richieste") == 1
    assert "orari, indirizzo, sala, accesso senza scalini, telefono e festa del patrono" in page
    assert 'data-vai="c">Comuni</a>' in page


def test_who_has_no_case_to_see_lands_on_the_desks(app):
    client = app.test_client()

    answer = post(client, "/accedi", {"utente": "olga", "password": PASSWORD}, page="/accedi")

    assert answer.location == "/il-mio-comune/"


def test_hours_are_kept_as_typed(marta, store):
    alternate = row(4, giorno="4", dalle="14.30", alle="17:00", ogni="2", dal="4/12/2026", al="30/6/2027")

    answer = write_hours(marta, row(0), alternate)

    assert answer.location == HOURS
    assert comuni.timetable_of(burolo(store)).weekly == (
        WeeklyHours(1, time(9), time(12, 30)),
        WeeklyHours(4, time(14, 30), time(17), date(2026, 12, 4), date(2027, 6, 30), 2),
    )
    assert "Orari salvati" in marta.get(HOURS).text


def test_a_row_is_added_and_removed_without_saving_or_losing_anything(marta, store):
    before = comuni.timetable_of(burolo(store)).weekly

    more = write_hours(marta, row(0, dalle="8:45"), azione="aggiungi").text
    fewer = write_hours(marta, row(0, dalle="8:45"), row(1), azione="togli-1").text

    assert [more.count("<legend>Apertura"), fewer.count("<legend>Apertura")] == [2, 1]
    assert 'value="8:45"' in more
    assert 'value="8:45"' in fewer
    assert "Non ancora salvato" in more
    assert comuni.timetable_of(burolo(store)).weekly == before


def test_no_row_at_all_means_always_closed(marta, store):
    write_hours(marta, row(0, dalle="", alle=""))

    assert comuni.timetable_of(burolo(store)).weekly == ()


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"dalle": "nove"}, "dalle-1", "«nove» non è un’ora"),
        ({"dalle": "25:00"}, "dalle-1", "«25:00» non è un’ora"),
        ({"dalle": ""}, "dalle-1", "Scrivi l’ora come 9:30"),
        ({"alle": "8:00"}, "alle-1", "L’ora di fine viene dopo"),
        ({"giorno": "9"}, "giorno-1", "Scegli un giorno"),
        ({"ogni": "2"}, "dal-1", "da quale giorno si contano"),
        ({"dal": "31/2/2027"}, "dal-1", "«31/2/2027» non è una data"),
        ({"dal": "1/3/2027", "al": "1/2/2027"}, "al-1", "L’ultimo giorno non può venire prima"),
        ({"giorno": "1", "dalle": "12:00", "alle": "13:00"}, "dalle-1", "all’orario 9:00–12:30 dello stesso giorno"),
    ],
)
def test_an_hour_that_cannot_be_is_told_at_its_field_and_everything_stays(marta, store, wrong, field, sentence):
    before = comuni.timetable_of(burolo(store)).weekly

    answer = write_hours(marta, row(0), row(1, **{"giorno": "2"} | wrong))

    assert answer.status_code == 422
    assert re.search(rf'id="{field}-errore">.*{sentence}', answer.text)
    assert "<title>Errore: " in answer.text
    assert 'name="alle-0" value="12:30"' in answer.text
    assert comuni.timetable_of(burolo(store)).weekly == before


def test_hours_changed_meanwhile_are_not_overwritten_unseen(marta, olga, store):
    old = seen(marta, HOURS)
    write_hours(olga, row(0))

    late = write_hours(marta, row(0, dalle="8:00"), visto=old)

    assert late.status_code == 409
    assert "Qualcuno ha cambiato questi dati" in late.text
    assert 'value="8:00"' in late.text
    assert comuni.timetable_of(burolo(store)).weekly == (WeeklyHours(1, time(9), time(12, 30)),)


def test_a_closure_is_announced_shown_to_all_and_taken_back(marta, client, store):
    fields = {"dal": "24/12/2026", "al": "31/12/2026", "motivo": "ferie"}
    assert post(marta, f"{HERE}/chiusure", fields, page=DAYS).location == DAYS
    assert "Chiuso da giovedì 24 dicembre a giovedì 31 dicembre (ferie)" in client.get(f"/comuni/{BUROLO}").text

    (closure,) = burolo(store).special_days
    post(marta, f"{DAYS}/{closure.id}/togli", page=DAYS)

    assert burolo(store).special_days == []
    assert "Nessun giorno diverso" in marta.get(DAYS).text


def test_a_closure_over_a_meeting_says_which_one(marta, store, now):
    with store.unit_of_work() as uow:
        deployments.deploy(uow, ROOT / "tests" / "kit" / "diagrams" / "incontri")
    called = Called(store, now).decide(proposte=[THREE])
    assert "quando lo sportello è chiuso" not in marta.get(DAYS).text

    fields = {"dal": "3/12/2026", "motivo": "assemblea"}
    page = post(marta, f"{HERE}/chiusure", fields, page=DAYS, follow_redirects=True).text

    assert "Un incontro cade quando lo sportello è chiuso" in page
    number = called.case.number
    assert f'giovedì 3 dicembre, dalle 15:00 alle 15:45 (proposto), <a href="/pratiche/{number}">{number}</a>' in page


def test_an_extraordinary_opening_is_announced(marta, client):
    fields = {"giorno": "28/11/2026", "dalle": "9:30", "alle": "11:30", "motivo_apertura": "sabato dello sportello"}
    post(marta, f"{HERE}/aperture", fields, page=DAYS)

    assert "Aperto sabato 28 novembre, 9:30–11:30 (sabato dello sportello)" in client.get(f"/comuni/{BUROLO}").text


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        (("chiusure", {"dal": "", "motivo": "ferie"}), "dal", "Scrivi il primo giorno"),
        (("chiusure", {"dal": "20/11/2026", "motivo": "ferie"}), "dal", "è già passato"),
        (("chiusure", {"dal": "24/12/2036", "motivo": "ferie"}), "dal", "tra più di due anni"),
        (("chiusure", {"dal": "24/12/2026", "al": "23/12/2026", "motivo": "ferie"}), "al", "Viene prima"),
        (("chiusure", {"dal": "24/12/2026", "al": "23/12/2028", "motivo": "ferie"}), "al", "più di un anno"),
        (("chiusure", {"dal": "24/12/2026"}), "motivo", "Scrivi il motivo"),
        (("chiusure", {"dal": "24/12/2026", "motivo": "x" * 201}), "motivo", "al massimo 200"),
        (("aperture", {"giorno": "28/11/2026", "dalle": "12:00", "alle": "11:00"}), "alle", "dopo l’apertura"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(marta, store, sent, field, sentence):
    where, fields = sent
    answer = post(marta, f"{HERE}/{where}", fields, page=DAYS)

    assert answer.status_code == 422
    assert re.search(rf'id="{field}-errore">.*{sentence}', answer.text)
    assert all(f'value="{value}"' in answer.text for value in fields.values() if value)
    assert burolo(store).special_days == []


def test_openings_of_a_day_that_meet_are_told(marta):
    fields = {"giorno": "28/11/2026", "dalle": "9:30", "alle": "11:30", "motivo_apertura": "sabato"}
    post(marta, f"{HERE}/aperture", fields, page=DAYS)

    answer = post(marta, f"{HERE}/aperture", fields | {"dalle": "11:00", "alle": "12:00"}, page=DAYS)

    assert answer.status_code == 422
    assert "Quel giorno c’è già un’apertura straordinaria: 9:30–11:30" in answer.text


def seat(client, **fields):
    page = client.get(SEAT).text
    typed = dict(re.findall(r'<input [^>]*name="(\w+)" value="([^"]*)"', page))
    return {name: value for name, value in typed.items() if name != "csrf_token"} | fields


def test_the_seat_its_contacts_and_the_patron_are_kept(marta, store, client):
    fields = seat(
        marta, sala="Biblioteca", accesso="Dal cortile", patrono_giorno="29", patrono_mese="6", patrono="San Pietro"
    )

    assert post(marta, SEAT, fields, page=SEAT).location == SEAT

    comune = burolo(store)
    assert (comune.room, comune.accessibility, comune.email) == ("Biblioteca", "Dal cortile", OFFICE.email)
    assert comune.demonstration
    assert comuni.patron_of(comune) == Patron(6, 29, "San Pietro")
    assert "Biblioteca" in client.get(f"/comuni/{BUROLO}").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "sportello.example"}, "email"),
        ({"telefono": "chiedere di Ada"}, "telefono"),
        ({"patrono_giorno": "31", "patrono_mese": "6"}, "patrono_giorno"),
        ({"patrono": "San Pietro", "patrono_giorno": ""}, "patrono_giorno"),
        ({"presentazione": "x" * 601}, "presentazione"),
    ],
)
def test_a_seat_that_cannot_be_kept_comes_back_as_typed(marta, store, wrong, field):
    answer = post(marta, SEAT, seat(marta, sala="Biblioteca", **wrong), page=SEAT)

    assert answer.status_code == 422
    assert f'id="{field}-errore"' in answer.text
    assert 'value="Biblioteca"' in answer.text
    assert burolo(store).room == OFFICE.room


def test_a_seat_changed_meanwhile_is_not_overwritten_unseen(marta, olga, store):
    late = seat(marta, sala="Palestra")
    post(olga, SEAT, seat(olga, sala="Biblioteca"), page=SEAT)

    answer = post(marta, SEAT, late, page=SEAT)

    assert answer.status_code == 409
    assert 'value="Palestra"' in answer.text
    assert burolo(store).room == "Biblioteca"


@pytest.mark.parametrize("part", ["orari", "giorni", "sede", "referenti"])
def test_a_comune_without_a_desk_has_no_page(olga, part):
    assert olga.get(f"/il-mio-comune/001001/{part}").status_code in {404, 409}
    assert olga.get(f"/il-mio-comune/999999/{part}").status_code == 404
