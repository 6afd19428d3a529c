"""What is in a sealed envelope is heard nowhere else: no table, log, mail, calendar, PDF, variable, address, cookie, file.

Each kind of thing that comes out is first shown to be listened to, by a word that may be heard there.
"""

import shutil
from dataclasses import replace

import psycopg
import pytest

from desk import cases, comuni, correspondence, people
from desk.access import Role
from desk.people import NewUser
from desk.proof import deposits
from engine import instances
from tests.kit.envelope_journey import FILE, LOUD, NAME, OWN, SEALED, STRANGERS, TEXT, Journey
from tests.kit.pages import ADMINISTRATOR, BUROLO, OFFICE, PASSWORD, furnish
from tests.kit.recorded import NOBODY, loudly_failing, recorded
from tests.kit.times import NOON, Clock

KINDS = (
    "table", "variable", "history", "letter words", "log", "mail", "calendar", "pdf", "page", "error page", "download",
    "address", "header", "cookie", "search", "file",
)  # fmt: skip
SHOWN = ("page", "error page", "download", "pdf")
"""What people see or are handed; all else nobody need see."""
SARA = {"sara": None}
READER, OWNER, CLERK = "sara busta.{}", "richiedente requester_{}", "marta busta.{}"
MAY_BE_HEARD = {
    TEXT: {
        READER.format("open_envelope"),
        CLERK.format("deposit"),  # what may not go in stays before whoever typed it
        OWNER.format("envelope.deposit_text"),
    },
    FILE: {READER.format("download")},
    NAME: {
        READER.format("open_envelope"),
        OWNER.format("envelope.page"),
        OWNER.format("envelope.deposit_text"),
        OWNER.format("envelope.deposit_file"),
        OWNER.format("envelope_choices.ask"),
        OWNER.format("data.as_json"),
        OWNER.format("data.as_pdf"),
    },
}
"""The opened envelope before who is named on it; names before their owner; a refused text before who typed it."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request, tmp_path_factory):
    """Give a folder, and the address of an empty database of this module's own."""
    folder = tmp_path_factory.mktemp("leaks")
    if request.param == "sqlite":
        return folder, f"sqlite:///{folder}/desk.db"
    server = request.getfixturevalue("postgres")
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE DATABASE leaks")
    return folder, server.replace("/postgres?", "/leaks?")


@pytest.fixture(scope="module")
def heard(database, furnished):
    """Walk both journeys on one database, look everywhere at the end of each, and give what was heard."""
    folder, url = database
    small = url.startswith("sqlite")
    if small:
        shutil.copy(furnished, folder / "desk.db")
    with recorded(url, folder, Clock(NOON)) as desk:
        desk.store.migrate()
        if not small:
            furnish(desk.store)
        with desk.store.unit_of_work() as uow:
            stranger = NewUser(LOUD.lower(), "voce@sportello.example", LOUD, PASSWORD, {Role.ANALISTA: ["*"]})
            people.create(uow, stranger, ADMINISTRATOR)
            comuni.describe(uow, BUROLO, replace(OFFICE, room=f"Sala {LOUD}"), ADMINISTRATOR)
        loudly_failing(desk.app, LOUD)
        note_inside(desk, one := walked(desk))
        look_around(desk, one, STRANGERS | SARA if small else SARA)
        note_inside(desk, other := withdrawn(desk))
        if small:  # what a page shows is not the database's to say: there, one look is enough
            look_around(desk, other, SARA)
        desk.note_tables()
        desk.note_files()
    return desk.heard


def walked(desk):
    """Go from the counter to the rating, stumbling wherever one may."""
    desk.visitor("paolo").signed_in(back=f"/pratiche/?q={LOUD}")
    journey = Journey(desk).registered().forwarded().too_early().agreed().deposited().brought()
    journey.refused_deposits().kept_nowhere().opened().refused_to_others()
    journey.invited().replied(risposta="accetta", proposta_scelta="2026-12-10T15:00")
    journey.later("2026-12-04T12:00+00:00").moved("2026-12-14T09:00").later("2026-12-10T12:00+00:00")
    look_around(desk, journey, SARA)
    return journey.lost_deposits().met().opened().revoked().rated().linked()


def withdrawn(desk):
    return Journey(desk).registered().forwarded().agreed().deposited().withdrawn()


def note_inside(desk, journey):
    """Note what the program knows of a case within itself."""
    with desk.store.snapshot() as uow:
        known = {
            "variable": instances.get(uow, journey.id).variables,
            "history": [event.facts for event in instances.history(uow, journey.id)],
            "letter words": (
                correspondence.context(uow, journey.id, "https://sportello.example"),
                deposits.proofs(uow, journey.id),
                cases.by_id(uow, [journey.id]),
            ),
        }
    for kind, told in known.items():
        desk.heard.note(kind, journey.number, repr(told).encode())


def look_around(desk, journey, people_of_the_desk):
    """Let each follow every link that they find, and the staff search for each word."""
    desk.visitor(NOBODY).explored("/segui", journey.page)
    journey.ada.explored(OWN, f"{OWN}/dati/dati.json")
    for name, role in people_of_the_desk.items():
        person = desk.visitor(name).signed_in(role)
        person.explored("/attivita/", "/pratiche/", "/agenda/", journey.page, f"{journey.page}/diagramma.json")
        for word in (*SEALED, LOUD):
            found = person.get(f"/pratiche/?q={word[:8]}")
            desk.heard.note("search", f"{name} {word}", found.data)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_thing_is_listened_to(heard, kind):
    assert heard.where(LOUD, kind)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SHOWN])
@pytest.mark.parametrize("word", SEALED)
def test_what_is_sealed_is_heard_in_nothing(heard, word, kind):
    assert heard.where(word, kind) == set()


@pytest.mark.parametrize("word", SEALED)
def test_what_is_sealed_is_shown_only_where_it_must_be(heard, word):
    shown = set().union(*(heard.where(word, kind) for kind in SHOWN))

    assert shown == MAY_BE_HEARD[word]


def test_nothing_came_out_that_nobody_listened_to(heard):
    assert heard.kinds() == set(KINDS)


def test_the_journey_was_a_long_one(heard):
    """Much was written, sent and shown: whoever listens to little hears little."""
    assert heard.count("table") > 25
    assert heard.count("page") > 70
    assert heard.count("error page") > 15
    assert heard.count("pdf") > 2
