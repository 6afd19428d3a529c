import re
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import desk
from desk import EXTENSION, cases
from desk.access import ALLOWED, SEES, Permission, Role, sees_cases
from desk.cases import CaseFilter
from desk.states import PublicState
from engine.identity import Actor
from engine.store import Store, differences
from tests.kit.played import Played
from tests.kit.small_desk import MARTA, furnish

DESK = Path(desk.__file__).parent


@pytest.fixture
def each_store(database_url, now):
    store = Store(database_url, extensions=(EXTENSION,), clock=lambda: now)
    store.migrate()
    yield store
    store.close()


def test_the_migrations_make_the_tables_of_the_models(each_store):
    with each_store.snapshot() as uow:
        assert differences(uow.connection, EXTENSION.schema) == []


def test_migrations_are_numbered_without_gaps():
    numbers = sorted(path.name[:4] for path in (DESK / "migrations" / "versions").glob("*.py"))

    assert numbers == [f"{number + 1:04}" for number in range(len(numbers))]


def test_a_request_is_opened_listed_and_found_on_both_databases(each_store, now):
    furnish(each_store)
    played = Played(each_store, now).analysed()

    with each_store.snapshot() as uow:
        page = cases.page(uow, MARTA, CaseFilter(text="ada burolo"), size=1)

    assert [(item.number, item.state, item.owner) for item in page.items] == [
        (played.case.number, PublicState.MEETING_PROPOSED, "sara")
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE comune SET patron_month = 13, patron_day = 1 WHERE istat = '001042'",
        "UPDATE comune SET patron_month = 6 WHERE istat = '001042'",
        "INSERT INTO opening_hours VALUES (1, '001042', 1, '12:00:00', '09:00:00', NULL, NULL, 1)",
        "INSERT INTO opening_hours VALUES (1, '001042', 7, '09:00:00', '12:00:00', NULL, NULL, 1)",
        "INSERT INTO special_day VALUES (1, '001042', 'closure', '2026-12-02', '2026-12-01', NULL, NULL, '')",
        "INSERT INTO special_day VALUES (1, '001042', 'opening', '2026-12-01', '2026-12-01', NULL, NULL, '')",
        "INSERT INTO pratica_counter VALUES ('000000', 2026, 1)",
        "INSERT INTO role_grant VALUES ('nessuno', 'Analista', '*')",
    ],
)
def test_the_database_refuses_what_the_verbs_would_not_write(uow, statement):
    if "opening'" in statement:
        statement = statement.replace("NULL, NULL", "'12:00:00', '09:00:00'")

    with pytest.raises(IntegrityError):
        uow.connection.execute(text(statement))


def test_every_role_and_permission_has_its_line_in_the_table():
    assert set(SEES) == set(Role)
    assert set(ALLOWED) == set(Permission)


@pytest.mark.parametrize(
    ("role", "sees"), [("Referente", True), ("Analista", True), ("Progettista", False), ("", False)]
)
def test_a_menu_offers_cases_only_to_roles_that_have_some(role, sees):
    assert sees_cases(Actor("elena", {role}, {"*"})) is sees


def test_the_diagrams_may_name_every_role_and_every_calendar_function():
    store = Store("sqlite://", extensions=(EXTENSION,))

    assert store.groups == {role.value for role in Role}
    assert store.function_names == set(EXTENSION.functions(None, None))


def test_no_file_of_the_desk_is_longer_than_a_screenful_of_screens():
    lengths = {path.name: len(path.read_text().splitlines()) for path in DESK.rglob("*.py")}

    assert {name: length for name, length in lengths.items() if length > 300} == {}
    assert not [
        path for path in DESK.rglob("*.py") if re.search(r"(?i)utils|helpers|common|manager|service", path.name)
    ]
