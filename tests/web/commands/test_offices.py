import pytest
from click.testing import CliRunner

from desk import EXTENSION, comuni, people
from desk.access import Role
from desk.comuni import istat
from desk.people import mandates
from engine.store import Store
from web.commands import Wiring, sportello
from web.commands.wiring import CONSOLE

BUROLO = "001042"


@pytest.fixture
def store(tmp_path, now):
    store = Store(f"sqlite:///{tmp_path}/desk.db", extensions=(EXTENSION,), clock=lambda: now)
    store.migrate()
    with store.unit_of_work() as uow:
        istat.import_list(uow)
        for code in (BUROLO, "001208"):
            comuni.join(uow, code, comuni.Office(), CONSOLE)
        new = people.NewUser(
            "ada", "ada@sportello.example", "Ada Esempio", "parola lunga abbastanza", {Role.DESIGNER: "*"}
        )
        people.create(uow, new, CONSOLE)
    yield store
    store.close()


@pytest.fixture
def run(store):
    def run(*words, given=None):
        wiring = Wiring(dict, lambda _settings: store, "")
        return CliRunner().invoke(sportello, words, obj=wiring, input=given)

    return run


def timetable(store):
    with store.snapshot() as uow:
        return comuni.timetable_of(comuni.get(uow, BUROLO))


def test_a_comune_is_found_by_its_name(run):
    assert run("comune", "find", "borgofranco", "ivrea").output == "001030\tBorgofranco d’Ivrea (TO)\n"


def test_hours_closure_opening_and_patron_are_written_from_the_console(run, store):
    written = [
        run("comune", "hours", BUROLO, "mar 9:00-12:30", "Giovedì 15:00-18:00"),
        run("comune", "close", BUROLO, "2026-12-24", "2026-12-31", "ferie"),
        run("comune", "open", BUROLO, "2026-12-29", "9:00-10:00", "urgenze"),
        run("comune", "patron", BUROLO, "06-29", "Santi Pietro e Paolo"),
    ]

    assert [result.exit_code for result in written] == [0, 0, 0, 0]
    found = timetable(store)
    assert [(each.weekday, each.opens.isoformat("minutes")) for each in found.weekly] == [(1, "09:00"), (3, "15:00")]
    assert [each.reason for each in found.openings] == ["urgenze"]
    assert found.calendar.patron.name == "Santi Pietro e Paolo"
    assert [each.reason for each in found.calendar.closures] == ["ferie"]


@pytest.mark.parametrize(
    "words",
    [
        ("hours", BUROLO, "9:00-12:30"),
        ("hours", BUROLO, "mar 9-12"),
        ("hours", BUROLO, "mar 25:00-26:00"),
        ("close", BUROLO, "24/12/2026", "2026-12-31", "ferie"),
        ("patron", BUROLO, "29-06", "Santi Pietro e Paolo"),
    ],
)
def test_what_is_no_hour_or_date_is_refused_with_an_example(run, words):
    result = run("comune", *words)

    assert (result.exit_code, "per esempio" in result.output) == (2, True)


def test_overlapping_hours_are_refused_and_change_nothing(run, store):
    result = run("comune", "hours", BUROLO, "mar 9:00-12:30", "mar 12:00-13:00")

    assert (result.exit_code, "Due orari si sovrappongono" in result.output) == (1, True)
    assert timetable(store).weekly == ()


def test_roles_are_changed_from_the_console(run, store):
    result = run("user", "roles", "ada", "Referente=001042,001208", "Coordinatore")

    with store.snapshot() as uow:
        ada = people.get(uow, "ada")
    assert result.exit_code == 0
    assert (people.roles(ada), people.scopes(ada, Role.REFERENTE)) == (
        [Role.REFERENTE, Role.COORDINATORE],
        {"001042", "001208"},
    )


def test_an_unknown_role_is_refused_with_the_known_ones(run):
    result = run("user", "roles", "ada", "Sindaco")

    assert (result.exit_code, "Referente" in result.output) == (2, True)


def test_a_closed_account_is_reopened_with_a_new_password(run, store):
    done = [
        run("user", "close", "ada"),
        run("user", "password", "ada", "--password-file", "-", given="un’altra parola lunga\n"),
        run("user", "reopen", "ada"),
    ]

    assert [result.exit_code for result in done] == [0, 0, 0]
    with store.unit_of_work() as uow:
        assert people.authenticate(uow, "ada", "un’altra parola lunga", "192.0.2.1") is not None


MANDATE = ("user", "mandate", "ada", BUROLO, "--qualification", "volontario", "--from", "2026-01-07")
TRAINED = ("--trained-on", "2025-12-10", "--trained-by", "Novain")


def test_a_mandate_is_recorded_from_the_console(run, store, now):
    run("user", "roles", "ada", "Referente=001042")

    done = run(*MANDATE, "--to", "2027-12-31", *TRAINED, "--agreement-on", "2025-12-10")

    assert (done.exit_code, done.output) == (0, "")
    with store.snapshot() as uow:
        assert mandates.receiving(uow, now.date()) == {BUROLO: ["ada"]}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (MANDATE, 1, "«ada» non ha il ruolo Referente in questo Comune"),
        ((*MANDATE, "--to", "31/12/2027"), 2, "31/12/2027"),
        (MANDATE[:6], 2, "--from"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(run, words, status, said):
    result = run(*words)

    assert (result.exit_code, said in result.output) == (status, True)
