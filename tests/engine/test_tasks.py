import pytest

from engine import deployments, instances, tasks
from engine.errors import AlreadyClaimed, NotACandidate, NotTheAssignee, TaskAlreadyCompleted, TaskNotFound
from tests.engine.conftest import ADA, BRUNO, ELSEWHERE, SARA
from tests.engine.diagrams import line


@pytest.fixture
def task(each_store, tmp_path):
    """A task that waits for a referente of Borgofranco."""
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, line(tmp_path, tasks=2))
        instances.start(uow, "riga", ADA, scope="001030", business_key="SI-1")
        return tasks.queue(uow, ADA).items[0]


def test_a_started_case_waits_in_the_queue_of_its_group(each_store, task):
    assert (task.element_id, task.name, task.business_key, task.scope) == ("t1", "Fai t1", "SI-1", "001030")
    assert task.candidate_groups == ("Referente",)
    assert task.assignee is None


def test_a_claimed_task_leaves_the_queue_for_the_inbox(each_store, task):
    with each_store.unit_of_work() as uow:
        tasks.claim(uow, task.id, ADA)

        assert tasks.queue(uow, BRUNO).items == ()
        assert [each.id for each in tasks.inbox(uow, ADA).items] == [task.id]


def test_claiming_ones_own_task_again_changes_nothing(each_store, task):
    with each_store.unit_of_work() as uow:
        tasks.claim(uow, task.id, ADA)
        tasks.claim(uow, task.id, ADA)

        claims = [event for event in instances.history(uow, task.case_id) if event.type == "task_claimed"]
        assert len(claims) == 1


def test_a_claimed_task_cannot_be_claimed_by_someone_else(each_store, task):
    with each_store.unit_of_work() as uow:
        tasks.claim(uow, task.id, ADA)

    with pytest.raises(AlreadyClaimed) as refusal, each_store.unit_of_work() as uow:
        tasks.claim(uow, task.id, BRUNO)

    assert refusal.value.assignee == "ada"


def test_a_task_of_another_comune_does_not_exist(each_store, task):
    with each_store.unit_of_work() as uow:
        assert tasks.queue(uow, ELSEWHERE).items == ()
        with pytest.raises(TaskNotFound):
            tasks.claim(uow, task.id, ELSEWHERE)
        with pytest.raises(TaskNotFound):
            tasks.get(uow, task.id, ELSEWHERE)


def test_another_group_cannot_claim_or_complete(each_store, task):
    with each_store.unit_of_work() as uow:
        with pytest.raises(NotACandidate):
            tasks.claim(uow, task.id, SARA)
        with pytest.raises(NotACandidate):
            tasks.complete(uow, task.id, SARA, {})


def test_only_the_assignee_completes_and_releases(each_store, task):
    with each_store.unit_of_work() as uow:
        tasks.claim(uow, task.id, ADA)

        with pytest.raises(NotTheAssignee):
            tasks.complete(uow, task.id, BRUNO, {})
        with pytest.raises(NotTheAssignee):
            tasks.unclaim(uow, task.id, BRUNO)


def test_completing_leads_to_the_next_task_and_keeps_the_answers(each_store, task):
    with each_store.unit_of_work() as uow:
        done = tasks.complete(uow, task.id, ADA, {"risposta": 42})

        assert [each.element_id for each in done.next] == ["t2"]
        assert instances.get(uow, task.case_id).variables["risposta"] == 42


def test_the_same_form_submitted_twice_changes_the_case_once(each_store, task):
    with each_store.unit_of_work() as uow:
        tasks.complete(uow, task.id, ADA, {"volte": 1})

    with pytest.raises(TaskAlreadyCompleted) as refusal, each_store.unit_of_work() as uow:
        tasks.complete(uow, task.id, ADA, {"volte": 2})

    assert refusal.value.completed_by == "ada"
    with each_store.snapshot() as uow:
        assert instances.get(uow, task.case_id).variables["volte"] == 1
        assert len(tasks.queue(uow, ADA).items) == 1


def test_a_case_ends_after_its_last_task(each_store, task):
    with each_store.unit_of_work() as uow:
        second = tasks.complete(uow, task.id, ADA, {}).next[0]
        last = tasks.complete(uow, second.id, ADA, {})

        case = instances.get(uow, task.case_id)
        assert last.ended
        assert (case.state, case.outcome) == ("completed", "end")
        assert [event.type for event in instances.history(uow, task.case_id)] == [
            "instance_started",
            "task_completed",
            "task_completed",
            "instance_completed",
        ]


def test_a_released_task_goes_back_to_the_queue(each_store, task):
    with each_store.unit_of_work() as uow:
        tasks.claim(uow, task.id, ADA)
        tasks.unclaim(uow, task.id, ADA)

        assert [each.id for each in tasks.queue(uow, BRUNO).items] == [task.id]


def test_a_task_can_be_handed_to_a_colleague(each_store, task):
    with each_store.unit_of_work() as uow:
        tasks.claim(uow, task.id, ADA)
        tasks.assign(uow, task.id, ADA, "bruno")

        assert [each.id for each in tasks.inbox(uow, BRUNO).items] == [task.id]


def test_a_stranger_cannot_hand_a_task_to_anyone(each_store, task):
    with pytest.raises(NotACandidate), each_store.unit_of_work() as uow:
        tasks.assign(uow, task.id, SARA, "sara")


def test_a_cancelled_case_leaves_nothing_to_do(each_store, task):
    with each_store.unit_of_work() as uow:
        instances.cancel(uow, task.case_id, ADA, "doppione")

        assert tasks.queue(uow, ADA).items == ()
        assert instances.get(uow, task.case_id).state == "canceled"


def test_whatever_raises_rolls_everything_back(each_store, task):
    with pytest.raises(ZeroDivisionError), each_store.unit_of_work() as uow:
        tasks.complete(uow, task.id, ADA, {"volte": 1})
        raise ZeroDivisionError

    with each_store.snapshot() as uow:
        assert [each.id for each in tasks.queue(uow, ADA).items] == [task.id]
        assert instances.get(uow, task.case_id).variables == {}


def test_a_task_says_whom_its_diagram_names_beside_its_groups(each_store, tmp_path):
    with each_store.unit_of_work() as uow:
        deployments.deploy(uow, line(tmp_path, attributes='camunda:candidateUsers="sara, bruno"'))
        instances.start(uow, "riga", ADA, scope="001030")
        task = tasks.queue(uow, ADA).items[0]

    assert (task.candidate_groups, set(task.candidate_users)) == (("Referente",), {"sara", "bruno"})
