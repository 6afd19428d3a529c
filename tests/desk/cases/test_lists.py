from datetime import UTC, datetime, timedelta

import pytest

from desk import cases
from desk.cases import CaseFilter
from desk.errors import ComuneNotJoined, NotAllowed
from desk.states import PublicState, Turn
from engine import instances, jobs, tasks
from engine.errors import InstanceNotFound, UnknownProcess
from engine.identity import Actor
from tests.kit.databases import statements
from tests.kit.played import ANSWERS, HOUR, Played
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, LIA, MARTA, PAOLO, QUAGLIUZZO, SARA


@pytest.fixture
def five(store, now):
    """Three cases of Burolo, the first forwarded, and two of Quagliuzzo."""
    ada = Played(store, now).forwarded()
    bruno = Played(store, now + HOUR, answers={"nome": "Bruno Campione", "titolo": "Sensore"}).registered()
    draft = Played(store, now + 2 * HOUR)
    elsewhere = [Played(store, now + 3 * HOUR, actor=LIA, istat=QUAGLIUZZO).registered() for _ in range(2)]
    return [ada, bruno, draft, *elsewhere]


def listed(store, actor, narrowed=None, **paging):
    with store.snapshot() as uow:
        return [item.number for item in cases.page(uow, actor, narrowed, **paging).items]


def test_numbers_count_by_comune_and_year(store, now, five):
    assert [each.case.number for each in five] == [
        "SI-2026-B279-0001",
        "SI-2026-B279-0002",
        "SI-2026-B279-0003",
        "SI-2026-H100-0001",
        "SI-2026-H100-0002",
    ]


def test_the_count_begins_again_with_the_italian_year(store):
    last_of_december = Played(store, datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    first_of_january = Played(store, datetime(2026, 12, 31, 23, 1, tzinfo=UTC))

    assert last_of_december.case.number == "SI-2026-B279-0001"
    assert first_of_january.case.number == "SI-2027-B279-0001"


def test_a_number_is_given_back_when_the_request_does_not_begin(store, now):
    with pytest.raises(UnknownProcess), store.unit_of_work() as uow:
        cases.open_request(uow, MARTA, BUROLO, key="altro")

    assert Played(store, now).case.number.endswith("-0001")


def test_past_9999_requests_a_number_only_grows(store, now):
    Played(store, now)
    with store.unit_of_work() as uow:
        uow.connection.exec_driver_sql("UPDATE pratica_counter SET last = 9999")

    assert Played(store, now).case.number == "SI-2026-B279-10000"


@pytest.mark.parametrize("actor", [LIA, SARA, ADMINISTRATOR, Actor("marta", {"Referente", "Analista"}, {"*"})])
def test_only_the_referente_of_the_comune_opens_a_request(uow, actor):
    with pytest.raises(NotAllowed):
        cases.open_request(uow, actor, BUROLO)


def test_a_comune_without_a_desk_receives_no_request(uow):
    with pytest.raises(ComuneNotJoined):
        cases.open_request(uow, Actor("ugo", {"Referente"}, {"001159"}), "001159")


def test_a_new_request_is_a_draft_of_nobody_yet(store, now):
    case = Played(store, now).seen()

    assert (case.state, case.requester, case.opened_by, case.forwarded_at) == (PublicState.DRAFT, None, "marta", None)


def test_the_row_shows_what_the_diagram_says_of_the_variables(store, now):
    case = Played(store, now).registered().seen()

    assert (case.requester, case.title, case.topic, case.urgency) == (*ANSWERS.values(), "proteggere", None)
    assert (case.state, case.turn, case.sentence) == (
        PublicState.SENT,
        Turn.REFERENTE,
        "Il referente controlla la richiesta.",
    )


def test_forwarding_is_dated_once(store, now):
    case = Played(store, now).analysed().seen(SARA)

    assert case.forwarded_at == now + 2 * HOUR
    assert (case.state, case.turn) == (PublicState.MEETING_PROPOSED, Turn.REQUESTER)


def test_the_analyst_who_claims_is_the_owner_until_another_does(store, now):
    played = Played(store, now).claimed()
    claimed = played.seen().owner
    with store.unit_of_work() as uow:
        tasks.assign(uow, played.task(uow).id, SARA, "paolo")

    assert (claimed, played.seen().owner) == ("sara", "paolo")


def test_the_analyst_who_worked_last_stays_the_owner_while_nobody_holds_it(store, now):
    assert Played(store, now).analysed().seen().owner == "sara"


def test_the_nearest_deadline_is_shown(store, now):
    case = Played(store, now).registered().seen()

    assert case.due_at == datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC)


def test_an_ended_case_tells_its_outcome(store, now):
    case = Played(store, now).concluded().seen(SARA)

    assert (case.state, case.turn, case.outcome) == (PublicState.CONCLUDED, None, "Conclusa")
    assert case.closed_at == now + 6 * HOUR


def test_a_withdrawn_case_ends_withdrawn(store, now):
    case = Played(store, now).registered().withdrawn().seen()

    assert (case.state, case.outcome) == (PublicState.WITHDRAWN, "Ritirata")


def test_a_canceled_case_ends_canceled(store, now):
    played = Played(store, now).registered()
    with store.unit_of_work(now + 2 * HOUR) as uow:
        instances.cancel(uow, played.case.id, MARTA, "doppione")

    case = played.seen()
    assert (case.state, case.turn, case.outcome) == (PublicState.CANCELED, None, None)
    assert case.closed_at == now + 2 * HOUR


def test_an_instance_without_a_number_is_no_pratica(store):
    with store.unit_of_work() as uow:
        instance = instances.start(uow, "richiesta", MARTA, scope=BUROLO)

    with pytest.raises(InstanceNotFound), store.snapshot() as uow:
        cases.get(uow, instance.id, MARTA)


def test_a_completion_writes_the_row_in_one_statement(store, now):
    played = Played(store, now).registered()

    with statements(store) as sent:
        played._complete(MARTA)

    assert len([text for text in sent if "pratica" in text]) == 1


def test_a_mere_reminder_writes_nothing(store, now):
    Played(store, now).registered()

    with statements(store) as sent:
        fired = jobs.run_due(store, now + timedelta(days=4))

    assert fired == 1
    assert [text for text in sent if "pratica" in text] == []


def test_a_referente_sees_all_cases_of_the_own_comune_and_no_other(store, five):
    assert listed(store, MARTA) == ["SI-2026-B279-0003", "SI-2026-B279-0002", "SI-2026-B279-0001"]
    assert sorted(listed(store, LIA)) == ["SI-2026-H100-0001", "SI-2026-H100-0002"]


@pytest.mark.parametrize("actor", [SARA, PAOLO])
def test_novain_sees_what_was_forwarded(store, five, actor):
    assert listed(store, actor) == ["SI-2026-B279-0001"]


@pytest.mark.parametrize("role", ["Ufficio programma", "Progettista", "Amministratore", "Sconosciuto"])
def test_the_other_roles_see_no_case(store, five, role):
    actor = Actor("elena", {role}, {"*"})

    assert listed(store, actor) == []
    with pytest.raises(InstanceNotFound), store.snapshot() as uow:
        cases.get(uow, five[0].case.id, actor)


def test_an_analyst_of_one_comune_sees_what_it_forwarded(store, five):
    assert listed(store, Actor("sara", {"Analista"}, {QUAGLIUZZO})) == []


def test_an_actor_with_two_roles_sees_what_both_see(store, five):
    assert listed(store, Actor("marta", {"Referente", "Analista"}, {BUROLO})) == ["SI-2026-B279-0001"]
    assert listed(store, Actor("marta", {"Referente", "Amministratore"}, {BUROLO})) == []


@pytest.mark.parametrize("unseen", [3, 4])
def test_a_case_of_another_comune_is_not_found(store, five, unseen):
    with pytest.raises(InstanceNotFound), store.snapshot() as uow:
        cases.get(uow, five[unseen].case.number, MARTA)


def test_a_case_not_forwarded_yet_is_not_found_by_an_analyst(store, five):
    with pytest.raises(InstanceNotFound), store.snapshot() as uow:
        cases.get(uow, five[1].case.number, SARA)


def test_pages_follow_each_other_without_gap_or_repetition(store, now):
    expected = [Played(store, now + step * HOUR).case.number for step in (0, 0, 1, 1, 1, 2, 3)]

    found, after = [], None
    with store.snapshot() as uow:
        while after is not None or not found:
            page = cases.page(uow, MARTA, after=after, size=2)
            found += [item.number for item in page.items]
            after = page.next

    assert (sorted(found), page.count) == (expected, 7)
    assert found[0] == expected[-1]


def test_a_mangled_page_address_shows_the_first_page(store, five):
    assert listed(store, MARTA, after="ieri") == listed(store, MARTA)


@pytest.mark.parametrize(
    ("narrowed", "numbers"),
    [
        (CaseFilter(text="0002"), ["SI-2026-B279-0002"]),
        (CaseFilter(text="si-2026-b279-0001"), ["SI-2026-B279-0001"]),
        (CaseFilter(text="CAMPIONE bruno"), ["SI-2026-B279-0002"]),
        (CaseFilter(text="esempio burolo"), ["SI-2026-B279-0001"]),
        (CaseFilter(text="esempio quagliuzzo"), []),
        (CaseFilter(text="%"), []),
        (
            CaseFilter(states=frozenset({PublicState.DRAFT, PublicState.SENT})),
            ["SI-2026-B279-0003", "SI-2026-B279-0002"],
        ),
        (CaseFilter(istat=QUAGLIUZZO), []),
        (CaseFilter(running=False), []),
        (CaseFilter(owner="sara"), []),
    ],
)
def test_a_list_is_narrowed_by_number_name_comune_and_state(store, five, narrowed, numbers):
    assert listed(store, MARTA, narrowed) == numbers


def test_a_list_is_narrowed_to_ones_own_and_to_ended_cases(store, now):
    mine, ended = Played(store, now).claimed(), Played(store, now).concluded()

    assert listed(store, SARA, CaseFilter(owner="sara", running=True)) == [mine.case.number]
    assert listed(store, SARA, CaseFilter(running=False)) == [ended.case.number]


def test_a_list_costs_the_same_statements_for_any_number(store, five):
    with store.snapshot() as uow, statements(store) as sent:
        found = cases.page(uow, MARTA, CaseFilter(text="burolo")).items
        whole = len(sent)
        cases.page(uow, MARTA, CaseFilter(text="burolo"), size=1)

    assert (len(found), whole, len(sent)) == (3, 1, 4)


def test_the_cases_of_a_work_list_come_in_one_statement(store, five):
    with store.snapshot() as uow, statements(store) as sent:
        found = cases.by_id(uow, [each.case.id for each in five])

    assert (len(found), len(sent)) == (5, 1)


def test_the_list_reads_its_index(store):
    with store.snapshot() as uow:
        plan = uow.connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM pratica WHERE istat = '001042' ORDER BY opened_at DESC, id DESC LIMIT 26"
        ).all()

    assert "ix_pratica_istat_opened_at_id" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
