import pytest

from desk.cases import progress
from desk.cases.progress import Progress
from desk.states import LABELS, STEP_OF, PathStage, PublicState
from engine import instances
from tests.kit.played import HOUR, Played
from tests.kit.small_desk import MARTA, SARA

DONE, HERE, AHEAD, SKIPPED = Progress.DONE, Progress.HERE, Progress.AHEAD, Progress.SKIPPED


def path(played, actor=MARTA):
    case = played.seen(actor)
    with played.store.snapshot() as uow:
        return progress.path(uow, case)


def marks(played):
    return [milestone.progress for milestone in path(played)]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("registered", [DONE, HERE, AHEAD, AHEAD, AHEAD, AHEAD]),
        ("forwarded", [DONE, HERE, AHEAD, AHEAD, AHEAD, AHEAD]),
        ("claimed", [DONE, DONE, HERE, AHEAD, AHEAD, AHEAD]),
        ("analysed", [DONE, DONE, DONE, HERE, AHEAD, AHEAD]),
        ("concluded", [DONE, DONE, DONE, DONE, DONE, DONE]),
    ],
)
def test_the_path_shows_how_far_a_case_is(store, now, stage, expected):
    assert marks(getattr(Played(store, now), stage)()) == expected


def test_a_draft_is_not_sent_yet(store, now):
    assert marks(Played(store, now)) == [HERE, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD]


def test_every_step_done_has_its_date_and_author(store, now):
    found = path(Played(store, now).analysed(), SARA)

    assert [(each.at, each.by) for each in found[:3]] == [
        (now + HOUR, "marta"),
        (now + 3 * HOUR, "sara"),
        (now + 4 * HOUR, "sara"),
    ]


def test_a_case_is_taken_when_an_analyst_claims_it_not_when_it_arrives(store, now):
    taken = path(Played(store, now).claimed())[1]

    assert (taken.step, taken.at, taken.by) == (PathStage.TAKEN, now + 3 * HOUR, "sara")


def test_a_withdrawal_leaves_the_steps_between_undone(store, now):
    assert marks(Played(store, now).registered().withdrawn()) == [DONE, SKIPPED, SKIPPED, SKIPPED, SKIPPED, DONE]


def test_a_request_that_is_not_ours_was_analysed_all_the_same(store, now):
    played = Played(store, now).analysed({"estranea": True})

    assert marks(played) == [DONE, DONE, DONE, SKIPPED, SKIPPED, DONE]


def test_a_canceled_case_ends_where_it_was(store, now):
    played = Played(store, now).registered()
    with store.unit_of_work(now + 2 * HOUR) as uow:
        instances.cancel(uow, played.case.id, MARTA, "doppione")

    assert (path(played)[-1].progress, path(played)[-1].at) == (DONE, now + 2 * HOUR)


def test_every_state_has_a_label_and_a_step():
    assert set(LABELS) == set(STEP_OF) == set(PublicState)
