"""What ``sportello check`` says of a process whose cases could not be told apart in the lists of the desk."""

import pytest

from desk.cases import untold

TASK = '<userTask id="t" name="Conferma">{}</userTask>'
LANE = '<laneSet id="c"><lane id="l" name="{}"><flowNodeRef>t</flowNodeRef></lane></laneSet>'
WHOLE = {"pratica.richiedente": "=nome", "stato": "in_analisi", "inoltro": "true"}


def properties(told):
    lines = "".join(f'<camunda:property name="{name}" value="{value}"/>' for name, value in told.items())
    return f"<extensionElements><camunda:properties>{lines}</camunda:properties></extensionElements>"


def told_of(inside, more="", *, run="true"):
    text = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
      <process id="prenota" name="Prenotazione" isExecutable="{run}">{inside}</process>{more}</definitions>"""
    return list(untold.check({"prenota.bpmn": text.encode(), "rotto.bpmn": b"<rotto"}))


def rules_of(found):
    return [each.rule for each in found]


def test_a_process_that_tells_all_leaves_nothing_to_say():
    assert told_of(LANE.format("Analista") + TASK.format(properties(WHOLE))) == []


@pytest.mark.parametrize(
    ("left", "rule"),
    [("pratica.richiedente", "case-without-name"), ("stato", "case-without-state"), ("inoltro", "case-not-forwarded")],
)
def test_what_a_process_leaves_out_is_told_with_what_the_pages_show_instead(left, rule):
    told = {name: value for name, value in WHOLE.items() if name != left}

    (found,) = told_of(LANE.format("Analista") + TASK.format(properties(told)))

    assert (found.rule, found.kind, found.file, found.line) == (rule, "advice", "prenota.bpmn", 3)
    assert (found.element, found.name) == ("prenota", "Prenotazione")
    assert found.message.startswith("Il processo «Prenotazione» ")
    assert left in found.advice


def test_a_case_that_stays_at_its_comune_needs_no_forwarding():
    told = {**WHOLE, "inoltro": "false"}

    assert rules_of(told_of(LANE.format("Referente") + TASK.format(properties(told)))) == []
    assert rules_of(told_of(LANE.format("Coordinatore") + TASK.format(properties(told)))) == ["case-not-forwarded"]
    by_name = TASK.format(properties(told)).replace(
        "<userTask", '<userTask camunda:candidateGroups="Referente, Analista"'
    )
    assert rules_of(told_of(LANE.format("Referente") + by_name)) == ["case-not-forwarded"]


def test_what_is_only_drawn_or_called_or_done_without_people_begins_no_case_to_list():
    calls = '<process id="altro" isExecutable="true"><callActivity id="c" calledElement="prenota"/></process>'

    assert told_of(TASK, run="false") == []
    assert told_of(TASK, calls) == []
    assert told_of('<scriptTask id="s"/>') == []


def test_who_takes_requests_in_says_when_the_requester_was_born():
    asks = {**WHOLE, "si-apre-da": "nuova-richiesta"}
    inside = LANE.format("Analista") + TASK

    assert rules_of(told_of(inside.format(properties(asks)))) == ["case-without-birth"]
    assert rules_of(told_of(inside.format(properties({**asks, "pratica.nascita": "=nato_il"})))) == []
