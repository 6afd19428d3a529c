"""The convocation as its people live it: proposed on a wide screen, chosen and moved on a telephone, told by real mail."""

import io
import re
import shutil
import subprocess
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.kit.at_the_counter import convene, enter, forward, hold, open_request, register, secret_of
from tests.kit.browser import PICTURES
from tests.kit.sound_pages import assert_sound, sweep
from tests.kit.times import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ROME = ZoneInfo("Europe/Rome")
VERA = "vera.prova@posta.example"
TITLE = "Attrezzo per l’orto"
OWN_PAGES = [f"/segui/richiesta{part}" for part in ("", "/documenti", "/busta", "/dati")]
MORE = {"email": VERA, "contatto_preferito": "email"}


@pytest.fixture
def received(inbox):
    """Wait for a message to the requester that says this, and give it."""

    def come(words):
        found = lambda: [each for each in inbox.sent_to(VERA) if words in body(each)]  # noqa: E731
        wait_until(found, 30)
        return found()[-1]

    return come


def body(letter, kind="plain"):
    return letter.get_body((kind,)).get_content()


def link_in(letter):
    return re.search(r"https?://\S+/segui\?numero=[\w-]+", body(letter))[0]


def meeting_in(letter):
    """Read the calendar file of a message: its method, and the one event it holds."""
    files = [each.get_payload(decode=True) for each in letter.walk() if each.get_content_type() == "text/calendar"]
    calendar, *again = [Calendar.from_ical(file) for file in files]  # read by the mail program, and as an attachment
    assert [each.to_ical() for each in again] == [calendar.to_ical()]
    (event,) = calendar.walk("VEVENT")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Rome"]
    assert TITLE.encode() not in b"".join(files)
    return str(calendar["METHOD"]), event


def local(value):
    """Read a chosen time, which forms write without its zone."""
    return datetime.fromisoformat(value).replace(tzinfo=ROME)


def choose(vera, name):
    """Choose the first time that is offered; give it."""
    first = vera.page.locator(f"[name={name}]").first
    first.check()
    return local(first.get_attribute("value"))


def assert_letter(pdf, number):
    """Hold the printed convocation to what who cannot see or has no e-mail needs of it."""
    reader = PdfReader(io.BytesIO(pdf))
    root, words = reader.trailer["/Root"], " ".join(page.extract_text() for page in reader.pages)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert str(root["/Lang"]).startswith("it")
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert number in words
    assert TITLE not in words


def drawn(pdf, folder):
    """Draw the first page as a printer would; give the picture."""
    if shutil.which("pdftoppm") is None:
        return None
    target = folder / "lettera"
    subprocess.run(["pdftoppm", "-png", "-r", "80", "-singlefile", "-", target], input=pdf, check=True)
    if PICTURES:
        shutil.copy(f"{target}.png", f"{PICTURES}/lettera-convocazione.png")
    return target.with_suffix(".png")


def letter_is_printed(marta, number, folder):
    """Take the letter that the referente hands to who has no e-mail."""
    marta.go(f"/pratiche/{number}/lettere")
    assert_sound(marta, "lettere")
    media, letter = marta.download(f"/pratiche/{number}/lettere/convocazione.pdf")
    assert media == "application/pdf"
    assert_letter(letter, number)
    picture = drawn(letter, folder)
    assert picture is None or picture.stat().st_size > 20_000  # an empty sheet takes far less


def time_is_chosen(vera, address, number, secret):
    """Come in by the link of the invitation and choose a proposed time; give it."""
    vera.page.goto(address)
    assert vera.page.locator("[name=numero]").input_value() == number
    enter(vera, number, secret)
    expect(vera.page.get_by_text("Tocca a te").first).to_be_visible()
    agreed = choose(vera, "proposta_scelta")
    assert_sound(vera, "scegli-orario")
    vera.press("Conferma l’orario")
    assert_sound(vera, "risposta-mandata")
    return agreed


def meeting_is_moved(vera):
    """Move the meeting to the first free time; give it."""
    sweep(vera, OWN_PAGES, "richiedente", [vera.width])
    vera.go("/segui/richiesta").follow("Sposta l’incontro")
    later = choose(vera, "orario_scelto")
    assert_sound(vera, "sposta")
    vera.press("Sposta l’incontro")
    return later


def assert_event(event, agreed):
    """Hold a calendar entry to the time agreed, in Italy's zone, and to neutral words."""
    assert str(event["SUMMARY"]) == "Sportello per l’innovazione – convocazione"
    assert event["DTSTART"].dt == agreed
    assert str(event["DTSTART"].params["TZID"]) == "Europe/Rome"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)


def test_a_meeting_is_proposed_chosen_moved_and_held(person, received, tmp_path):
    marta, sara, vera = person().sign_in("marta"), person().sign_in("sara"), person(390)
    number = open_request(marta)
    register(marta, **MORE)
    secret = secret_of(marta, number)
    forward(marta, number)
    convene(sara, number)

    invitation = received("vorremmo incontrarti")
    assert TITLE not in invitation.as_string() + body(invitation) + body(invitation, "html")
    letter_is_printed(marta, number, tmp_path)

    agreed = time_is_chosen(vera, link_in(invitation), number, secret)
    method, event = meeting_in(received("è fissato"))
    uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
    assert method == "REQUEST"
    assert_event(event, agreed)

    later = meeting_is_moved(vera)
    method, event = meeting_in(received("è spostato"))
    assert (method, str(event["UID"])) == ("REQUEST", uid)
    assert_event(event, later)
    assert later != agreed
    assert int(event["SEQUENCE"]) > sequence

    sara.go(f"/agenda/?lunedi={later - timedelta(later.weekday()):%Y-%m-%d}")
    assert_sound(sara, "agenda-con-incontro")
    assert "Vera Prova" in sara.text()
    hold(sara, number)
    assert TITLE not in body(received("L’esito è sulla tua pagina"))
    vera.go("/segui/richiesta")
    assert "Conclusa" in vera.text()
    sara.go(f"/pratiche/{number}/cronologia")
    assert_sound(sara, "cronologia-convocazione")
    assert "spost" in sara.text().lower()
