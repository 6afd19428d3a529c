"""A choice among times with the look of an agenda: what the page carries, with no script running."""

import pytest

from engine.errors import InvalidAnswers
from engine.forms import Choice
from tests.kit.drawn_forms import NOW, app, by_id, drawn, form_of, sent, words  # noqa: F401  # fixtures are asked for by name
from tests.kit.offered_times import slot
from web.parts import forms as pages
from web.parts.forms.slots import by_day

SLOTS = [slot("2026-12-01", "9:00", "9:45"), slot("2026-12-01", "10:00", "10:45"), slot("2026-12-03", "15:00", "15:45")]
PROPOSALS = {
    "type": "checklist", "key": "proposte", "label": "Orari da proporre", "values": SLOTS,
    "properties": {"aspetto": "agenda", "massimo": "2"},
}  # fmt: skip
ONE = {**PROPOSALS, "type": "radio", "key": "orario", "properties": {"aspetto": "agenda"}}


def test_times_stand_under_their_day(drawn):
    tree = drawn(form_of(PROPOSALS))

    groups = tree.xpath("//*[@data-giorno]")

    assert [words(by_id(tree, group.get("aria-labelledby"))) for group in groups] == [
        "Martedì 1 dicembre",
        "Giovedì 3 dicembre",
    ]
    assert [words(label) for label in groups[0].xpath(".//label")] == ["9:00–9:45", "10:00–10:45"]
    assert {each.get("type") for each in tree.xpath("//*[@data-giorno]//input")} == {"checkbox"}


def test_how_many_may_be_chosen_is_said(drawn):
    tree = drawn(form_of(PROPOSALS))
    (field,) = tree.xpath("//fieldset[@data-orari]")

    assert field.get("data-massimo") == "2"
    assert "Scegli fino a 2 orari." in words(by_id(tree, field.get("aria-describedby")))


def test_the_page_sends_back_the_times_it_shows_as_chosen(drawn):
    form = form_of(PROPOSALS, ONE)
    answers = {"proposte": [SLOTS[0]["value"], SLOTS[2]["value"]], "orario": SLOTS[1]["value"]}

    assert pages.turn(form, sent(drawn(form, answers))).answers == answers


def test_the_error_summary_leads_to_the_whole_field(drawn):
    form, answers = form_of(PROPOSALS), {"proposte": [each["value"] for each in SLOTS]}
    with pytest.raises(InvalidAnswers) as refused:
        form.validate(answers, variables={}, roles=(), now=NOW)
    tree = drawn(form, answers, errors=refused.value.errors)

    (link,) = tree.xpath("//*[@id='errori']//a")
    assert by_id(tree, link.get("href")[1:]).tag == "fieldset"
    assert len(tree.xpath("//input[@checked]")) == 3


def test_one_time_of_many_is_a_radio_without_a_limit(drawn):
    tree = drawn(form_of(ONE))
    (field,) = tree.xpath("//fieldset[@data-orari]")

    assert field.get("data-massimo") is None
    assert {each.get("type") for each in field.xpath(".//*[@data-giorno]//input")} == {"radio"}


def test_no_time_left_is_said_in_words(drawn):
    tree = drawn(form_of({**PROPOSALS, "values": [], "valuesExpression": "=[]"}))

    assert "Non ci sono orari liberi" in words(tree)
    assert tree.xpath("//*[@data-settimana]") == []


def test_an_option_that_is_no_time_stands_apart():
    choices = [
        Choice("altro", "Nessuno di questi", chosen=False),
        Choice("2026-12-01T09:00", "martedì alle 9", chosen=False),
    ]

    apart, day = by_day(choices)

    assert (apart.day, apart.slots[0].words) == (None, "Nessuno di questi")
    assert (day.slots[0].begins, day.slots[0].words) == ("9:00", "martedì alle 9")


def test_hours_are_text_even_when_they_are_not_hours(drawn):
    odd = {**SLOTS[0], "inizio": '"><b>9', "fine": "9:45"}

    tree = drawn(form_of({**PROPOSALS, "values": [odd]}))

    assert tree.xpath("//fieldset//b") == []
    assert '"><b>9–9:45' in words(tree)
