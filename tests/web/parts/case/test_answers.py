"""How answers are told again on the pages of those who work."""

from __future__ import annotations

import pytest

from engine.forms import Answer, Section
from web.parts.case.answers import answered


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("2026-11-18T14:30", "mercoledì 18 novembre, ore 14:30"),
        ("2026-11-31T14:30", "2026-11-31T14:30"),
        ("alle 2026-11-18T14:30", "alle 2026-11-18T14:30"),
    ],
)
def test_a_time_that_is_no_longer_offered_is_told_in_words(app, kept, told):
    with app.app_context():
        (section,) = answered([Section("", "", (Answer("Orario scelto", kept),))])

    assert section.answers[0].words == told


def test_an_answer_that_reads_like_none_is_told_all_the_same(app):
    given, lacking = Answer("Sede", "non indicato"), Answer("Ditta", "non indicato", given=False)
    nothing = Answer("Prodotti", "nessuna voce", given=False)
    with app.app_context():
        (section,) = answered([Section("", "", (given, lacking, nothing))])

    assert section.answers == (given,)


def test_rows_in_which_nothing_was_answered_are_left_out(app):
    lacking, told = Answer("Nome", "non indicato", given=False), Answer("Nome", "Ada")
    with app.app_context():
        (section,) = answered(
            [Section("", "", (Answer("Soci", "", ((lacking,), (told,))), Answer("Ditte", "", ((lacking,),))))]
        )

    assert section.answers == (Answer("Soci", "", ((told,),)),)
