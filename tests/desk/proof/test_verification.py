from hashlib import sha256

from sqlalchemy import update

from desk.proof import deposits, verification
from desk.proof.deposits import DepositKind
from engine.model import history_event
from tests.kit.played import Played
from tests.kit.small_desk import MARTA

CONTENT = b"una cesoia che si affila da sola"
DIGEST = sha256(CONTENT).hexdigest()


def test_a_deposit_is_proved_on_each_database_until_somebody_touches_its_history(each_store, now):
    one, other = (Played(each_store, now).registered().case for _ in range(2))
    with each_store.unit_of_work() as uow:
        deposits.record(uow, other.id, DIGEST, DepositKind.ENVELOPE, MARTA)

    with each_store.snapshot() as uow:
        (proved,) = verification.judge(uow, CONTENT)
        assert (proved.proved, proved.found.number) == (True, other.number)
        assert verification.touched(uow) == []
        assert verification.cases_kept(uow) == 2

    with each_store.unit_of_work() as uow:
        uow.connection.execute(
            update(history_event).where(history_event.c.instance_id == other.id).values(actor="qualcun altro")
        )

    with each_store.snapshot() as uow:
        (refuted,) = verification.judge(uow, CONTENT)
        (touched,) = verification.touched(uow)
        assert (refuted.proved, refuted.intact, refuted.same_case) == (False, False, True)
        assert touched.case == other.number
        assert verification.touched(uow, one.number) == []


def test_the_same_document_deposited_twice_is_proved_in_the_case_the_file_names(store, now):
    one, other = (Played(store, now).registered().case for _ in range(2))
    with store.unit_of_work() as uow:
        for case in (one, other):
            deposits.record(uow, case.id, DIGEST, DepositKind.ENVELOPE, MARTA)
        told = deposits.canonical({"numero": other.number, "depositi": deposits.proofs(uow, other.id)})

        (verdict,) = verification.judge(uow, told)

    assert (verdict.proved, verdict.found.number) == (True, other.number)
