"""The operations that diagrams ask for are those that the desk has."""

import re

from sqlalchemy import func, select

from engine.model import deployment

TOPIC = 'camunda:topic="send-message"'


def misspell(process, count=0):
    diagram = process / "richiesta.bpmn"
    text = diagram.read_text()
    diagram.write_text(text.replace(TOPIC, 'camunda:topic="send-mesage"', *([count] if count else [])))
    return text.count(TOPIC)


def test_every_misspelt_operation_of_a_process_is_told_with_the_nearest_that_exists(run, process):
    asked = misspell(process)

    done = run("check", process)

    assert asked >= 13
    assert done.exit_code == 1
    assert len(re.findall("chiede l’operazione «send-mesage», che non esiste", done.output)) == asked
    assert "Forse volevi «send-message»." in done.output


def test_a_process_with_one_misspelt_operation_is_not_deployed(run, store, process):
    misspell(process, 1)

    done = run("deploy", process)

    assert done.exit_code == 1
    assert "«send-mesage»" in done.output
    with store.snapshot() as uow:
        assert uow.connection.execute(select(func.count()).select_from(deployment)).scalar_one() == 0
