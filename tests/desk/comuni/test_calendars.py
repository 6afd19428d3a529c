from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from desk import comuni
from desk.calendar import Closure, Patron
from desk.comuni import calendars
from tests.kit.databases import statements
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, QUAGLIUZZO

FRIDAY = date(2026, 6, 26)


@pytest.fixture
def patron(store):
    with store.unit_of_work() as uow:
        comuni.set_patron(uow, BUROLO, Patron(6, 29, "Santi Pietro e Paolo"), ADMINISTRATOR)


def call(uow, name, *arguments, scope=BUROLO):
    return calendars.functions(uow, scope)[name](*arguments)


def test_a_date_gives_a_date_in_the_calendar_of_the_cases_comune(store, patron):
    with store.snapshot() as uow:
        assert call(uow, "working days after", FRIDAY, Decimal(1)) == date(2026, 6, 30)
        assert call(uow, "working days after", FRIDAY, Decimal(1), scope=QUAGLIUZZO) == date(2026, 6, 29)
        assert call(uow, "working days after", FRIDAY, Decimal(1), scope=None) == date(2026, 6, 29)


def test_a_moment_gives_the_last_second_of_the_day(store, patron):
    with store.snapshot() as uow:
        ends = call(uow, "working days after", datetime(2026, 6, 26, 8, tzinfo=UTC), 1)

    assert ends.isoformat() == "2026-06-30T23:59:59+02:00"


def test_a_negative_number_counts_back(store, patron):
    with store.snapshot() as uow:
        assert call(uow, "working days after", date(2026, 6, 30), Decimal(-1)) == FRIDAY


def test_days_between_and_is_working_day_use_the_same_calendar(store, patron):
    with store.snapshot() as uow:
        assert call(uow, "working days between", FRIDAY, date(2026, 7, 3)) == Decimal(4)
        assert call(uow, "is working day", date(2026, 6, 29)) is False
        assert call(uow, "is working day", datetime(2026, 6, 29, 23, tzinfo=UTC)) is True  # already Tuesday in Italy


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("working days after", ("2026-06-26", Decimal(1))),
        ("working days after", (FRIDAY, "1")),
        ("working days after", (FRIDAY, Decimal("1.5"))),
        ("working days after", (FRIDAY, True)),
        ("working days after", (FRIDAY, Decimal(10**9))),
        ("working days between", (FRIDAY, None)),
        ("is working day", (None,)),
    ],
)
def test_arguments_of_another_kind_give_null(uow, name, arguments):
    assert call(uow, name, *arguments) is None


def test_the_calendar_is_read_only_when_asked_for_and_then_once(store):
    with store.snapshot() as uow, statements(store) as sent:
        functions = calendars.functions(uow, BUROLO)
        assert sent == []

        for days in range(5):
            functions["working days after"](FRIDAY, days)

    with store.snapshot() as uow, statements(store) as later:
        calendars.functions(uow, BUROLO)["is working day"](FRIDAY)

    assert (len(sent), later) == (1, [])


def test_a_closure_declared_here_counts_at_once(store):
    with store.snapshot() as uow:
        assert call(uow, "is working day", FRIDAY) is True

    with store.unit_of_work() as uow:
        comuni.close(uow, BUROLO, Closure(FRIDAY, FRIDAY, "sciopero"), ADMINISTRATOR)

    with store.snapshot() as uow:
        assert call(uow, "is working day", FRIDAY) is False


def test_a_closure_declared_by_another_program_counts_within_a_minute(store, now):
    with store.snapshot() as uow:
        call(uow, "is working day", FRIDAY)
    with store.unit_of_work() as uow:
        comuni.close(uow, BUROLO, Closure(FRIDAY, FRIDAY, "sciopero"), ADMINISTRATOR)
        calendars.calendar(uow, BUROLO)  # what this program knew before the other one committed

    with store.snapshot(now + timedelta(minutes=2)) as uow:
        assert call(uow, "is working day", FRIDAY) is False


def test_the_engine_offers_the_functions_to_expressions(store, patron):
    from engine import feel

    with store.snapshot() as uow:
        found = feel.evaluate('working days after(date("2026-06-26"), 1)', functions=uow.functions(BUROLO))

    assert found == date(2026, 6, 30)


def test_the_room_is_the_one_the_comune_wrote(store):
    with store.snapshot() as uow:
        assert call(uow, "desk room") == "Sala al piano terra"
        assert call(uow, "desk room", scope=None) is None
