"""Every route × a person whose standing has changed: each gets what they are now, whatever they still have in hand.

The task is put into their hands by force before every request, for giving it back is a rule of its own.
"""

import pytest
from sqlalchemy import update

from desk import people
from desk.access import Role
from engine import tasks
from engine.model import user_task
from tests.kit.pages import ADMINISTRATOR, PAOLO, QUAGLIUZZO, SARA, post
from tests.web.test_access_table import FIELDS, TABLE, VISITORS, address, place  # noqa: F401  # a fixture

OF_A_CASE = {"numero", "attivita"}
"""Arguments of addresses that name somebody's case."""


def changed(store, username, roles):
    with store.unit_of_work() as uow:
        people.set_roles(uow, username, roles, ADMINISTRATOR)


def in_the_hands_of(store, task_id, username):
    with store.unit_of_work() as uow:
        held = {"assignee": username, "state": "created", "ended_by": None}
        uow.connection.execute(update(user_task).where(user_task.c.id == task_id).values(**held))


def answers(app, store, place, client, username):  # the same
    """Ask every route as the person, each time with the task in hand."""
    session, found = client.get_cookie("sportello"), {}
    for method, endpoint in TABLE:
        in_the_hands_of(store, place["attivita"], username)
        fresh = app.test_client()
        fresh.set_cookie("sportello", session.value)
        where = address(app, endpoint, place)
        answer = fresh.get(where) if method == "GET" else post(fresh, where, FIELDS.get(endpoint))
        found[method, endpoint] = answer.status_code
        answer.close()
    return found


def of_one_s_own(found):
    """Leave out the views that are a person's own, whatever the role."""
    return {key: status for key, status in found.items() if not key[1].startswith("viste.")}


def column(visitor):
    at = list(VISITORS).index(visitor)
    return {key: row[at] for key, row in TABLE.items()}


def test_an_analyst_who_became_a_designer_is_a_designer(app, store, place, as_person):
    changed(store, "sara", {Role.DESIGNER: ["*"]})

    found = answers(app, store, place, as_person("sara"), "sara")

    assert of_one_s_own(found) == of_one_s_own(column("designer"))


def test_an_analyst_of_another_comune_finds_nothing_of_this_case(app, store, place, as_person):
    changed(store, "sara", {Role.ANALISTA: [QUAGLIUZZO]})

    found = answers(app, store, place, as_person("sara"), "sara")

    arguments = {rule.endpoint: set(rule.arguments) for rule in app.url_map.iter_rules()}
    open_to_her = {key for key, status in found.items() if OF_A_CASE & arguments[key[1]] and status != 404}
    assert open_to_her == set()


def test_whoever_acts_in_one_of_two_roles_has_not_the_other_s_tasks(app, store, place, as_person):
    found = answers(app, store, place, as_person("paolo", Role.COORDINATORE), "paolo")

    assert of_one_s_own(found) == of_one_s_own(column("coordinator"))


def test_a_session_of_a_closed_account_is_nobody_s(app, store, place, as_person):
    client = as_person("sara")
    with store.unit_of_work() as uow:
        people.set_active(uow, "sara", ADMINISTRATOR, active=False)

    found = answers(app, store, place, client, "sara")

    signing_in = {("POST", "sign_in.enter"): column("anonymous")["POST", "sign_in.enter"]}
    assert found | signing_in == column("anonymous")


def test_lists_leave_out_what_is_of_another_role_or_comune(store, place):
    task_id = place["attivita"]
    in_the_hands_of(store, task_id, "sara")
    elsewhere, as_another = (
        type(SARA)("sara", {Role.ANALISTA}, {QUAGLIUZZO}),
        type(SARA)("sara", {Role.REFERENTE}, {"*"}),
    )

    with store.snapshot() as uow:
        assert [each.id for each in tasks.inbox(uow, SARA).items] == [task_id]
        for actor in (elsewhere, as_another):
            assert tasks.inbox(uow, actor).items == ()
    with store.unit_of_work() as uow:
        over = {"state": "completed", "ended_by": "sara", "ended_at": uow.now}
        uow.connection.execute(update(user_task).where(user_task.c.id == task_id).values(**over))
        assert [each.id for each in tasks.done(uow, SARA).items] == [task_id]
        for actor in (elsewhere, as_another):
            assert tasks.done(uow, actor).items == ()


@pytest.mark.parametrize("end", ["role", "comune", "account"])
def test_what_was_in_hand_goes_back_to_its_queue_when_it_ends(store, place, end):
    with store.unit_of_work() as uow:
        if end == "account":
            people.set_active(uow, "sara", ADMINISTRATOR, active=False)
        else:
            roles = {Role.DESIGNER: ["*"]} if end == "role" else {Role.ANALISTA: [QUAGLIUZZO]}
            people.set_roles(uow, "sara", roles, ADMINISTRATOR)

    with store.snapshot() as uow:
        found = tasks.get(uow, place["attivita"], PAOLO)
        assert (found.assignee, found.state) == (None, "created")


def test_what_one_may_still_have_stays_in_hand(store, place):
    changed(store, "sara", {Role.ANALISTA: ["*"], Role.COORDINATORE: ["*"]})

    with store.snapshot() as uow:
        assert tasks.get(uow, place["attivita"], SARA).assignee == "sara"
