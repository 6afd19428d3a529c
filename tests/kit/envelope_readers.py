"""One case of Burolo with an envelope, everybody who may try it, and what each is answered.

Sara is named; Nina, an analyst like her, is not; Elio's agreement has expired; Cora is named and has a conflict of
interest. Duo is named, and is an analyst and an administrator.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk import people
from desk.access import Role
from desk.envelope import conflicts
from desk.people import NewUser
from tests.kit.pages import ADMINISTRATOR, PASSWORD, SARA, post, sign_in
from tests.kit.sealed_envelope import agree, sealed
from tests.kit.walked import Walked

MORE = {
    "nina": {Role.ANALISTA: ["*"]},
    "elio": {Role.ANALISTA: ["*"]},
    "cora": {Role.ANALISTA: ["*"]},
    "duo": {Role.ANALISTA: ["*"], Role.ADMINISTRATOR: ["*"]},
}
WHO = {
    "anonymous": None,
    "referente": ("marta", None),
    "referente elsewhere": ("lia", None),
    "analyst named": ("sara", None),
    "analyst not named": ("nina", None),
    "analyst expired": ("elio", None),
    "analyst conflicted": ("cora", None),
    "coordinator not named": ("paolo", Role.COORDINATORE),
    "programme office": ("olga", None),
    "administrator": ("ivo", None),
    "designer": ("dario", None),
    "two roles, as analyst": ("duo", Role.ANALISTA),
    "two roles, as administrator": ("duo", Role.ADMINISTRATOR),
}
#: list, open, download
TABLE = {
    "anonymous": (302, 401, 401),
    "requester": (302, 401, 401),
    "referente": (200, 403, 403),
    "referente elsewhere": (404, 404, 404),
    "analyst named": (200, 200, 200),
    "analyst not named": (200, 403, 403),
    "analyst expired": (200, 403, 403),
    "analyst conflicted": (200, 403, 403),
    "coordinator not named": (200, 403, 403),
    "programme office": (404, 404, 404),
    "administrator": (404, 404, 404),
    "designer": (404, 404, 404),
    "two roles, as analyst": (200, 200, 200),
    "two roles, as administrator": (404, 404, 404),
}


@pytest.fixture
def case(store, clock):
    """The case, agreed upon yesterday with Elio for one day and with the others for long."""
    with store.unit_of_work() as uow:
        for username, roles in MORE.items():
            new = NewUser(username, f"{username}@sportello.example", username.title(), PASSWORD, roles)
            people.create(uow, new, ADMINISTRATOR)
    walked = Walked(store, clock).forwarded()
    agree(store, walked.case.id, "elio", days=0)
    clock.now += timedelta(days=1)
    walked.place = sealed(store, walked.case.id)
    agree(store, walked.case.id, "cora", "duo")
    with store.unit_of_work() as uow:
        conflicts.declare(uow, walked.case.id, "cora", type(SARA)("cora", {Role.ANALISTA}, {"*"}))
    return walked


def browser_of(app, case, who):
    client = app.test_client()
    if who == "requester":
        post(client, "/segui", {"numero": case.case.number, "codice": case.secret})
    elif WHO[who]:
        sign_in(client, *WHO[who])
    return client
