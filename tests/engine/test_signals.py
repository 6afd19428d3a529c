"""Signals and messages reach each case by itself: who waits no more is passed over, and none fails for another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import Extension, Store, deployments, instances, jobs, messages, tasks
from engine.errors import ChangedMeanwhile
from engine.model import job
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, flow, folder, gateway, path, start, timer, user
from tests.engine.spiff.given import boundary, catch, event, message, signal, subprocess, throw
from tests.kit.databases import sharing_statements

OUTSIDE = '<bpmn:signal id="S" name="allarme" /><bpmn:message id="M" name="ciao" />'
THROWING = (start(), throw("lancia", signal("S")), end(), path("start", "lancia", "end"))
TWICE = (
    start(),
    subprocess(
        "dentro", start("s"), gateway("parallel", "g"), user("w"), catch("k", signal("S")), end("e1"), end("e2"),
        path("s", "g", "w", "e1"), path("g", "k", "e2"),
    ),
    boundary("via", "dentro", signal("S")), user("dopo"), end(), path("start", "dentro", "end"), path("via", "dopo", "end"),
)  # fmt: skip
"""Waits for the signal in two places, the one of which takes the other away."""
CHOOSING = (
    start(), catch("k", signal("S")), gateway("exclusive", "x"), user("dopo"), user("altro"), end(),
    path("start", "k", "x"), flow("x", "dopo", "va"), flow("x", "altro", "not(va)"), path("dopo", "end"),
    path("altro", "end"),
)  # fmt: skip
"""Stands still with an error after the signal where ``va`` is no boolean."""
RINGING = (
    start(), throw("suona", signal("S")), user("a"), boundary("b", "a", signal("S"), interrupting=False),
    user("sentito"), end(), end("e2"), path("start", "suona", "a", "end"), path("b", "sentito", "e2"),
)  # fmt: skip
"""Throws the signal, then listens to all others'."""


@pytest.fixture
def deploy(each_store, tmp_path, now):
    def deploying(key, *parts):
        with each_store.unit_of_work(now) as uow:
            deployments.deploy(uow, folder(tmp_path, key, *parts, outside=OUTSIDE))

    return deploying


def begin(store, key, now, **variables):
    with store.unit_of_work(now) as uow:
        return instances.start(uow, key, ADA, variables=variables, scope="001030", business_key="K").id


def opened(store):
    with store.snapshot() as uow:
        return sorted(task.element_id for task in tasks.queue(uow, ADA, size=500).items)


def stopped(store):
    with store.snapshot() as uow:
        return [each.instance_id for each in jobs.incidents(uow)]


def kinds(store, case):
    with store.snapshot() as uow:
        return [event.type for event in instances.history(uow, case)]


def test_a_signal_whose_first_receipt_takes_the_second_wait_away_is_told_once_to_every_case(each_store, deploy, now):
    deploy("p_due_volte", *TWICE)
    deploy("p_lancia", *THROWING)
    cases = [begin(each_store, "p_due_volte", now) for _ in range(3)]

    begin(each_store, "p_lancia", now)
    jobs.run_due(each_store, now=now)

    assert opened(each_store) == ["dopo"] * 3
    assert stopped(each_store) == []
    assert [kinds(each_store, case).count("signal_received") for case in cases] == [1, 1, 1]


def test_a_case_that_cannot_take_a_signal_stops_alone_and_is_tried_again_alone(each_store, deploy, now):
    deploy("p_sceglie", *CHOOSING)
    deploy("p_lancia", *THROWING)
    broken = begin(each_store, "p_sceglie", now, va="forse")
    sound = [begin(each_store, "p_sceglie", now, va=True) for _ in range(2)]

    begin(each_store, "p_lancia", now)
    jobs.run_due(each_store, now=now)

    assert opened(each_store) == ["dopo"] * 2
    assert stopped(each_store) == [broken]
    with each_store.unit_of_work(now) as uow:
        assert jobs.retry_all(uow) == 1
    jobs.run_due(each_store, now=now)
    assert stopped(each_store) == [broken]
    assert [kinds(each_store, case).count("signal_received") for case in sound] == [1, 1]


def test_a_case_that_goes_on_while_the_signal_is_under_way_is_passed_over(each_store, deploy, now):
    deploy("p_sceglie", *CHOOSING)
    deploy("p_lancia", *THROWING)
    gone, waiting = (begin(each_store, "p_sceglie", now, va=True) for _ in range(2))
    begin(each_store, "p_lancia", now)

    jobs.run_due(each_store, now=now, limit=1)
    with each_store.unit_of_work(now) as uow:
        instances.cancel(uow, gone, ADA, "ritirata")
    jobs.run_due(each_store, now=now)

    assert (opened(each_store), stopped(each_store)) == (["dopo"], [])
    assert "signal_received" in kinds(each_store, waiting)


def test_a_signal_that_a_program_sends_goes_the_same_way(each_store, deploy, now):
    deploy("p_due_volte", *TWICE)
    case = begin(each_store, "p_due_volte", now)

    with each_store.unit_of_work(now) as uow:
        reached = messages.broadcast(uow, "allarme", ADA)
    jobs.run_due(each_store, now=now)

    assert (reached, opened(each_store)) == ([case], ["dopo"])
    with each_store.snapshot() as uow:
        received = next(each for each in instances.history(uow, case) if each.type == "signal_received")
    assert received.actor == "ada"


@pytest.mark.parametrize(("outside", "kind"), [(signal("S"), "signal"), (message("M"), "message")])
def test_a_process_that_cannot_begin_keeps_no_other_from_beginning(each_store, deploy, now, outside, kind):
    begins = event("startEvent", "inizia", outside)
    broken = (begins, gateway("exclusive", "x"), user("a"), user("b"), path("inizia", "x"))
    broken = (
        *broken,
        flow("x", "a", "manca = 1"),
        flow("x", "b", "manca = 2"),
        end(),
        path("a", "end"),
        path("b", "end"),
    )
    deploy("p_a_rotto", *broken)
    deploy("p_b_sano", begins, user("dopo"), end(), path("inizia", "dopo", "end"))
    definition = signal("S") if kind == "signal" else message("M")
    deploy("p_lancia", start(), throw("lancia", definition), end(), path("start", "lancia", "end"))

    sender = begin(each_store, "p_lancia", now)
    jobs.run_due(each_store, now=now)

    assert (opened(each_store), stopped(each_store)) == (["dopo"], [sender])


def test_a_message_whose_case_went_on_a_moment_ago_reaches_the_next_that_waits(each_store, deploy, now):
    deploy("p_aspetta", start(), catch("k", message("M")), user("dopo"), end(), path("start", "k", "dopo", "end"))
    deploy("p_manda", start(), throw("manda", message("M")), end(), path("start", "manda", "end"))
    cases = {begin(each_store, "p_aspetta", now) for _ in range(2)}
    begin(each_store, "p_manda", now)

    jobs.run_due(each_store, now=now, limit=1)
    with each_store.unit_of_work(now) as uow:
        chosen = uow.connection.execute(select(job.c.instance_id).where(job.c.state == "due")).scalar_one()
        instances.cancel(uow, chosen, ADA, "ritirata")
    jobs.run_due(each_store, now=now)

    (other,) = cases - {chosen}
    assert "message_received" in kinds(each_store, other)
    assert (opened(each_store), stopped(each_store)) == (["dopo"], [])


def test_three_workers_bring_twenty_signals_to_all_who_wait_without_an_incident(each_store, migrated_url, deploy, now):
    deploy("p_suona", *RINGING)
    cases = [begin(each_store, "p_suona", now) for _ in range(20)]

    with ThreadPoolExecutor(3) as pool:
        others = [Store(migrated_url) for _ in range(3)]
        for _ in range(5):
            list(pool.map(lambda store: jobs.run_due(store, now=now, limit=1000), others))

    assert stopped(each_store) == []
    assert opened(each_store).count("sentito") == 20 * 19
    assert {kinds(each_store, case).count("signal_received") for case in cases} == {19}
    for other in others:
        other.close()


def test_what_only_met_another_worker_is_tried_again_and_is_no_attempt(migrated_url, tmp_path, now):
    def observe(_uow, transition):
        met.append(transition.instance_id)
        if len(met) == 2:
            raise ChangedMeanwhile(transition.instance_id)

    met = []
    store = sharing_statements(Store(migrated_url, extensions=(Extension(observe=observe),)))
    late = (start(), user("a"), timer("scade", "a", "P1D"), user("dopo"), end(), path("start", "a", "end"))
    with store.unit_of_work(now) as uow:
        deployments.deploy(uow, folder(tmp_path, "tardi", *late, path("scade", "dopo", "end")))
    begin(store, "tardi", now)

    jobs.run_due(store, now=now + timedelta(days=2))

    assert (opened(store), stopped(store), len(met)) == (["dopo"], [], 3)
    store.close()
