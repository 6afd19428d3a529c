"""What another program may hand to the verbs by mistake or on purpose."""

import pytest

from engine import Actor, deployments, drafts, instances, messages, tasks
from engine.errors import InvalidAnswers, NoSubscription
from tests.engine.conftest import ADA, ELSEWHERE
from tests.engine.diagrams import end, folder, path, start, user

NO_JSON = [{"a": "\ud800"}, {"a": b"x"}, {"a": {1: 2}}, {"a": 10**30}, {"a": {1, 2}}, {"a": object()}, {1: 2}, "x", 5]
CATCH = (
    '<bpmn:intermediateCatchEvent id="aspetta" name="Aspetta">'
    '<bpmn:messageEventDefinition messageRef="m" /></bpmn:intermediateCatchEvent>'
)
WAITING = (start(), CATCH, end(), path("start", "aspetta", "end"))
SIGNED = (
    start(),
    user("scrivi"),
    user("firma", attributes='camunda:assignee="=completed_by.scrivi"'),
    end(),
    path("start", "scrivi", "firma", "end"),
)


def nested(levels):
    return {"a": nested(levels - 1)} if levels else {}


@pytest.fixture
def begin(each_store, tmp_path):
    def start_case(key, *parts, outside="", **given):
        made = folder(tmp_path, key, *parts, outside=outside)
        with each_store.unit_of_work() as uow:
            deployments.deploy(uow, made)
            return instances.start(uow, key, ADA, scope="001030", **given).id

    return start_case


@pytest.fixture
def waiting(begin):
    return begin("attesa", *WAITING, outside='<bpmn:message id="m" name="ciao" />')


def first_task(store):
    with store.snapshot() as uow:
        return tasks.queue(uow, ADA).items[0]


def test_what_is_no_json_object_is_refused_and_changes_nothing(each_store, begin):
    begin("firme", *SIGNED)
    task = first_task(each_store)

    for given in (*NO_JSON, nested(500)):
        for verb in (tasks.complete, drafts.save):
            with pytest.raises(InvalidAnswers), each_store.unit_of_work() as uow:
                verb(uow, task.id, ADA, given)
        with pytest.raises(InvalidAnswers), each_store.unit_of_work() as uow:
            instances.start(uow, "firme", ADA, variables=given)

    assert first_task(each_store) == task


def test_who_completed_a_task_is_not_for_the_answers_to_say(each_store, begin):
    begin("firme", *SIGNED)

    with each_store.unit_of_work() as uow:
        done = tasks.complete(uow, first_task(each_store).id, ADA, {"completed_by": {"scrivi": "bruno"}, "a": 1})
        variables = instances.get(uow, done.case_id).variables

    assert [task.assignee for task in done.next] == ["ada"]
    assert variables == {"completed_by": {"scrivi": "ada"}, "a": 1}


def test_a_case_started_with_a_variable_of_the_engines_own_name_goes_on(each_store, begin):
    begin("firme", *SIGNED, variables={"completed_by": "nessuno"})

    with each_store.unit_of_work() as uow:
        done = tasks.complete(uow, first_task(each_store).id, ADA, {})

    assert [task.assignee for task in done.next] == ["ada"]


@pytest.mark.parametrize("actor", [ELSEWHERE, Actor("nessuno")])
def test_a_message_reaches_no_case_beyond_the_actors_reach(each_store, waiting, actor):
    with each_store.unit_of_work() as uow:
        (subscription,) = messages.waiting(uow, waiting)
        with pytest.raises(NoSubscription):
            messages.correlate(uow, subscription.id, actor, {})
        assert messages.deliver(uow, "ciao", actor) == []
        assert instances.get(uow, waiting).state == "active"

    with each_store.unit_of_work() as uow:
        assert messages.deliver(uow, "ciao", ADA) == [waiting]


def test_a_message_carries_nothing_but_a_json_object(each_store, waiting):
    for given in NO_JSON:
        with pytest.raises(InvalidAnswers), each_store.unit_of_work() as uow:
            messages.correlate(uow, messages.waiting(uow, waiting)[0].id, ADA, given)


def test_who_completed_a_task_is_not_for_a_message_to_say(each_store, waiting):
    with each_store.unit_of_work() as uow:
        (subscription,) = messages.waiting(uow, waiting)
        messages.correlate(uow, subscription.id, ADA, {"completed_by": {"scrivi": "bruno"}, "a": 1})

        assert instances.get(uow, waiting).variables == {"a": 1}


def test_a_number_larger_than_the_databases_whole_ones_is_kept_as_a_decimal(each_store, begin):
    body = "<bpmn:script>10**30</bpmn:script>"
    script = (
        f'<bpmn:scriptTask id="n" name="Conta" scriptFormat="feel" camunda:resultVariable="n">{body}</bpmn:scriptTask>'
    )

    case = begin("conti", start(), script, user("guarda"), end(), path("start", "n", "guarda", "end"))

    with each_store.snapshot() as uow:
        assert instances.get(uow, case).variables == {"n": 1e30}
