"""What is kept of a case between two transitions: little, and the same at the thousandth turn."""

from time import process_time

import pytest

from engine.errors import NoPathChosen
from engine.spiff.process import Process
from tests.engine.diagrams import end, flow, gateway, path, service, start, timer, user
from tests.engine.spiff.given import (
    NOW,
    OUTSIDE,
    Case,
    FeelHost,
    diagram,
    each_of,
    event,
    event_subprocess,
    message,
    subprocess,
    timing,
)


def request():
    """Intake to convocation: reminders, deadlines, a loop, a parallel split, an event gateway, withdrawal."""
    return diagram(
        start(), user("registra"), gateway("exclusive", "completa", 'default="completa_analizza"'), user("inoltra"),
        timer("sollecito", "inoltra", "R/PT24H", interrupting=False, kind="timeCycle"), user("sollecita"),
        user("analizza"), timer("promemoria", "analizza", "P3D", interrupting=False), user("ricorda"),
        timer("scadenza", "analizza", "P10D"), user("coordina"), gateway("exclusive", "esito", 'default="esito_f"'),
        user("integra"), gateway("parallel", "f"), service("avvisa", "send-message"), user("proponi"),
        gateway("parallel", "j"), gateway("eventBased", "g"), event("intermediateCatchEvent", "risponde", message("N")),
        event("intermediateCatchEvent", "tace", timing("timeDuration", "P14D")), user("incontro"), user("telefona"), end(),
        path("start", "registra", "completa", "analizza", "esito", "f", "avvisa", "j", "g", "risponde", "incontro", "end"),
        flow("completa", "inoltra", "urgente"), path("inoltra", "analizza"), path("sollecito", "sollecita"),
        path("promemoria", "ricorda"), path("scadenza", "coordina", "esito"), flow("esito", "integra", "manca"),
        path("integra", "analizza"), path("f", "proponi", "j"), path("g", "tace", "telefona", "incontro"),
        event_subprocess("ritiro", event("startEvent", "ritira", message("M")), end("ritirata"), path("ritira", "ritirata")),
        outside=OUTSIDE,
    )  # fmt: skip


def test_a_whole_case_keeps_a_small_state():
    case = Case(request())

    case.do("registra", {"urgente": True, "manca": False})
    case.fire("sollecito")
    case.do("inoltra")
    case.fire("promemoria")
    case.fire("scadenza")
    case.do("coordina")
    for task in ("avvisa", "proponi"):
        case.do(task)
    case.fire("tace")
    case.do("telefona")
    for task in ("sollecita", "ricorda", "incontro"):
        case.do(task)

    assert (case.ended, case.outcome) == (True, "end")
    assert max(case.sizes) <= 270


def test_the_thousandth_turn_of_a_loop_costs_what_the_first_did():
    case = Case(request())
    case.do("registra", {"urgente": False, "manca": True})
    costs, sizes = [], []

    for _ in range(1_000):
        began = process_time()
        case.do("analizza")
        case.do("integra")
        costs.append(process_time() - began)
        sizes.append(len(case.blob))

    assert max(sizes) - min(sizes) <= 12, "the numbers of tokens grow by a few digits"
    assert sorted(costs[-100:])[50] < 2 * sorted(costs[:100])[50]
    assert len(case._load()._run.tasks) < 8


def test_daily_reminders_leave_nothing_behind():
    model = diagram(
        start(), user("a"), timer("r", "a", "R/PT24H", interrupting=False, kind="timeCycle"), service("mail", "send"),
        end(), path("start", "a", "end"), path("r", "mail", "end"),
    )  # fmt: skip
    case = Case(model)

    for _ in range(53):
        case.fire("r")
        case.do("mail")

    assert case.open == "a"
    assert max(case.sizes) - min(case.sizes) < 40


def test_a_state_read_back_is_the_state_that_was_written():
    sub = subprocess("sub", start("s"), user("a"), path("s", "a"), body=each_of("people", "who"))
    model = diagram(start(), sub, timer("late", "sub", "P1D"), path("start", "sub"))
    case = Case(model, {"people": ["ada", {"nome": "bruno", "età": 40.5}, None]})

    process = case._load()

    assert process.save() == case.blob
    assert [wait.detail for wait in process.waits()] == [wait.detail for wait in case._load().waits()]


def test_a_state_is_never_read_against_another_diagram():
    blob = Case(diagram(start(), user("a"), path("start", "a"))).blob
    other = diagram(start(), user("b"), path("start", "b"))

    with pytest.raises(ValueError, match="does not belong"):
        Process.restore(other, FeelHost(), {}, blob, now=NOW, business_key=None)


def test_positions_follow_the_ids_alone():
    one = diagram(start(), user("b"), user("a"), path("start", "a", "b"))
    two = diagram(path("start", "a", "b"), user("a"), start(), user("b"))
    case = Case(one)

    moved = Process.restore(two, FeelHost(), {}, case.blob, now=NOW, business_key=None)

    assert one.names == two.names
    assert [wait.element for wait in moved.waits()] == ["a"]


def test_tasks_of_two_cases_never_share_a_name():
    model = diagram(start(), user("a"), path("start", "a"))

    assert Case(model).find("a").task != Case(model).find("a").task


def test_a_verb_that_fails_leaves_the_callers_variables_alone():
    model = diagram(
        start(), user("a"), gateway("exclusive", "x"), end(), path("start", "a", "x"), flow("x", "end", "n &lt; 5")
    )
    given = {"n": 1}
    process = Process.begin(model, FeelHost(), given, now=NOW, business_key=None)

    with pytest.raises(NoPathChosen):
        process.complete(process.waits()[0].task, {"n": 5})

    assert given == {"n": 1}


def test_several_cases_share_one_model_without_touching_it():
    model = request()
    before = {node.name: dict(vars(node)) for node in model.nodes}

    for answers in ({"urgente": True}, {"urgente": False}):
        Case(model).do("registra", answers)

    assert {node.name: dict(vars(node)) for node in model.nodes} == before
