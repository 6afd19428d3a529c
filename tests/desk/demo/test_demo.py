from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import EXTENSION, Facilities, agenda, cases, comuni, demo, envelope, people
from desk.access import Role
from desk.calendar import local_date
from desk.cases import progress
from desk.cases.progress import Progress
from desk.demo import desks_and_people
from desk.envelope import KeyRing, new_key
from desk.errors import DeskInUse
from desk.model import EnvelopeItem, Mail
from desk.states import PublicState
from engine import deployments, instances, tasks
from engine.identity import Actor
from engine.store import Store
from tests.kit.places import ROOT
from tests.kit.times import NOON

FACILITIES = Facilities(envelope_keys=KeyRing.read(new_key("prova")))
COUNTS = {"001030": 20, "001042": 14, "001159": 10, "001185": 8, "001208": 8}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('demo')}/desk.db", extensions=(EXTENSION,), clock=lambda: NOON)
    store.migrate()
    with store.unit_of_work() as uow:
        deployments.deploy(uow, ROOT / "processes" / "richiesta", ROOT / "forms" / "richiesta")
    assert not demo.is_whole(store)
    assert demo.load(store, FACILITIES) == sum(COUNTS.values())
    yield store
    store.close()


@pytest.fixture(scope="module")
def shown(loaded):
    """Every case, as the referente of its Comune sees it."""
    with loaded.snapshot() as uow:
        pages = [cases.page(uow, account.actor, size=100) for account in desks_and_people.REFERENTI.values()]
    return [item for page in pages for item in page.items]


def test_sixty_cases_stand_in_the_books_of_the_five_comuni(shown):
    assert Counter(case.istat for case in shown) == COUNTS


def test_there_are_cases_at_every_stage(shown):
    states = {case.state for case in shown}

    assert states == set(PublicState) - {PublicState.TAKEN, PublicState.CANCELED}


def test_every_role_has_its_marked_account_and_every_comune_its_referente(loaded):
    with loaded.snapshot() as uow:
        everyone = people.everyone(uow)
        referenti = [people.holding(uow, Role.REFERENTE, istat)[0].name for istat in COUNTS]

    assert all(user.demonstration for user in everyone)
    assert {role for user in everyone for role in people.roles(user)} == set(Role)
    assert referenti == ["Rosa Dimostri", "Marta Prova", "Ugo Fittizi", "Nino Segnaposto", "Lia Modelli"]


def test_the_accounts_listed_can_sign_in(loaded):
    with loaded.unit_of_work() as uow:
        signed_in = [people.authenticate(uow, each.username, demo.PASSWORD, "192.0.2.1") for each in demo.ACCOUNTS]

    assert [user.name for user in signed_in] == [each.name for each in demo.ACCOUNTS]


def test_the_desks_are_marked_and_open_at_some_hour(loaded):
    with loaded.snapshot() as uow:
        desks = comuni.joined(uow)
        statuses = [comuni.timetable_of(each).status(NOON) for each in desks]

    assert all(each.demonstration for each in desks)
    assert all(status.next_opening for status in statuses)
    assert statuses[-1].cancelled.day.isoformat() == "2026-11-27"


def test_everything_happened_before_now_and_in_order(loaded, shown):
    with loaded.snapshot() as uow:
        histories = [[event.at for event in instances.history(uow, case.id)] for case in shown]

    assert all(history == sorted(history) for history in histories)
    assert max(history[-1] for history in histories) <= NOON
    assert max(local_date(history[-1]) for history in histories) <= local_date(NOON)


def test_some_work_is_late_and_some_waits_for_anybody(loaded):
    everywhere = Actor("sara", {"Analista"}, {"*"})

    with loaded.snapshot() as uow:
        queue, inbox = tasks.queue(uow, everywhere, size=100), tasks.inbox(uow, everywhere, size=100)

    assert len(queue.items) >= 5
    assert len(inbox.items) >= 5
    assert any(task.due_at and task.due_at < NOON for task in (*queue.items, *inbox.items))


def test_timers_fired_meanwhile(loaded, shown):
    with loaded.snapshot() as uow:
        names = Counter(
            task.element_id for case in shown for task in tasks.of_case(uow, case.id) if task.state == "created"
        )

    assert names["telefona"] == 2
    assert names["sollecita"] == 1


def test_both_analysts_have_cases(shown):
    assert {"sara", "dario"} <= {case.owner for case in shown}


def test_ada_esempio_has_the_number_of_the_receipt(shown):
    ada = next(case for case in shown if case.requester == "Ada Esempio")

    assert (ada.number, ada.state, ada.owner) == ("SI-2026-B279-0007", PublicState.IN_ANALYSIS, "sara")


def test_a_concluded_case_shows_its_whole_path(loaded, shown):
    concluded = next(case for case in shown if case.state is PublicState.CONCLUDED and case.outcome == "Conclusa")

    with loaded.snapshot() as uow:
        path = progress.path(uow, concluded)

    assert {milestone.progress for milestone in path} == {Progress.DONE}
    assert [milestone.at for milestone in path] == sorted(milestone.at for milestone in path)


def test_the_demonstration_is_loaded_once(loaded):
    assert demo.is_whole(loaded)


def test_a_real_desk_takes_no_demonstration(store):
    with pytest.raises(DeskInUse):
        demo.load(store, FACILITIES)

    with store.snapshot() as uow:
        assert [user for user in people.everyone(uow) if user.demonstration] == []


def test_nobody_invented_bears_a_name_twice():
    book = [request for istat in COUNTS for request in demo.requests_of(istat)]

    assert max(Counter(request.title for request in book).values()) == 1
    assert max(Counter(request.requester for request in book).values()) == 1


def test_the_rest_of_the_desk_knows_no_demonstration():
    desk = Path(demo.__file__).parents[1]
    callers = [path.name for path in desk.rglob("*.py") if "demo" not in path.parts and "desk.demo" in path.read_text()]

    assert callers == []


def test_two_envelopes_can_be_shown_one_of_them_opened(loaded):
    with loaded.snapshot() as uow:
        rows = uow.connection.execute(select(EnvelopeItem.case_id)).scalars().all()
        seen = [len(envelope.accesses(uow, case_id)) for case_id in rows]

    assert len(rows) == 2
    assert all(seen)


def test_what_was_written_has_arrived(loaded):
    with loaded.snapshot() as uow:
        assert set(uow.connection.execute(select(Mail.state)).scalars()) == {"sent"}


def test_on_her_giornata_nobody_expects_the_analyst_elsewhere(loaded):
    with loaded.snapshot() as uow:
        today = local_date(uow.now)
        (visit,) = agenda.desk_days(uow, today, today + timedelta(days=90), username="sara")
        week = agenda.week(uow, None, "sara", visit.day, viewer=desks_and_people.SARA.actor)

    assert [each.engagements for each in week.days if each.day == visit.day] == [()]
