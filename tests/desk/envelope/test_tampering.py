"""An envelope whose rows somebody changed: it stays closed, and that somebody tried is written."""

import pytest
from sqlalchemy import text, update

from desk.envelope import DenialReason, Denied
from desk.model import EnvelopeItem
from tests.kit.enveloped import Enveloped
from tests.kit.small_desk import SARA


@pytest.fixture
def case(store, now):
    return Enveloped(store, now)


@pytest.mark.parametrize("column", ["label", "content"])
def test_a_changed_byte_is_refused_and_the_refusal_written(case, column):
    case.agreed("sara").deposited()
    with case._next() as uow:
        chosen = getattr(EnvelopeItem, column)
        sealed = uow.session.get(EnvelopeItem, case.text.id)
        changed = getattr(sealed, column)[:-1] + bytes([getattr(sealed, column)[-1] ^ 1])
        uow.connection.execute(update(EnvelopeItem).where(EnvelopeItem.id == case.text.id).values({chosen: changed}))

    assert case.opened_by(SARA) == Denied(DenialReason.TAMPERED)
    assert case.accesses()[0].reason is DenialReason.TAMPERED


def test_an_item_swapped_for_another_of_the_same_case_is_refused(case):
    case.agreed("sara").deposited()
    with case._next() as uow:
        words = uow.session.get(EnvelopeItem, case.text.id)
        uow.connection.execute(
            update(EnvelopeItem).where(EnvelopeItem.id == case.file.id).values(content=words.content)
        )

    assert case.downloaded_by(SARA) == Denied(DenialReason.TAMPERED)


def test_the_case_key_of_another_case_opens_nothing(case, store, now):
    other = Enveloped(store, now).agreed("sara").deposited()
    case.agreed("sara").deposited()
    with case._next() as uow:
        uow.connection.execute(
            text(
                "UPDATE envelope SET wrapped_key = (SELECT wrapped_key FROM envelope WHERE case_id = :other) "
                "WHERE case_id = :mine"
            ),
            {"other": other.case.id, "mine": case.case.id},
        )

    assert case.opened_by(SARA) == Denied(DenialReason.TAMPERED)
