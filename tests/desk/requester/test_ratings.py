from datetime import date

import pytest
from sqlalchemy import inspect, select

from desk import cases
from desk.errors import AlreadyRated, InvalidRating, NotConcluded
from desk.model import RatingGiven, ServiceRating
from desk.requester import ratings
from desk.requester.ratings import Rating
from tests.kit.played import Played
from tests.kit.small_desk import BUROLO

FOUR = Rating(4, "indicazioni_chiare", "  Gentili.  ")


def concluded(store, now):
    return Played(store, now).concluded().seen()


@pytest.fixture
def case(store, now):
    return concluded(store, now)


def rate(store, case, rating=FOUR):
    with store.unit_of_work() as uow:
        ratings.rate(uow, case, rating)


def test_a_rating_keeps_comune_month_and_answers(store, case):
    rate(store, case)

    with store.snapshot() as uow:
        (kept,) = uow.session.scalars(select(ServiceRating))
        assert (kept.istat, kept.month, kept.stars) == (BUROLO, date(2026, 11, 1), 4)
        assert (kept.aspect, kept.comment) == ("indicazioni_chiare", "Gentili.")
        assert not ratings.may_rate(uow, case)


def test_nothing_ties_an_answer_to_the_case_that_gave_it(store, case):
    rate(store, case)

    with store.snapshot() as uow:
        columns = {each["name"] for each in inspect(uow.connection).get_columns("service_rating")}
        marked = {each["name"] for each in inspect(uow.connection).get_columns("rating_given")}
    assert columns == {"id", "istat", "month", "stars", "aspect", "comment"}
    assert marked == {"case_id"}
    assert "case_id" not in columns


def test_a_case_is_rated_once(each_store, now):
    store = each_store
    case = concluded(store, now)
    rate(store, case)

    with pytest.raises(AlreadyRated):
        rate(store, case, Rating(1, "altro_no"))
    with store.snapshot() as uow:
        assert len(uow.connection.execute(select(RatingGiven.case_id)).all()) == 1
        assert uow.connection.execute(select(ServiceRating.stars)).scalars().all() == [4]
    store.close()


def test_a_request_that_goes_on_is_not_rated(store, now):
    case = Played(store, now).forwarded().seen()

    with store.snapshot() as uow:
        assert not ratings.may_rate(uow, case)
    with pytest.raises(NotConcluded):
        rate(store, case)


@pytest.mark.parametrize(
    ("rating", "field"),
    [
        (Rating(0, "altro_no"), "voto"),
        (Rating(6, "altro_si"), "voto"),
        (Rating(3, "indicazioni_chiare"), "aspetto"),
        (Rating(4, "problemi_tecnici"), "aspetto"),
        (Rating(5, ""), "aspetto"),
        (Rating(5, "altro_si", "x" * (ratings.LONGEST_COMMENT + 1)), "commento"),
    ],
)
def test_only_the_answers_asked_for_are_kept(store, case, rating, field):
    with pytest.raises(InvalidRating) as refusal:
        rate(store, case, rating)

    assert refusal.value.field == field
    with store.snapshot() as uow:
        assert ratings.may_rate(uow, cases.by_id(uow, [case.id])[case.id])


@pytest.mark.parametrize(("stars", "question"), [(3, ratings.WHAT_WAS_HARD), (4, ratings.WHAT_WAS_GOOD)])
def test_the_second_question_follows_the_stars(stars, question):
    asked, answers = ratings.second_question(stars)

    assert asked == question
    assert len(answers) == 5
